import { expect, test } from "vitest";
import { MOST_ACTS } from "../../src/model/editing.ts";
import { DAY, HOUR, type Instant } from "../../src/model/time.ts";
import { openTopicBook } from "../../workers/topics/topic-book.ts";
import { openTopicEdits } from "../../workers/topics/topic-edits.ts";
import { openWorld } from "../../workers/world.ts";
import { aPlaced } from "../query/a-placed.ts";
import { aTopic, temporaryFolder, testSettings } from "../support/test-settings.ts";

const EVA = { by: "eva" };
const placed = (n: number) => aPlaced({ id: `item-${n}`, story: `story-${n % 200}` });

/** A topic of stories and one of single items, and an editor whose clock is the test's. */
async function openEditor(stack: AsyncDisposableStack) {
  const folder = stack.use(temporaryFolder());
  const topics = [aTopic("stadt", "*"), aTopic("texte", "*", { oneEntryAStory: false })];
  const world = stack.use(await openWorld(testSettings({ dataDir: folder.path, topics }), "test"));
  const book = stack.use(await openTopicBook(world));
  const clock = { now: Date.now() };
  const edits = openTopicEdits({ ...world, now: () => clock.now }, book, "api");
  const embargo = (n: number, until: Instant) => edits.act("stadt", "embargoes", placed(n), { until }, EVA);
  return { clock, edits, embargo };
}

test("an embargo that holds never goes by itself: those that are over make room, or one too many is refused", async () => {
  await using stack = new AsyncDisposableStack();
  const { clock, edits, embargo } = await openEditor(stack);
  const began = clock.now;
  for (let n = 0; n < MOST_ACTS.embargoes; n += 1) await embargo(n, began + (n % 2 === 0 ? 30 * DAY : HOUR));

  // all hold
  expect(await embargo(100, began + HOUR)).toMatchObject({
    ...{ kind: "refused", why: "conflict" },
    message: "stadt has 100 embargoes, as many as it may have, and all of them hold: take one back first.",
  });
  expect(edits.editing("stadt")).toMatchObject({ embargoes: { length: 100 } });

  // half of them are over
  clock.now += 2 * HOUR;
  for (let n = 100; n < 150; n += 1) expect(await embargo(n, began + DAY)).toHaveProperty("embargoes.length", 100);
  const { embargoes } = edits.editing("stadt") as { embargoes: readonly { item: string; until: Instant }[] };
  expect(embargoes.filter(({ until }) => until === began + 30 * DAY)).toHaveLength(50);
  expect(embargoes.every(({ until }) => until > clock.now)).toBe(true);
  expect(await embargo(150, began + DAY)).toMatchObject({ why: "conflict" });

  // the way out
  await edits.takeBack("stadt", "embargoes", placed(149).item.id, undefined, EVA);
  expect(await embargo(150, began + DAY)).toHaveProperty("embargoes.0.item", "item-150");
});

test("spikes of long ago, of which no item is kept, make room for others", async () => {
  await using stack = new AsyncDisposableStack();
  const { clock, edits } = await openEditor(stack);
  const spike = (n: number) => edits.act("stadt", "spikes", placed(n), {}, EVA);
  for (let n = 0; n < MOST_ACTS.spikes; n += 1) await spike(n);

  clock.now += 40 * DAY;
  expect(await spike(500)).toMatchObject({ why: "conflict" });
  clock.now += 40 * DAY;
  expect(await spike(500)).toHaveProperty("spikes.0.item", "item-500");
});

test("where each item is an entry, an act on another one of its story is not taken back with it", async () => {
  await using stack = new AsyncDisposableStack();
  const { edits } = await openEditor(stack);
  const [one, other] = [placed(1), placed(201)];
  expect(one.decision.storyIri).toBe(other.decision.storyIri);
  for (const topic of ["stadt", "texte"])
    for (const item of [one, other]) await edits.act(topic, "spikes", item, {}, EVA);

  const left = async (topic: string) => await edits.takeBack(topic, "spikes", one.item.id, one, EVA);

  expect(await left("texte")).toMatchObject({ spikes: [{ item: other.item.id }] });
  expect(await left("texte")).toMatchObject({ kind: "refused", why: "unknown" });
  expect(await left("stadt")).toMatchObject({ spikes: [] });
});
