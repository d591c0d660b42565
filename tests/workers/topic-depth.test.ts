import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { holding, voicesOf } from "../../src/curate/curate.ts";
import { type Editing, NO_EDITING, pointedAt } from "../../src/model/editing.ts";
import { topicId } from "../../src/model/ids.ts";
import type { Placed } from "../../src/model/news.ts";
import { DAY, HOUR, MINUTE } from "../../src/model/time.ts";
import type { Topic } from "../../src/model/topic.ts";
import { type CompiledTopic, compileTopic, curateTopic, type MembersOf, topicsFor } from "../../src/road.ts";
import { openSearch } from "../../src/search/search.ts";
import { candidatesAmong, candidatesOf } from "../../workers/topics/candidates.ts";
import { openWorld, type World } from "../../workers/world.ts";
import { NOON } from "../query/a-placed.ts";
import { aFeed, aPublisher, aTopic, temporaryFolder, testSettings } from "../support/test-settings.ts";
import { aBusyDesk, PUBLISHERS } from "./busy-desk.ts";

/** Four times as many items as a topic is chosen from at first. */
const ITEMS = aBusyDesk(4000, 4 * DAY);
const STORIES = Map.groupBy(ITEMS, ({ decision }) => decision.story);
const membersOf: MembersOf = (story) => STORIES.get(story) ?? [];

const folder = temporaryFolder();
const publishers = PUBLISHERS.map((id, rank) => aPublisher(id, { rank }));
const settings = testSettings({
  dataDir: folder.path,
  publishers,
  feeds: PUBLISHERS.map((id) => aFeed(`${id}-alles`, id, `https://${id}.example/feed`)),
});
const search = openSearch({ voices: voicesOf(publishers) });
let world: World;

beforeAll(async () => {
  world = await openWorld(settings, "test");
  for (const placed of ITEMS) search.put(placed);
  const fence = (await world.desk.take("desk", HOUR)) ?? 0;
  const pipeline = world.redis.pipeline();
  for (const { item } of ITEMS) {
    pipeline.set(world.keys.item(item.id), JSON.stringify(item));
    pipeline.zadd(world.keys.items, item.arrivedAt, item.id);
  }
  await pipeline.exec();
  const placements = ITEMS.map(({ item, decision }) => ({ decision, arrivedAt: item.arrivedAt, topics: [] }));
  await world.desk.commit({ fence, from: "0-0", to: "1-0", outcomes: [], placements, withdrawals: [] });
}, 60_000);

