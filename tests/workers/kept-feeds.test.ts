import { setImmediate } from "node:timers/promises";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Item } from "../../src/model/item.ts";
import type { DeskOutcome, Placed } from "../../src/model/news.ts";
import { DAY, SECOND } from "../../src/model/time.ts";
import type { Topic } from "../../src/model/topic.ts";
import { type CompiledTopic, compileTopics, curateTopic, topicsFor } from "../../src/road.ts";
import { pack } from "../../src/search/search.ts";
import { openNewsroom } from "../../workers/web/newsroom.ts";
import { NOON } from "../query/a-placed.ts";
import { aFeed, aPublisher, aTopic, temporaryFolder, testSettings } from "../support/test-settings.ts";
import { aBusyDesk, PUBLISHERS } from "./busy-desk.ts";

const LOOKING = { now: NOON };

function openDesk(topics: readonly Topic[], maxItems = 100_000) {
  using folder = temporaryFolder();
  const settings = testSettings({
    ...{ dataDir: folder.path, topics },
    publishers: PUBLISHERS.map((id, rank) => aPublisher(id, { rank })),
    feeds: PUBLISHERS.map((id) => aFeed(`${id}-alles`, id, `https://${id}.example/feed`)),
    retention: { ...testSettings({ dataDir: folder.path }).retention, maxItems },
  });
  const compiled = compileTopics(settings);
  const newsroom = openNewsroom(settings, compiled, async (placed) => ({ part: pack(placed) }));
  const hear = (items: readonly Placed[], more: Partial<DeskOutcome> = {}) =>
    newsroom.hear(
      {
        kind: "outcome",
        outcome: { decisions: items.map(({ decision }) => decision), moved: [], aliases: [], withdrawn: [], ...more },
      },
      new Map(items.map(({ item }): [Item["id"], Item] => [item.id, item])),
    );
  return { settings, compiled, newsroom, hear };
}

type Desk = ReturnType<typeof openDesk>;

/** What a topic shows of all that there is, made at once. */
function expectedOf({ settings, newsroom }: Desk, compiled: CompiledTopic) {
  const all = [...newsroom.search.newest()].flatMap(({ item }) => newsroom.search.item(item.id) ?? []);
  const isIn = topicsFor([compiled]);
  const matched = all.filter((placed) => isIn(placed).length > 0);
  return curateTopic(compiled, matched, newsroom.membersOf, settings, LOOKING).entries;
}

const someAct = fc.record({
  act: fc.constantFrom("move", "merge", "withdraw", "revise"),
  one: fc.nat({ max: 60 }),
  other: fc.nat({ max: 60 }),
});

test("whatever happens to items and stories, a topic shows them as they are", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(someAct, { maxLength: 6 }), async (acts) => {
      // given topics that ask for items, for stories, and who else tells them, in an index that lets the oldest go
      const desk = openDesk(
        [
          ...[aTopic("gold", "gold"), aTopic("viele", "story.publishers>=2"), aTopic("bahn", "title:bahn is:lead")],
          ...[aTopic("verwandt", "streik", { related: true }), aTopic("haus", "publisher:p3", { size: 3 })],
        ],
        80,
      );
      const items = aBusyDesk(100, DAY);
      const at = (n: number) => items[40 + (n % 60)] ?? items[0];
      const show = () =>
        Promise.all(desk.compiled.map(async (topic) => (await desk.newsroom.topicFeed(topic, LOOKING)).entries));

      for (let from = 0; from < items.length; from += 20) {
        await desk.hear(items.slice(from, from + 20));
        expect(await show()).toEqual(desk.compiled.map((topic) => expectedOf(desk, topic)));
      }
      for (const { act, one, other } of acts) {
        const [a, b] = [at(one), at(other)];
        if (a === undefined || b === undefined) continue;
        const { story, storyIri } = b.decision;
        if (act === "move") await desk.hear([], { moved: [{ item: a.item.id, story, storyIri }] });
        if (act === "merge") await desk.hear([], { aliases: [{ from: a.decision.story, into: story }] });
        if (act === "withdraw") await desk.hear([], { withdrawn: [a.item.id] });
        if (act === "revise") await desk.hear([{ ...a, item: { ...a.item, title: `Gold und Bahn ${one}` } }]);
        expect(await show()).toEqual(desk.compiled.map((topic) => expectedOf(desk, topic)));
      }
    }),
    { numRuns: 15 },
  );
});

test("news make anew what tells of them, and nothing else; one making serves all who ask meanwhile", async () => {
  const desk = openDesk([aTopic("gold", "title:gold"), aTopic("bahn", "title:bahn")]);
  const { compiled, newsroom, hear } = desk;
  const [first, ...items] = aBusyDesk(300, DAY);
  await hear(items);
  const [gold, bahn] = compiled;
  if (gold === undefined || bahn === undefined || first === undefined) throw new Error("two topics and some items");
  const [goldBefore, again] = await Promise.all([gold, gold].map((topic) => newsroom.topicFeed(topic, LOOKING)));
  const bahnBefore = await newsroom.topicFeed(bahn, LOOKING);
  expect(again).toBe(goldBefore);

  await hear([{ ...first, item: { ...first.item, title: "Gold glänzt", arrivedAt: NOON } }]);

  const late = await newsroom.topicFeed(gold, LOOKING, 60 * SECOND);
  expect(late).toBe(goldBefore);
  expect((await newsroom.topicFeed(gold, LOOKING)).entries[0]?.lead.item.title).toBe("Gold glänzt");
  expect(await newsroom.topicFeed(bahn, LOOKING)).toBe(bahnBefore);
});

test("while the page of a deep topic is made for the first time others have their turns", async () => {
  const { compiled, newsroom } = openDesk([aTopic("tief", "story.publishers>=3", { size: 500 })]);
  const items = aBusyDesk(20_000, 6 * DAY);
  newsroom.load(items);
  await newsroom.search.loaded();
  const [deep] = compiled;
  if (deep === undefined) throw new Error("a topic");
  newsroom.fill(deep.topic.id, new Set(items.map(({ item }) => item.id)));

  let isDone = false;
  const made = newsroom.topicFeed(deep, LOOKING).finally(() => {
    isDone = true;
  });
  const turns: number[] = [];
  while (!isDone) {
    const before = process.threadCpuUsage();
    await setImmediate();
    const { user, system } = process.threadCpuUsage(before);
    turns.push((user + system) / 1000);
  }

  expect((await made).entries).toHaveLength(500);
  const all = turns.reduce((sum, turn) => sum + turn, 0);
  expect(Math.max(...turns)).toBeLessThan(all / 2);
});
