import { randomBytes } from "node:crypto";
import { answered, denialTo, questionTo, type Reply } from "../../src/hub/hub.ts";
import type { Subscriber } from "../../src/model/subscriber.ts";
import { HOUR } from "../../src/model/time.ts";
import type { Delivered, Deliverer } from "../deliver.ts";
import type { World } from "../world.ts";
import type { Called, Caller } from "./caller.ts";
import { type Moves, VERIFY } from "./moves.ts";
import type { Subscribers } from "./subscribers.ts";

/** What is counted of a host whose callbacks say no. */
export const REFUSED = "refused:";

const CHALLENGE_BYTES = 32;

const NO_SUCH_FEED = "there is no such feed any more";
const TOO_MANY = "this feed has as many subscribers as we can serve";

/**
 * Asks callbacks whether they want what was asked for in their name (WebSub 5.3), and tells those whom we do not serve
 * (5.2); who cannot be told that because his host is slow goes with his lease at the latest.
 */
export function verifier(world: World, subscribers: Subscribers, caller: Caller, moves: Moves): Deliverer {
  return {
    name: VERIFY,
    jobsFor: async () => [],
    async deliver({ to }) {
      const subscriber = await subscribers.of(to);
      if (subscriber === undefined || (await moves.bring(subscriber))) return { kind: "needless" };
      const { asked, path } = subscriber;
      if (asked?.mode !== "unsubscribe" && (await isGone(path))) return await deny(subscriber, NO_SUCH_FEED);
      return asked === undefined ? { kind: "needless" } : await ask(subscriber);
    },
  };

  async function isGone(path: string): Promise<boolean> {
    return moves.pathNow(path) === undefined && (await subscribers.etagOf(path)) === undefined;
  }

  async function ask(subscriber: Subscriber): Promise<Delivered> {
    const { id, path, host, asked } = subscriber;
    const challenge = randomBytes(CHALLENGE_BYTES).toString("base64url");
    const called = await caller.call(host, { url: questionTo(subscriber, challenge), headers: {} });
    if (called.kind === "busy") return called;
    const { verdict, saved } = await subscribers.change(id, (current) => {
      // asked for something else meanwhile: that has a question of its own
      if (current?.asked?.at !== asked?.at || current === undefined) return { after: current, verdict: undefined };
      return answered(current, replyOf(called), challenge, world.now());
    });
    if (saved !== "saved") return await deny(subscriber, TOO_MANY);
    if (verdict === undefined) return { kind: "needless" };
    world.log.info({ mode: asked?.mode, path, host, verdict, why: whyOf(called) }, "hub.verified");
    if (verdict === "confirmed") return { kind: "delivered" };
    if (verdict === "unanswered") return { kind: "failed", why: whyOf(called) };
    await subscribers.count(REFUSED + host, HOUR, world.now());
    return { kind: "given-up", why: whyOf(called) };
  }

  /** It is told so once; whether it hears it is its own affair. */
  async function deny(subscriber: Subscriber, why: string): Promise<Delivered> {
    const { id, path, host, asked } = subscriber;
    const called = await caller.call(host, { url: denialTo(subscriber, why), headers: {} });
    if (called.kind === "busy") return called;
    // unless it has asked again meanwhile
    await subscribers.change(id, (now) => ({ after: now?.asked?.at === asked?.at ? undefined : now }));
    world.log.info({ path, host, why }, "hub.denied");
    return { kind: "given-up", why };
  }
}

/** Where nobody may be called there is nothing to wait for. */
function replyOf(called: Exclude<Called, { kind: "busy" }>): Reply | undefined {
  if (called.kind === "silent") return undefined;
  return called.kind === "replied" ? called.reply : { status: 0, text: "" };
}

function whyOf(called: Exclude<Called, { kind: "busy" }>): string {
  return called.kind === "replied" ? `status ${called.reply.status}` : called.why;
}
