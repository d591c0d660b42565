import { type ChildProcess, spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { NO_EDITING } from "../../src/model/editing.ts";
import { type ItemId, itemId, topicId } from "../../src/model/ids.ts";
import type { Placed } from "../../src/model/news.ts";
import type { Settings } from "../../src/model/settings.ts";
import { MINUTE, SECOND } from "../../src/model/time.ts";
import type { Topic } from "../../src/model/topic.ts";
import { MEANING } from "../../src/query/query.ts";
import { fingerprinter } from "../../workers/topics/fingerprint.ts";
import { refill } from "../../workers/topics/refill.ts";
import { editingOf, goneTopic, takenBack, topicList } from "../../workers/topics/topic-list.ts";
import { openWorld, type World } from "../../workers/world.ts";
import { aPlaced } from "../query/a-placed.ts";
import { aTopic, eventually, ROOT, temporaryFolder, testSettings } from "../support/test-settings.ts";

const NOW = Date.now();
const HOUR_AGO = NOW - 60 * MINUTE;
const id = topicId("gold");

/** One item in ten is about gold. */
const items = (count: number): readonly Placed[] =>
  Array.from({ length: count }, (_, n) =>
    aPlaced({
      ...{ id: `item-${n}`, title: n % 10 === 0 ? "Gold steigt" : "Silber steigt", arrivedAt: HOUR_AGO + n },
    }),
  );

/** As a desk writes it that places by these topics. */
async function decide(world: World, fence: number, all: readonly Placed[], topics: readonly string[]): Promise<void> {
  const pipeline = world.redis.pipeline();
  for (const { item } of all)
    pipeline.set(world.keys.item(item.id), JSON.stringify(item)).zadd(world.keys.items, item.arrivedAt, item.id);
  await pipeline.exec();
  const position = (await world.redis.hget(world.keys.desk, "position")) ?? "0-0";
  for (let from = 0; from < all.length; from += 1000) {
    const placements = all
      .slice(from, from + 1000)
      .map(({ item, decision }) => ({ decision, arrivedAt: item.arrivedAt, topics: topics.map(topicId) }));
    await world.desk.commit({ fence, from: position, to: position, outcomes: [], placements, withdrawals: [] });
  }
}

const members = async ({ redis, keys }: World): Promise<readonly string[]> =>
  (await redis.zrange(keys.topic(id), "0", "-1")).toSorted();
const listOf = (settings: Settings, ...topics: readonly Topic[]) =>
  topicList({ ...settings, topics }, { version: 0, topics: new Map(), editing: new Map(), gone: new Map() }, NOW);

async function toEnd(steps: AsyncGenerator<void, void>): Promise<number> {
  let count = 0;
  for await (const _ of steps) count += 1;
  return count;
}

test("what the desk decides while members are made anew is not lost, and a desk that was deposed writes nothing", {
  timeout: 60_000,
}, async () => {
  using folder = temporaryFolder();
  const settings = testSettings({ dataDir: folder.path });
  await using world = await openWorld(settings, "test");
  const fence = (await world.desk.take("one", MINUTE)) ?? 0;
  const all = items(1300);
  await decide(world, fence, all, []);

  // given a refill under way
  const list = listOf(settings, aTopic("gold", "gold"));
  const decided = new Set<ItemId>();
  const steps = refill(world, list, fence, decided);
  await steps.next();
  await steps.next();

  // when one that was looked at comes in, one goes out, one is withdrawn, and a new one arrives
  const [leaves, , comes] = [all[0], all[1], all[2]];
  const [withdrawn, swept] = [all[10], all[20]];
  if (!leaves || !comes || !withdrawn || !swept) throw new Error("too few items");
  const out = { ...leaves, item: { ...leaves.item, title: "Silber fällt" } };
  const into = { ...comes, item: { ...comes.item, title: "Gold fällt" } };
  const fresh = aPlaced({ id: "neu", title: "Gold springt", arrivedAt: NOW });
  await decide(world, fence, [out], []);
  await decide(world, fence, [into, fresh], ["gold"]);
  const gone = { item: withdrawn.item.id, at: NOW };
  const position = (await world.redis.hget(world.keys.desk, "position")) ?? "0-0";
  await world.desk.commit({
    ...{ fence, from: position, to: position, outcomes: [], placements: [], withdrawals: [gone] },
  });
  for (const { item } of [out, into, fresh, withdrawn]) decided.add(item.id);
  await world.redis.zrem(world.keys.items, swept.item.id);
  await world.redis.del(world.keys.item(swept.item.id), world.keys.place(swept.item.id));
  await toEnd(steps);

  // then
  const expected = all
    .filter(({ item }) => item.title.startsWith("Gold") && ![leaves, withdrawn, swept].some((one) => one.item === item))
    .map(({ item }) => item.id as string);
  expect(await members(world)).toEqual([...expected, comes.item.id, "neu"].toSorted());
  expect(await world.redis.hget(world.keys.place("item-30"), "topics")).toBe("gold");
  expect(await world.redis.hget(world.keys.place(leaves.item.id), "topics")).toBe("");
  expect(await world.redis.hkeys(world.keys.touched)).toContain("gold");

  // and a second desk's refill is not disturbed by the first one's
  const other = listOf(settings, aTopic("gold", "silber"));
  const late = refill(world, other, fence, new Set());
  await late.next();
  await world.redis.hset(world.keys.desk, "expiresAt", 0);
  await world.desk.giveBack("one");
  const newFence = (await world.desk.take("two", MINUTE)) ?? 0;
  expect(newFence).toBeGreaterThan(fence);
  const before = await members(world);
  await toEnd(late);
  expect(await members(world)).toEqual(before);
  await toEnd(refill(world, other, newFence, new Set()));
  expect((await members(world)).length).toBeGreaterThan(1100);
  expect(Number(await world.redis.hget(world.keys.edited, "gold"))).toBeLessThanOrEqual(NOW);
});

test("a topic that is renamed in config/ takes what its readers know along, one that leaves it is gone", async () => {
  using folder = temporaryFolder();
  const settings = testSettings({ dataDir: folder.path });
  await using world = await openWorld(settings, "test");
  const { redis, keys } = world;
  const fence = (await world.desk.take("one", MINUTE)) ?? 0;
  await decide(world, fence, items(20), []);
  await toEnd(refill(world, listOf(settings, aTopic("gold", "gold"), aTopic("blei", "blei")), fence, new Set()));
  await redis.set(keys.told("gold" as never), '[{"iri":"tag:a","items":["item-0"]}]');
  const embargo = { item: itemId("item-0"), iri: "tag:a", by: "eva", at: NOW, until: NOW + 60 * MINUTE };
  await world.topics.change(0, { editing: new Map([[id, { ...NO_EDITING, embargoes: [embargo] }]]) });

  const archived = { "topics/gold/archive/1.rss": "e3", "topics/blei/archive/1.rss": "e4" };
  await redis.hset(keys.documents, { "topics/gold.rss": "e1", "topics/blei.rss": "e2", ...archived });
  for (const path of ["topics/gold.rss", ...Object.keys(archived)])
    await redis.hset(keys.document(path), { path, entries: "[]" });
  for (const topic of ["gold", "blei"]) await redis.hset(keys.filing(topic), { turn: "7", filing: topic });

  const renamed = listOf(settings, aTopic("edelmetall", "gold", { renamedFrom: [id] }));
  const { compiled } = renamed;
  const known = { ...settings, topics: compiled.flatMap(({ topic }) => (topic.section ? [] : [topic])) };
  const embargoesOf = async (topic: string) =>
    editingOf(topicList(known, await world.topics.read()), topicId(topic)).embargoes;
  // what editors did holds from the first moment, whoever asks before the desk is done
  expect(await embargoesOf("edelmetall")).toEqual([embargo]);
  await toEnd(refill(world, renamed, fence, new Set()));

  expect(await redis.get(keys.told("edelmetall"))).toContain("tag:a");
  expect(await redis.exists(keys.told("gold"), keys.topic("gold"), keys.topic("blei"))).toBe(0);
  // what is new in its next document is told by the last one of the old name
  expect(await redis.hgetall(keys.documents)).toEqual({
    "topics/edelmetall.rss": "e1",
    "topics/edelmetall/archive/1.rss": "e3",
  });
  for (const path of ["topics/edelmetall.rss", "topics/edelmetall/archive/1.rss"])
    expect(await redis.hgetall(keys.document(path))).toEqual({ path, entries: "[]" });
  // and its archives go on where they were
  expect(await world.documents.filing(topicId("edelmetall"))).toEqual({ turn: "7", text: "gold" });
  const former = ["topics/gold.rss", ...Object.keys(archived)].map(keys.document);
  expect(await redis.exists(...former, keys.filing("gold"), keys.filing("blei"))).toBe(0);
  expect(await redis.hkeys(keys.editing)).toEqual(["edelmetall"]);
  expect(await embargoesOf("edelmetall")).toEqual([embargo]);
  // the same rules under another name: nothing was edited
  expect(await redis.hgetall(keys.edited)).toEqual({});
  const after = topicList(known, await world.topics.read());
  expect(goneTopic(after, id, world.now())).toEqual({ into: "edelmetall" });
  expect(goneTopic(after, topicId("blei"), world.now())).toEqual({});
  expect(goneTopic(after, topicId("blei"), world.now() + 366 * 24 * 60 * MINUTE)).toBeUndefined();
  expect(goneTopic(after, topicId("zinn"), world.now())).toBeUndefined();
  // a new topic of the old id wins, and is warned of
  const fixed = { ...settings, topics: [aTopic("gold", "neu"), aTopic("edelmetall", "gold")] };
  expect(takenBack(topicList(fixed, await world.topics.read()), fixed)).toEqual([["gold", "edelmetall"]]);
  expect(takenBack(after, settings)).toEqual([]);
});

test("where words mean something else than before, members are made anew, and what was old is announced to nobody", async () => {
  using folder = temporaryFolder();
  const settings = testSettings({ dataDir: folder.path });
  await using world = await openWorld(settings, "test");
  const fence = (await world.desk.take("one", MINUTE)) ?? 0;
  await decide(world, fence, items(20), []);
  const list = listOf(settings, aTopic("gold", "gold"));
  const fingerprint = fingerprinter(settings, MEANING - 1);
  await world.redis.hset(
    world.keys.rules,
    Object.fromEntries(list.compiled.map((compiled) => [compiled.topic.id, fingerprint(compiled)])),
  );

  await toEnd(refill(world, list, fence, new Set()));

  expect(await members(world)).toEqual(["item-0", "item-10"]);
  expect(Number(await world.redis.hget(world.keys.edited, "gold"))).toBe(NOW);
});

test("a desk that is killed while members are made anew is healed by the next one", { timeout: 90_000 }, async () => {
  using folder = temporaryFolder();
  await using world = await openWorld(testSettings({ dataDir: folder.path }), "test");
  const redisUrl = path.join(folder.path, "redis", "redis.sock");
  const fence = (await world.desk.take("seed", 1)) ?? 0;
  const all = items(8000);
  await decide(world, fence, all, []);
  await world.desk.giveBack("seed");
  const file = path.join(folder.path, "settings.json");
  writeFileSync(
    file,
    JSON.stringify(testSettings({ ...{ dataDir: folder.path, redisUrl }, topics: [aTopic("gold", "gold")] })),
  );

  const first = startDesk(file);
  await eventually("a refill under way", async () =>
    (await world.redis.exists(`${world.keys.topic(id)}:fresh`)) === 1 ? true : undefined,
  );
  await killed(first);
  const rules = await world.redis.hget(world.keys.rules, "gold");
  const second = startDesk(file);
  await eventually("the members", async () => ((await members(world)).length === 800 ? true : undefined), 60 * SECOND);
  await killed(second);

  expect(rules).toBeNull();
  expect(await world.redis.exists(`${world.keys.topic(id)}:fresh`)).toBe(0);
});

function startDesk(file: string): ChildProcess {
  const script = path.join(ROOT, "tests", "support", "role-process.ts");
  return spawn(process.execPath, [script, file, "desk"], { stdio: ["ignore", "ignore", "inherit"] });
}

function killed(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.kill("SIGKILL");
  });
}

