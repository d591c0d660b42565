import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { itemId, topicId } from "../../src/model/ids.ts";
import { MINUTE } from "../../src/model/time.ts";
import { openTopicBook } from "../../workers/topics/topic-book.ts";
import { openWorld, type World } from "../../workers/world.ts";
import { aTopic, eventually, temporaryFolder, testSettings } from "../support/test-settings.ts";

const stack = new AsyncDisposableStack();
const gold = topicId("gold");
const written = { id: "gold", title: "Gold", description: "d", query: "gold" };
let world: World;

beforeAll(async () => {
  const settings = testSettings({ dataDir: stack.use(temporaryFolder()).path, topics: [aTopic("silber", "silber")] });
  world = stack.use(await openWorld(settings, "test"));
});
beforeEach(() => world.redis.flushall());
afterAll(() => stack.disposeAsync());

const entry = (n: number) =>
  ({ at: n, by: "anna", via: "cli", topic: gold, what: "changed", after: "x".repeat(n) }) as const;

describe("what is stored of topics", () => {
  test("changes as a whole, and only as it was when it was read", async () => {
    const change = { topics: new Map([[gold, { written, at: 1 }]]), touched: [gold], entry: entry(1) };
    expect(await world.topics.change(0, change)).toBe(true);
    expect(await world.topics.change(0, { topics: new Map([[gold, undefined]]), entry: entry(2) })).toBe(false);

    const stored = await world.topics.read();
    expect(stored).toMatchObject({ version: 1, topics: new Map([[gold, { written, at: 1 }]]) });
    expect((await world.topics.log(10)).length).toBe(1);
    expect(await world.documents.touched()).toEqual([gold]);
    const gone = { topics: new Map([[gold, undefined]]), gone: new Map([[gold, { at: 5 }]]) };
    expect(await world.topics.change(1, gone)).toBe(true);
    expect(await world.topics.read()).toMatchObject({
      version: 2,
      topics: new Map(),
      gone: new Map([[gold, { at: 5 }]]),
    });
  });

  test("of twenty who change it at once each has a version of its own", async () => {
    const tries = await Promise.all(Array.from({ length: 20 }, () => world.topics.change(0, {})));

    expect(tries.filter((made) => made).length).toBe(1);
  });

  test("the log is bounded, and so is what it says of one change", async () => {
    for (let n = 0; n < 6000; n += 1) void world.topics.change(n, { entry: entry(1) });
    await world.topics.change(6000, { entry: entry(1_000_000) });

    expect(await world.redis.xlen(world.keys.topicLog)).toBeLessThan(5200);
    const [last] = await world.topics.log(1, gold);
    expect(last).toEqual({ at: 1_000_000, by: "anna", via: "cli", topic: "gold", what: "changed" });
    expect(await world.topics.log(10, topicId("blei"))).toEqual([]);
  });
});

describe("memberships", () => {
  test("are settled once, whatever became of the answer, and nothing is dropped under an old fence", async () => {
    const fence = (await world.desk.take("one", MINUTE)) ?? 0;
    const item = itemId("a");
    await world.redis.hset(world.keys.place(item), "story", "s");
    await world.redis.zadd(world.keys.items, 1, item);
    const settled = [{ topic: gold, rules: "a b c", isAnew: true, editedAt: 7 }];
    await world.memberships.begin(fence, settled);
    await world.memberships.enter(fence, [gold], [{ item, arrivedAt: 1, topics: [gold] }]);
    expect((await world.memberships.begunEdits())({ topic: gold, rules: "a b c" })).toBe(7);

    expect(await world.memberships.settle(fence, settled)).toBe(true);
    expect(await world.memberships.settle(fence, settled)).toBe(true);
    expect(await world.redis.zrange(world.keys.topic(gold), "0", "-1")).toEqual(["a"]);
    expect(await world.memberships.drop(fence - 1, gold, { at: 1 }, [])).toBe(false);
    expect(await world.memberships.begin(fence - 1, settled)).toBe(false);
    expect(await world.memberships.madeWith(gold)).toEqual({ rules: "a b c", editedAt: 7 });
    expect((await world.memberships.begunEdits())({ topic: gold, rules: "a b c" })).toBeUndefined();
    // a topic that is gone may have been touched by somebody who did not know
    await world.documents.touch([gold, topicId("blei")]);
    await world.memberships.forgetTouched([gold, topicId("blei")]);
    expect(await world.documents.touched()).toEqual([gold]);
  });

  test("nothing is swapped in for a topic whose rules are others by now, or that is gone", async () => {
    const rendering = { topic: gold, touchCount: "0", documents: [], announced: [], rules: "a b c" };
    expect(await world.documents.swap(rendering)).toBeUndefined();
    await world.redis.hset(world.keys.rules, gold, "a b d");
    expect(await world.documents.swap(rendering)).toBeUndefined();
    await world.redis.hset(world.keys.rules, gold, "a b c");
    expect(await world.documents.swap(rendering)).toBe(0);
  });
});

describe("the book", () => {
  test("follows within a second, and gives an emptied Redis back what editors wrote", async () => {
    await using book = await openTopicBook(world);
    const heard: number[] = [];
    book.onChange(({ version }) => heard.push(version));
    const began = Date.now();
    await world.topics.change(0, { topics: new Map([[gold, { written, at: 1 }]]) });
    await eventually("the topic", () => book.list().byId.get(gold));
    expect(Date.now() - began).toBeLessThan(5000);
    expect(heard).toEqual([1]);

    await world.redis.flushall();
    await eventually("the topic in Redis", async () => (await world.topics.read()).topics.get(gold));

    expect(book.list().byId.get(gold)?.topic.title).toBe("Gold");
  });

  test("leaves alone what makes no sense, and what stands in config/ wins", async () => {
    const at = 1;
    const broken = { ...written, query: "nirgends:x" };
    const topics = new Map([
      [gold, { written: { ...written, query: "topic:blei" }, at }],
      [topicId("blei"), { written: { ...broken, id: "blei" }, at }],
      [topicId("silber"), { written: { ...written, id: "silber" }, at }],
      [topicId("zinn"), { written: { ...written, id: "zinn" }, at }],
      [topicId("kupfer"), { written: 17, at }],
    ]);
    await world.topics.change(0, { topics });
    await using book = await openTopicBook(world);

    const { byId, broken: spoilt } = book.list();
    expect([...spoilt.keys()].toSorted()).toEqual(["blei", "gold", "kupfer"]);
    expect(byId.get(topicId("silber"))?.topic.title).toBe("silber");
    expect(byId.has(topicId("zinn"))).toBe(true);
  });
});