afterAll(async () => {
  await world[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

const someCount = fc.integer({ min: 1, max: 6 });
const someClause = fc.oneof(
  { weight: 3, arbitrary: someCount.map((count) => `story.publishers>=${count}`) },
  someCount.map((count) => `story.publishers<=${count}`),
  someCount.map((count) => `-story.publishers<${count}`),
  fc.constantFrom("is:lead", "-is:lead", "*", "section:politik", "gold", "title:(bahn OR streik)", "publisher:p3"),
);
const someQuery = fc.oneof(
  someClause,
  fc.tuple(someClause, someClause).map(([one, other]) => `${one} ${other}`),
  fc.tuple(someClause, someClause).map(([one, other]) => `${one} OR ${other}`),
);
const someTopic: fc.Arbitrary<Topic> = fc
  .record(
    {
      query: someQuery,
      size: fc.constantFrom(5, 20, 50, 200),
      window: fc.constantFrom(6 * HOUR, 2 * DAY, 30 * DAY),
      minimumPublishers: fc.constantFrom(1, 1, 2, 4),
      oneEntryAStory: fc.constantFrom(true, true, false),
      mostPerPublisher: fc.constantFrom(1, 3),
      order: fc.constantFrom("newest", "coverage", "editor"),
      hold: fc.constant(10 * MINUTE),
      ranks: fc.constant({ p7: 0 } as Topic["ranks"]),
      digest: fc.constant({ every: "day", at: "07:00", timeZone: "Europe/Berlin", stories: 10 } as const),
    },
    { requiredKeys: ["query", "size", "window", "minimumPublishers", "oneEntryAStory"] },
  )
  .map(({ query, ...rest }) => aTopic("tief", query, rest));

const somePlaced = fc.constantFrom(...ITEMS);
const someEditing: fc.Arbitrary<Editing> = fc.oneof(
  { weight: 2, arbitrary: fc.constant(NO_EDITING) },
  fc.tuple(somePlaced, somePlaced).map(([pinned, kept]) => ({
    ...NO_EDITING,
    pins: [{ ...pointedAt(pinned), by: "anna", at: NOON }],
    embargoes: [{ ...pointedAt(kept), by: "anna", at: NOON - DAY, until: NOON - HOUR }],
  })),
);

/** As editors write them. */
const ASKED: [Topic, Editing][] = [
  [aTopic("tief", "story.publishers>=4"), NO_EDITING],
  [aTopic("tief", "section:politik is:lead story.publishers>=3", { hold: 10 * MINUTE }), NO_EDITING],
  [aTopic("tief", "*", { minimumPublishers: 5, order: "coverage" }), NO_EDITING],
];

function compiled(topic: Topic): CompiledTopic {
  const made = compileTopic(topic, {});
  if ("kind" in made) throw new Error(made.message);
  return made;
}

/** The desk's part: which items may be in the topic. */
async function fill(rule: CompiledTopic): Promise<readonly Placed[]> {
  const isIn = topicsFor([rule]);
  const all = ITEMS.filter((placed) => isIn(placed).length > 0);
  const key = world.keys.topic(topicId("tief"));
  await world.redis.del(key);
  if (all.length > 0) await world.redis.zadd(key, ...all.flatMap(({ item }) => [item.arrivedAt, item.id]));
  return all;
}

/** What readers see of it, entry by entry. */
function told(rule: CompiledTopic, matched: readonly Placed[], members: MembersOf, editing: Editing) {
  const readers = { announced: [], now: NOON, editing };
  return curateTopic(rule, matched, members, settings, readers).entries.map((entry) => ({
    ...{ iri: entry.iri, lead: entry.lead.item.id, because: entry.because, publishedAt: entry.publishedAt },
    ...{ others: entry.others.map(({ item }) => item.id), digest: entry.digest?.stories.map(({ iri }) => iri) },
  }));
}

const idsOf = (items: readonly Placed[]) => items.map(({ item }) => item.id).toSorted();

test("whatever a topic asks of stories, its document, its page and a search find what stands thousands of items deep", {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(someTopic, someEditing, async (topic, editing) => {
      const rule = compiled(topic);
      const all = await fill(rule);
      const known = { announced: [], now: NOON, editing };

      const stored = await candidatesOf(world, rule, known);
      const ids = new Set(all.map(({ item }) => item.id));
      const kept = await search.inTurns(candidatesAmong(ids, search, rule, publishers, known));

      const pinned = ITEMS.filter(({ item }) => editing.pins.some((pin) => pin.item === item.id));
      const expected = told(rule, [...new Set([...all, ...pinned])], membersOf, editing);
      expect(told(rule, stored.matched, stored.members, editing)).toEqual(expected);
      expect(told(rule, kept.matched, kept.members, editing)).toEqual(expected);
      const { hits } = search.find(rule.query, { limit: ITEMS.length, now: NOON });
      expect(idsOf(hits)).toEqual(idsOf(holding(rule.query, all, membersOf, publishers)));
    }),
    { numRuns: 12, examples: ASKED },
  );
});

test("where the first thousand will do nothing more is read, and what tells too little is never read", async () => {
  const known = { announced: [], now: NOON };
  const read = async (query: string, own: Partial<Topic> = {}) => {
    const rule = compiled(aTopic("tief", query, own));
    const { length: all } = await fill(rule);
    const { matched } = await candidatesOf(world, rule, known);
    return { all, read: matched.length, deep: matched.slice(1500) };
  };

  const plain = await read("*");
  const deep = await read("story.publishers>=6", { size: 500 });

  expect(plain.all).toBe(ITEMS.length);
  // and what stands deeper of their stories
  expect(plain.read).toBeLessThan(1500);
  expect(deep.read).toBeGreaterThan(plain.read);
  expect(deep.read).toBeLessThan(0.7 * ITEMS.length);
  expect(deep.deep.every(({ decision }) => membersOf(decision.story).length >= 6)).toBe(true);
});