test("topics that become one in config/ bring what editors did in each of them", async () => {
  using folder = temporaryFolder();
  const settings = testSettings({ dataDir: folder.path });
  await using world = await openWorld(settings, "test");
  const fence = (await world.desk.take("one", MINUTE)) ?? 0;
  const [gold, blei, zink] = [topicId("gold"), topicId("blei"), topicId("zink")];
  const former = listOf(settings, ...[gold, blei, zink].map((one) => aTopic(one, one)));
  await toEnd(refill(world, former, fence, new Set()));
  const embargo = (by: string, item: string) => ({
    ...{ item: itemId(item), iri: `tag:${item}`, by },
    ...{ at: NOW, until: NOW + 60 * MINUTE },
  });
  const acts = (by: string) => ({ ...NO_EDITING, embargoes: [embargo(by, by), embargo(by, "of-all")] });
  await world.topics.change(0, { editing: new Map([gold, blei, zink].map((one) => [one, acts(one)])) });

  // two are another one from now on, or part of one that stays
  for (const heir of [
    aTopic("metalle", "gold", { renamedFrom: [gold, blei] }),
    aTopic(zink, zink, { renamedFrom: [gold, blei] }),
  ]) {
    const list = async () => topicList({ ...settings, topics: [heir] }, await world.topics.read());
    const own = heir.id === zink ? ["zink", "of-all", "gold", "blei"] : ["gold", "of-all", "blei"];
    const embargoed = async () => editingOf(await list(), heir.id).embargoes.map(({ item }) => item);
    expect(await embargoed()).toEqual(own);
  }
  const heir = aTopic("metalle", "gold", { renamedFrom: [gold, blei] });
  const list = topicList({ ...settings, topics: [heir] }, await world.topics.read());
  await toEnd(refill(world, list, fence, new Set()));

  const settled = topicList({ ...settings, topics: [heir] }, await world.topics.read());
  const items = editingOf(settled, heir.id).embargoes.map(({ item }) => item);
  expect(items.toSorted()).toEqual(["blei", "gold", "of-all"]);
});
