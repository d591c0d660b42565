import { randomBytes } from "node:crypto";
import {
  checked,
  discover,
  givenUp,
  isPushed,
  offered,
  putOff,
  refused,
  requestTo,
  tended,
} from "../../src/hub/hub.ts";
import type { Answer } from "../../src/model/answer.ts";
import type { FeedState } from "../../src/model/feed.ts";
import type { FeedId } from "../../src/model/ids.ts";
import type { PollOutcome } from "../../src/model/outcome.ts";
import type { Reading } from "../../src/model/reading.ts";
import type { Callback, HubLinks, Subscription } from "../../src/model/subscription.ts";
import { type Instant, MINUTE } from "../../src/model/time.ts";
import { hostTurns } from "../poll/host-turns.ts";
import type { Brought, PollTools } from "../poll.ts";
import { openBook } from "./book.ts";

export type Subscriber = ReturnType<typeof openSubscriber>;

/** Subscriptions that are looked after at once; within the lease they are done, however slow their hubs. */
const CLAIMS = 20;
const LEASE = 5 * MINUTE;

/** What one poll learned of being pushed. */
export interface Pushing {
  readonly links: HubLinks | undefined;
  /** what the feed has now was seen */
  readonly hasSeen: boolean;
  readonly isPushed: boolean;
}

/** 32 random bytes: as an address not to be guessed, as a secret 43 of the 200 bytes that hubs take (facts ). */
const SECRET_BYTES = 32;

/** The work role's half of WebSub: what polls find of hubs, and what hubs are asked. */
export function openSubscriber(tools: Pick<PollTools, "world" | "fetcher" | "gate" | "calledOff">) {
  const { world, fetcher, gate, calledOff } = tools;
  const { settings, log } = world;
  const book = openBook(world);
  const wanted = new Set(settings.websub?.subscribe === true ? settings.feeds.map(({ id }) => id) : []);
  const callbackBase = `${settings.publicUrl}/websub/`;

  return {
    book,

    /** Feeds that left config/ are given up, and a new publicUrl is told to the hubs. */
    async begin(): Promise<void> {
      const update = (feed: FeedId, subscription: Subscription): Subscription =>
        begun(subscription, wanted.has(feed), callbackBase, world.now());
      for (const [feed, found] of await book.all(await book.feeds()))
        if (update(feed, found) !== found)
          await book.change(feed, (before) => ({ after: before === undefined ? before : update(feed, before) }));
    },

    /** Looks after what is due; @returns how many */
    async round(): Promise<number> {
      const feeds = await book.claim(world.now(), CLAIMS, LEASE);
      await Promise.all(
        feeds.map((feed) =>
          tend(feed).catch((error: unknown) => log.warn({ feed, err: String(error) }, "websub.failed")),
        ),
      );
      return feeds.length;
    },

    /** What a poll's document says of a hub, and whether polling only checks on that hub. */
    async pushingOf(feed: FeedId, before: FeedState, outcome: PollOutcome, reading?: Reading): Promise<Pushing> {
      const links = linksAfter(before, outcome, reading);
      const hasSeen = outcome.kind === "unmodified" || reading?.kind === "read";
      if (links === undefined || !wanted.has(feed)) return { links, hasSeen, isPushed: false };
      return { links, hasSeen, isPushed: isPushed(await book.of(feed), world.now()) };
    },

    /** Once a poll is committed: what its document offers, and what the hub should have brought. */
    async polled(feed: FeedId, before: FeedState, { links, hasSeen }: Pushing, items: Brought["items"]): Promise<void> {
      if (!wanted.has(feed) || (links === undefined && before.hub === undefined)) return;
      const now = world.now();
      const published = items.flatMap(({ item, news }) => (news?.kind === "new" ? [item.publishedAt] : []));
      const { before: was, after } = await book.change(feed, (subscription) => {
        const current = offered(subscription, links, now);
        if (current === undefined || !hasSeen) return { after: current };
        return { after: checked(current, { published, previousAt: before.succeededAt, now }) };
      });
      if (after?.silent !== undefined && was?.silent === undefined) log.warn({ feed, hub: after.hub }, "websub.silent");
    },
  };

  async function tend(feed: FeedId): Promise<void> {
    const token = randomBytes(SECRET_BYTES).toString("base64url");
    const secret = randomBytes(SECRET_BYTES).toString("base64url");
    const fresh = { token, secret, address: callbackBase + token };
    // saved before it is sent: a hub may verify before it answers
    const { errands } = await book.change(feed, (before) =>
      before === undefined ? { after: before, errands: undefined } : tended(before, fresh, world.now(), Math.random()),
    );
    if (errands?.ask !== undefined) await ask(feed, errands.ask);
    for (const callback of errands?.leave ?? []) await send("unsubscribe", callback);
  }

  async function ask(feed: FeedId, callback: Callback): Promise<void> {
    const answer = await send("subscribe", callback);
    const why = refusalOf(answer);
    log.info({ feed, hub: callback.hub, ...(why !== undefined && { why }) }, "websub.asked");
    if (why === undefined) return;
    const wait = answer.kind === "failed" ? answer.wait : undefined;
    await book.change(feed, (before) => {
      if (before === undefined) return { after: before };
      return {
        after:
          wait === undefined
            ? refused(before, callback.token, why)
            : putOff(before, callback.token, world.now() + wait),
      };
    });
  }

  /** A hub that takes the request calls back in its own time. */
  async function send(mode: "subscribe" | "unsubscribe", callback: Callback): Promise<Answer> {
    const { admit } = hostTurns(gate, world.now, calledOff);
    return await fetcher.fetch({ ...requestTo(mode, callback, settings.poll.userAgent), admit, signal: calledOff });
  }
}

/** Hub and topic that a document names; where it is the one we have read, those that it named then. */
function linksAfter(before: FeedState, outcome: PollOutcome, reading: Reading | undefined): HubLinks | undefined {
  if (outcome.kind !== "modified" || reading?.kind !== "read") return before.hub;
  return discover(outcome.document, reading.hints);
}

function refusalOf(answer: Answer): string | undefined {
  if (answer.kind === "failed") return `${answer.code}: ${answer.why}`;
  return answer.status >= 200 && answer.status < 300 ? undefined : `status ${answer.status}: ${textOf(answer.bytes)}`;
}

function begun(subscription: Subscription, isWanted: boolean, callbackBase: string, now: Instant): Subscription {
  if (!isWanted) return subscription.nextAt === undefined ? subscription : givenUp(subscription, now);
  const { held } = subscription;
  const hasMoved = held !== undefined && !held.address.startsWith(callbackBase);
  return hasMoved ? { ...subscription, nextAt: now } : subscription;
}

/** What a hub says of its refusal, as far as it is text. */
function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.subarray(0, 200)).toString("utf8").replaceAll(/\s+/g, " ").trim();
}
