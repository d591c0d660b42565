import { expect, test } from "vitest";
import { NO_EDITING, pointedAt } from "../../src/model/editing.ts";
import { DAY } from "../../src/model/time.ts";
import { curateTopic } from "../../src/road.ts";
import { EXAMPLE_NOW } from "../support/example-press.ts";
import { exampleItems, exampleView } from "../support/example-view.ts";
import { aTopic } from "../support/test-settings.ts";
import { served } from "./served.ts";

/** What is ours on a topic's page: digests, and titles that editors gave. */

const everything = { kind: "everything" } as const;
const membersOf = () => [];

test("a digest is a list of stories with their publishers, where its feed leads to", async () => {
  const view = await exampleView();
  const [topic] = view.topics();
  if (topic === undefined) throw new Error("the example has topics");
  const items = exampleItems();
  const daily = { ...topic, digest: { every: "day", at: "07:00", timeZone: "Europe/Berlin", stories: 3 } } as const;
  const feed = curateTopic({ topic: daily, query: everything }, items, membersOf, view.settings, {
    now: EXAMPLE_NOW + DAY,
  });
  const [first] = feed.entries;
  const [story] = first?.digest?.stories ?? [];
  await using server = await served({ ...view, topicFeed: async () => feed });

  const { text } = await server.get(`/topics/${topic.id}`);

  expect(first?.digest?.stories).toHaveLength(3);
  expect(text).toContain(`<article class="card digest" id="${first?.digest?.day}">`);
  expect(text).toContain(first?.title?.replace("&", "&amp;"));
  expect(text).toContain(`href="${story?.lead.item.permalink}"`);
  expect(text).toContain(`href="/publishers/${story?.lead.item.publisher}"`);
  expect((await server.get("/topics")).status).toBe(200);
});

test("before the first digest the page says when it comes out", async () => {
  const view = await exampleView();
  const digest = { every: "day", at: "07:00", timeZone: "Europe/Berlin", stories: 3 } as const;
  const topic = aTopic("morgens", "*", { digest });
  const feed = curateTopic({ topic, query: everything }, [], membersOf, view.settings, { now: EXAMPLE_NOW });
  await using server = await served({ ...view, topicFeed: async () => feed, topicFeeds: async () => [feed] });

  const next = `Die nächste Übersicht erscheint: <time datetime="${new Date(feed.heldUntil ?? 0).toISOString()}"`;

  expect(feed.heldUntil).toBeGreaterThan(EXAMPLE_NOW);
  expect((await server.get(`/topics/${view.topics()[0]?.id}`)).text).toContain(next);
  expect((await server.get("/topics")).text).toContain(next);
});

test("a title of ours stands above the publisher's own, and what is pinned says so", async () => {
  const view = await exampleView();
  const items = exampleItems();
  const [item] = items;
  if (item === undefined) throw new Error("the example has items");
  const retitle = { ...pointedAt(item), by: "eva", at: 1, title: "Unser <eigener> Titel" };
  const pin = { ...pointedAt(item), by: "eva", at: 1 };
  const feed = curateTopic({ topic: aTopic("alles", "*"), query: everything }, [item], membersOf, view.settings, {
    now: EXAMPLE_NOW,
    editing: { ...NO_EDITING, retitles: [retitle], pins: [pin] },
  });
  await using server = await served({ ...view, topicFeed: async () => feed });

  const { text } = await server.get(`/topics/${view.topics()[0]?.id}`);

  expect(text).toContain("Unser &lt;eigener&gt; Titel</a></h3>");
  expect(text).toContain("Im Original:");
  expect(text).toContain('<span class="mark">angeheftet</span>');
});
