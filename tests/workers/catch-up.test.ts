import { expect, test } from "vitest";
import { type TopicId, topicId } from "../../src/model/ids.ts";
import { MINUTE } from "../../src/model/time.ts";
import type { Topic } from "../../src/model/topic.ts";
import { pack } from "../../src/search/search.ts";
import { refill } from "../../workers/topics/refill.ts";
import { topicList } from "../../workers/topics/topic-list.ts";
import { catchUp } from "../../workers/web/catch-up.ts";
import { openNewsroom } from "../../workers/web/newsroom.ts";
import { openTail } from "../../workers/web/tail.ts";
import { openWorld } from "../../workers/world.ts";
import { aPlaced } from "../query/a-placed.ts";
import { aPublisher, aTopic, temporaryFolder, testSettings } from "../support/test-settings.ts";

const TITLES = ["Gold steigt", "Silber steigt"];

test("what an editor changes while a web process fills its topics stays as it was changed", async () => {
  using folder = temporaryFolder();
  const settings = testSettings({ dataDir: folder.path, publishers: [aPublisher("abendblatt")] });
  await using world = await openWorld(settings, "test");
  const { redis, keys } = world;
  const listOf = async (...topics: readonly Topic[]) =>
    topicList({ ...settings, topics }, await world.topics.read(), world.now());

  // given items, two topics that the desk has filled, and one that it has not yet
  for (const title of TITLES) {
    const { item, decision } = aPlaced({ id: title, title, arrivedAt: world.now() - MINUTE });
    const { story, storyIri } = decision;
    await redis.multi().set(keys.item(item.id), JSON.stringify(item)).zadd(keys.items, item.arrivedAt, item.id).exec();
    await redis.hset(keys.place(item.id), { story, storyIri, reasons: "[]" });
  }
  const [erst, dann, neu] = [aTopic("erst", "gold"), aTopic("dann", "gold"), aTopic("neu", "gold")];
  const fence = (await world.desk.take("one", MINUTE)) ?? 0;
  for await (const _ of refill(world, await listOf(erst, dann), fence, new Set()));
  let list = await listOf(erst, dann, neu);
  const book = { current: () => list.compiled };
  const newsroom = openNewsroom(settings, list.compiled, async (placed) => ({ part: pack(placed) }));

  // when the last two are edited, and sought, while the first one's turn is
  const edited = await listOf(erst, { ...dann, query: "silber" }, { ...neu, query: "silber" });
  async function* arrivals(topic?: TopicId) {
    if (topic === "erst") {
      list = edited;
      await newsroom.retopic(edited.compiled);
    }
    yield* world.items.arrivals(topic);
  }
  const editing = { ...world, items: { ...world.items, arrivals } };
  await catchUp(editing, { newsroom, book, tail: openTail(world.connect("web", true), keys) });

  const shown = async (id: string) => {
    const compiled = list.byId.get(topicId(id));
    const feed = compiled && (await newsroom.topicFeed(compiled, { now: world.now() }));
    return feed?.entries.map(({ lead }) => lead.item.title);
  };
  expect(await shown("erst")).toEqual(["Gold steigt"]);
  expect(await shown("dann")).toEqual(["Silber steigt"]);
  expect(await shown("neu")).toEqual(["Silber steigt"]);
});
