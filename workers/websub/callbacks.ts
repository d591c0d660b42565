import { readVerification, received, verified } from "../../src/hub/hub.ts";
import { SECOND } from "../../src/model/time.ts";
import type { HubCallbacks, HubPush } from "../../src/serve/serve.ts";
import { inTime } from "../in-time.ts";
import type { World } from "../world.ts";
import { openBook } from "./book.ts";
import { openPushQueue } from "./push-queue.ts";

/** A hub gives up sooner than a Redis that hangs comes back. */
const PATIENCE = 2 * SECOND;
const BUSY = "busy" as const;

/** The web role's half of WebSub: hubs are answered here; what they push is read by the workers. */
export function openHubCallbacks(world: World): HubCallbacks & AsyncDisposable {
  const { settings, log, metrics } = world;
  const book = openBook(world);
  const queue = openPushQueue(world);
  const configured = new Set(settings.feeds.map(({ id }) => id));
  const signatures = { sha1: settings.websub?.sha1 ?? true };

  return {
    verify: (token, query) => inTime(verify(token, query), PATIENCE, BUSY),

    mayPush: (token) => inTime(mayPush(token), PATIENCE, BUSY),

    async push(token, push) {
      const came = await inTime(take(token, push), PATIENCE, BUSY);
      metrics.pushes.inc({ outcome: came });
      return came === "ignored" ? "taken" : came;
    },

    async [Symbol.asyncDispose]() {
      await queue[Symbol.asyncDispose]();
    },
  };

  async function verify(token: string, query: string): Promise<{ readonly challenge: string } | "ended"> {
    const verification = readVerification(query);
    const feed = verification === undefined ? undefined : await book.feedOf(token);
    if (verification === undefined || feed === undefined) return "ended";
    const { after, answer } = await book.change(feed, (before) =>
      before === undefined
        ? { after: before, answer: undefined }
        : verified(before, token, verification, world.now(), Math.random()),
    );
    if (answer === undefined) return "ended";
    log.info({ feed, hub: after?.hub, mode: verification.mode, until: after?.held?.expiresAt }, "websub.verified");
    return { challenge: answer };
  }

  async function mayPush(token: string): Promise<"yes" | "ended"> {
    const feed = await book.feedOf(token);
    return feed !== undefined && configured.has(feed) ? "yes" : "ended";
  }

  async function take(token: string, push: HubPush): Promise<"taken" | "ignored" | "ended" | "busy"> {
    const feed = await book.feedOf(token);
    const subscription = feed === undefined ? undefined : await book.of(feed);
    if (feed === undefined || subscription === undefined) return "ended";
    const { body, signature, contentType } = push;
    const verdict = received(subscription, token, { body, signature }, signatures);
    if (verdict !== "content") return verdict;
    const isQueued = await queue.add({
      feed,
      token,
      url: subscription.topic,
      ...(contentType !== undefined && { contentType }),
      body: Buffer.from(body).toString("base64"),
    });
    return isQueued ? "taken" : "busy";
  }
}
