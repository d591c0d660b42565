import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { STREAM_START } from "../../src/adapters/desk-store.ts";
import { storyId } from "../../src/model/ids.ts";
import { MINUTE } from "../../src/model/time.ts";
import { openWorld, type World } from "../../workers/world.ts";
import { temporaryFolder, testSettings } from "../support/test-settings.ts";

const stack = new AsyncDisposableStack();
let world: World;

beforeAll(async () => {
  world = stack.use(await openWorld(testSettings({ dataDir: stack.use(temporaryFolder()).path }), "test"));
});
afterAll(() => stack.disposeAsync());

describe("the desk's lease", () => {
  test("is one desk's until it ends, and the next one's writing bars the last one's", async () => {
    const { desk } = world;
    const first = await desk.take("first", 2000);
    expect(await desk.take("second", MINUTE)).toBeUndefined();
    expect(await desk.take("first", 2000)).toBe(first);

    await new Promise((resolve) => setTimeout(resolve, 2050));
    const second = await desk.take("second", MINUTE);
    const late = { from: STREAM_START, to: "1-0", outcomes: [], placements: [], withdrawals: [] };

    expect(second).toBeGreaterThan(first ?? 0);
    expect(await desk.commit({ ...late, fence: first ?? 0 })).toBeUndefined();
    expect(await desk.saveSnapshot(first ?? 0, "1-0", ["late"])).toBe(false);
    expect(await desk.memory()).toEqual({ position: STREAM_START, snapshotPosition: STREAM_START });
  });

  test("that is given back is free at once, but only its owner gives it back", async () => {
    const { desk } = world;

    await desk.giveBack("first");
    expect(await desk.take("third", MINUTE)).toBeUndefined();

    await desk.giveBack("second");
    expect(await desk.take("third", MINUTE)).toBeDefined();
  });
});

test("a snapshot comes back line by line, and one that was damaged has no lines", async () => {
  const { desk, redis, keys } = world;
  const fence = (await desk.take("third", MINUTE)) ?? 0;
  await desk.commit({ fence, from: STREAM_START, to: "7-1", outcomes: [], placements: [], withdrawals: [] });
  const lines = Array.from({ length: 1000 }, (_, n) => JSON.stringify({ n, text: "Übermaß" }));

  expect(await desk.saveSnapshot(fence, "7-1", lines)).toBe(true);
  const { snapshot = [], snapshotPosition } = await desk.memory();
  expect([...snapshot]).toEqual(lines);
  expect(snapshotPosition).toBe("7-1");

  await redis.setrange(keys.snapshot, 40, "garbage");
  expect([...((await desk.memory()).snapshot ?? ["none"])]).toEqual([]);
});

test("a Redis that came back without its last second takes nothing from a desk that is ahead of it", async () => {
  await using own = await openWorld(
    testSettings({ dataDir: stack.use(temporaryFolder()).path, redisPrefix: "behind" }),
    "behind",
  );
  const { desk, redis, keys } = own;
  const fence = (await desk.take("only", MINUTE)) ?? 0;
  const nothing = { fence, outcomes: [], placements: [], withdrawals: [] };
  await desk.commit({ ...nothing, from: STREAM_START, to: "1-0" });
  await desk.commit({ ...nothing, from: "1-0", to: "2-0" });
  await redis.hset(keys.desk, "position", "1-0");

  expect(await desk.commit({ ...nothing, from: "2-0", to: "3-0" })).toBeUndefined();
  expect(await desk.saveSnapshot(fence, "2-0", ["ahead"])).toBe(false);
  expect(await desk.memory()).toEqual({ position: "1-0", snapshotPosition: STREAM_START });

  expect(await desk.commit({ ...nothing, from: "1-0", to: "2-0" })).toEqual([]);
});

test("an old story id leads on for as long as the story is told, through merges of merges, and no longer", async () => {
  const { desk, redis, keys } = world;
  const [a, b, told, swept, held] = ["a", "b", "told", "swept", "held"].map(storyId);
  if (!a || !b || !told || !swept || !held) throw new Error("an id is missing");
  await redis.zadd(keys.story(told), 1, "item");
  await redis.hset(keys.aliases, { [a]: b, [b]: told, old: swept, older: "old", young: held });

  expect(await desk.forgetAliases((story) => story === held)).toBe(2);
  expect(await redis.hgetall(keys.aliases)).toEqual({ [a]: b, [b]: told, young: held });

  await redis.del(keys.story(told));
  expect(await desk.forgetAliases(() => false)).toBe(3);
});

test("a name that a split gives back and a merge gives away again in one commit leads on; the other way round it is free", async () => {
  await using own = await openWorld(
    testSettings({ dataDir: stack.use(temporaryFolder()).path, redisPrefix: "names" }),
    "names",
  );
  const { desk } = own;
  const fence = (await desk.take("only", MINUTE)) ?? 0;
  const [a, b, c] = [storyId("a"), storyId("b"), storyId("c")];
  const nothing = { decisions: [], moved: [], aliases: [], withdrawn: [] };
  const outcomes = [
    { ...nothing, aliases: [{ from: c, into: b }] },
    { ...nothing, revived: [a] },
    { ...nothing, aliases: [{ from: a, into: b }] },
    { ...nothing, revived: [c] },
  ];

  await desk.commit({ fence, from: STREAM_START, to: "1-0", outcomes, placements: [], withdrawals: [] });

  expect(await desk.aliases()).toEqual(new Map([[a, b]]));
});
