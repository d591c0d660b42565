import { type Owed, subscriberId } from "../../src/adapters/hub-store.ts";
import { isHeld, missed, pushHeaders, told } from "../../src/hub/hub.ts";
import type { Subscriber } from "../../src/model/subscriber.ts";
import { SECOND } from "../../src/model/time.ts";
import type { Delivered, Deliverer } from "../deliver.ts";
import type { World } from "../world.ts";
import type { Called, Caller } from "./caller.ts";
import { type Moves, PUSH_OUT } from "./moves.ts";
import { openPartials, type Partial } from "./partials.ts";
import type { Subscribers } from "./subscribers.ts";

const GONE = 410;

/**
 * Sends subscribers what is new to them (WebSub 7). News are noted once a document, and of each subscriber how far it was
 * told, once that was taken; a job only says that there is something. So a push tells all that is owed at that moment, as the
 * document tells it then: nothing overtakes anything, and a killed worker repeats at most the push under way.
 */
export function pusher(world: World, subscribers: Subscribers, caller: Caller, moves: Moves): Deliverer {
  const { settings, metrics, log } = world;
  const partials = openPartials(world.documents, subscribers.etagOf);
  const hub = settings.websub?.hub?.url ?? "";

  return {
    name: PUSH_OUT,
    async jobsFor(entry) {
      await moves.follow();
      const path = moves.pathNow(entry.path) ?? entry.path;
      return (await subscribers.owe({ ...entry, path })).map((to) => ({ by: PUSH_OUT, to }));
    },
    async deliver({ to }) {
      const subscriber = await subscribers.of(to);
      if (subscriber === undefined || !isHeld(subscriber, world.now())) return { kind: "needless" };
      const owed = await subscribers.owed(subscriber);
      const partial = await partials.of(subscriber.path, owed.entries);
      if (partial !== undefined) return await push(subscriber, owed, partial);
      // its document may have another path by now
      if (!(await moves.bring(subscriber))) await subscribers.pay(subscriber, owed);
      return { kind: "needless" };
    },
  };

  async function push(subscriber: Subscriber, owed: Owed, { body, contentType }: Partial): Promise<Delivered> {
    const { id, path, callback, host, held } = subscriber;
    const headers = pushHeaders({
      ...{ body, contentType, hub, self: `${settings.publicUrl}/${path}` },
      ...(held?.secret !== undefined && { secret: held.secret }),
    });
    const called = await caller.call(host, { url: callback, method: "POST", headers, body });
    if (called.kind === "busy") return called;
    const { status } = called.kind === "replied" ? called.reply : { status: 0 };
    if (status >= 200 && status < 300) {
      await pay(subscriber, owed);
      await subscribers.change(id, (now) => ({ after: now && told(now, world.now()) }));
      const { since = world.now() } = owed;
      metrics.deliveryLag.observe({ by: PUSH_OUT }, Math.max(0, world.now() - since) / SECOND);
      return { kind: "delivered" };
    }
    const why = status === 0 ? silenceOf(called) : `status ${status}`;
    return status === GONE ? await end(subscriber, "it is gone (410)") : await fail(subscriber, why);
  }

  /** Also where its feed was renamed while it was told. */
  async function pay({ id, path, callback }: Subscriber, owed: Owed): Promise<void> {
    await subscribers.pay({ id, path }, owed);
    const to = moves.pathNow(path) ?? path;
    if (to !== path) await subscribers.pay({ id: subscriberId(to, callback), path: to }, owed);
  }

  async function fail(subscriber: Subscriber, why: string): Promise<Delivered> {
    const { after } = await subscribers.change(subscriber.id, (now) => ({
      after: now && missed(now, why, world.now()),
    }));
    return after === undefined ? await end(subscriber, `it failed for days: ${why}`) : { kind: "failed", why };
  }

  async function end({ id, path, host }: Subscriber, why: string): Promise<Delivered> {
    await subscribers.end(id);
    log.info({ path, host, why }, "hub.ended");
    return { kind: "given-up", why };
  }
}

const silenceOf = (called: Called): string => ("why" in called ? called.why : "no answer");
