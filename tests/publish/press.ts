/** Invented publishers and stories, for the tests of this folder. */
import { feedId, itemId, publisherId, sectionId, storyId, topicId } from "../../src/model/ids.ts";
import type { Item } from "../../src/model/item.ts";
import type { Placed } from "../../src/model/news.ts";
import { DAY } from "../../src/model/time.ts";
import type { Topic, TopicEntry, TopicFeed } from "../../src/model/topic.ts";
import { type Addresses, publish, type Site, topicAddresses } from "../../src/publish/publish.ts";

export const MORNING = Date.parse("2026-03-02T06:30:00Z");

export const site: Site = {
  publicUrl: "https://feeds.example.org",
  title: "Ressort",
  language: "de",
  publishers: [
    { id: publisherId("elbbote"), title: "Elbbote", homeUrl: "https://elbbote.example/", language: "de", rank: 1 },
    { id: publisherId("havelkurier"), title: "Havelkurier & Söhne", homeUrl: "https://havelkurier.example/", rank: 2 },
    { id: publisherId("isarblatt"), title: "Isarblatt", rank: 3 },
  ],
  feeds: [
    {
      id: feedId("elbbote-wirtschaft"),
      publisher: publisherId("elbbote"),
      url: "https://elbbote.example/wirtschaft.rss?a=1&b=2",
      title: "Elbbote: Wirtschaft",
      section: sectionId("wirtschaft"),
      fullContent: false,
    },
    {
      id: feedId("isarblatt-alles"),
      publisher: publisherId("isarblatt"),
      url: "https://isarblatt.example/feed",
      fullContent: true,
    },
  ],
  sections: [
    {
      id: sectionId("wirtschaft"),
      titles: { de: "Wirtschaft", en: "Business" },
      mediaTopics: [],
      categories: [],
      paths: [],
      titleWords: [],
    },
  ],
};

export const topic: Topic = {
  id: topicId("energie"),
  title: "Energie & Klima",
  description: "Was Strom, Wärme und Wind bewegt",
  language: "de",
  query: "energie",
  size: 50,
  window: 7 * DAY,
  oneEntryAStory: true,
  minimumPublishers: 1,
  ranks: {},
};

export function item(fields: Partial<Item> = {}): Item {
  return {
    id: itemId("i1"),
    iri: "https://elbbote.example/artikel/4711",
    feed: feedId("elbbote-wirtschaft"),
    publisher: publisherId("elbbote"),
    title: "Windpark vor Wustrow liefert den ersten Strom",
    teaser: "Nach vier Jahren Bauzeit speist die Anlage ein.",
    permalink: "https://elbbote.example/artikel/4711",
    arrivedAt: MORNING,
    revision: 0,
    digest: "d1",
    ...fields,
  };
}

export function placed(fields: Partial<Item> = {}, section?: string): Placed {
  const made = item(fields);
  const decision = { item: made.id, story: storyId("s1"), storyIri: made.iri, reasons: [] };
  return { item: made, decision: section === undefined ? decision : { ...decision, section: sectionId(section) } };
}

export function entry(fields: Partial<Item> = {}, rest: Partial<TopicEntry> = {}): TopicEntry {
  const lead = placed(fields, "wirtschaft");
  const dates = { publishedAt: MORNING, updatedAt: MORNING };
  return { iri: lead.item.iri, story: storyId("s1"), lead, others: [], ...dates, because: "rank 1", ...rest };
}

export function topicFeed(...entries: readonly TopicEntry[]): TopicFeed {
  return { topic, entries, updatedAt: entries.length === 0 ? 0 : MORNING };
}

/** All three documents, which must have been published. */
export function documentsOf(feed: TopicFeed, addresses: Addresses = topicAddresses(feed.topic, site)) {
  const [rss, atom, json] = publish(feed, site, addresses).map((one) => {
    if (one.kind === "refused") throw new Error(`${one.path} was refused: ${one.why.join("; ")}`);
    return one.document;
  });
  if (rss === undefined || atom === undefined || json === undefined) throw new Error("three documents were expected");
  return { rss, atom, json };
}
