import { afterAll, beforeEach } from "vitest";
import { deliveryStream } from "../../src/adapters/delivery-stream.ts";
import { type HubLimits, subscriberId } from "../../src/adapters/hub-store.ts";
import { topicId } from "../../src/model/ids.ts";
import type { Subscriber } from "../../src/model/subscriber.ts";
import { type Duration, HOUR } from "../../src/model/time.ts";
import type { Delivered } from "../../workers/deliver.ts";
import { openCaller } from "../../workers/hub/caller.ts";
import { openMoves, PUSH_OUT, VERIFY } from "../../workers/hub/moves.ts";
import { pusher } from "../../workers/hub/push.ts";
import { openHubRequests } from "../../workers/hub/requests.ts";
import { hubRound } from "../../workers/hub/rounds.ts";
import { openSubscribers } from "../../workers/hub/subscribers.ts";
import { verifier } from "../../workers/hub/verify.ts";
import { openTopicBook } from "../../workers/topics/topic-book.ts";
import { openWorld } from "../../workers/world.ts";
import { eventually, temporaryFolder, testSettings } from "../support/test-settings.ts";
import { openSubscriberServer } from "./subscriber-server.ts";

const HOME = "https://ressort.example";
const PATH = "topics/energie.json";
export const TOPIC = `${HOME}/${PATH}`;

interface Own {
  readonly allowNetworks?: readonly string[];
  readonly limits?: HubLimits;
  readonly dataDir?: string;
}

/** The hub's parts over a real Redis and real subscribers, with a clock that stands until it is moved; its jobs are done by hand. */
export async function openHubAtWork(own: Own = {}) {
  const stack = new AsyncDisposableStack();
  const reader = stack.use(await openSubscriberServer());
  const base = testSettings({ dataDir: own.dataDir ?? stack.use(temporaryFolder()).path, publicUrl: HOME });
  const settings = {
    ...base,
    poll: { ...base.poll, ports: [reader.port] },
    websub: {
      ...{ subscribe: false, sha1: true, hub: { url: `${HOME}/hub`, isOwn: true } },
      allowNetworks: own.allowNetworks ?? ["127.0.0.0/8"],
    },
  };
  let now = Date.now();
  const world = { ...stack.use(await openWorld(settings, "test")), now: () => now };
  const caller = stack.use(openCaller(settings, new AbortController().signal));
  const subscribers = openSubscribers(world, own.limits);
  const book = stack.use(await openTopicBook(world));
  const requests = openHubRequests(world, book);
  const moves = openMoves(world, book, subscribers);
  const [asking, pushing] = [verifier(world, subscribers, caller, moves), pusher(world, subscribers, caller, moves)];
  const stream = deliveryStream(world.redis, world.keys, "test");
  let version = 0;
  let read = "-";

  const form = (callback: string, fields: Readonly<Record<string, string>>): string => {
    const all = { mode: "subscribe", topic: TOPIC, callback, ...fields };
    return new URLSearchParams(
      Object.entries(all).map(([name, value]): [string, string] => [`hub.${name}`, value]),
    ).toString();
  };
  const idOf = (callback: string): string => subscriberId(PATH, callback);

  await eventually("the hub answers", async () => {
    const { kind } = await requests.ask(
      form(`http://reader.example:${reader.port}/`, { topic: `${HOME}/topics/none.rss` }),
      "",
    );
    return kind === "busy" ? undefined : kind;
  });

  const self = {
    world,
    book,
    reader,
    subscribers,
    stream,
    pushing,
    idOf,
    pass: (duration: Duration): void => {
      now += duration;
    },
    /** a document with these entries, as if a topic had been rendered: id -> what it says */
    async publish(entries: Readonly<Record<string, string>>): Promise<void> {
      version += 1;
      const items = Object.entries(entries).map(([id, title]) => ({ id, title }));
      const identity = Buffer.from(JSON.stringify({ items }));
      const document = {
        ...{ path: PATH, contentType: "application/feed+json", etag: `v${version}`, modifiedAt: now },
        itemCount: items.length,
        entries: items.map(({ id, title }) => ({ id, mark: title })),
        bodies: { identity, gzip: identity, br: identity },
      };
      const topic = topicId("energie");
      await world.documents.swap({ topic, touchCount: "0", documents: [document], announced: [] });
    },
    /** what the stream has since the last time, handed to the deliverer */
    async noteNews(): Promise<void> {
      const entries = await world.redis.xrange(world.keys.deliveries, read, "+");
      for (const [id] of entries) {
        read = `(${id}`;
        const entry = await stream.entry(id);
        if (entry !== undefined) await pushing.jobsFor(entry);
      }
    },
    ask: async (callback: string, fields: Readonly<Record<string, string>> = {}, client = "203.0.113.7") =>
      await requests.ask(form(callback, fields), client),
    verify: async (callback: string): Promise<Delivered> => await asking.deliver({ by: VERIFY, to: idOf(callback) }, 0),
    push: async (callback: string): Promise<Delivered> =>
      await pushing.deliver({ by: PUSH_OUT, to: idOf(callback) }, 0),
    round: async (): Promise<void> => await hubRound(world, subscribers, moves),
    of: async (callback: string): Promise<Subscriber | undefined> => await subscribers.of(idOf(callback)),
    async subscribe(path: string, fields: Readonly<Record<string, string>> = {}): Promise<string> {
      const callback = reader.url(path);
      await self.ask(callback, fields);
      const { kind } = await self.verify(callback);
      if (kind !== "delivered") throw new Error(`${path} was not subscribed: ${kind}`);
      return callback;
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
  return self;
}

export type HubAtWork = Awaited<ReturnType<typeof openHubAtWork>>;

/** One hub for all tests of a file: before each its Redis is empty, an hour has passed, and one entry is told. */
export async function hubForEachTest(): Promise<HubAtWork> {
  const hub = await openHubAtWork();
  afterAll(() => hub[Symbol.asyncDispose]());
  beforeEach(async () => {
    await hub.world.redis.flushall();
    hub.pass(HOUR);
    hub.reader.questions.length = 0;
    hub.reader.pushes.length = 0;
    await hub.publish({ a: "Alt" });
  });
  return hub;
}
