import { compressed } from "../../src/adapters/compress.ts";
import { correctionsOf, creditReader, curate } from "../../src/curate/curate.ts";
import { feedId, itemId, publisherId, type SectionId, sectionId, storyId } from "../../src/model/ids.ts";
import type { Item } from "../../src/model/item.ts";
import type { Placed } from "../../src/model/news.ts";
import type { Publishing, ServedDocument } from "../../src/model/published.ts";
import type { Settings } from "../../src/model/settings.ts";
import { type Instant, MINUTE } from "../../src/model/time.ts";
import { isListed, type Topic, type TopicFeed } from "../../src/model/topic.ts";
import { opml, publish, topicAddresses } from "../../src/publish/publish.ts";
import { matches, parseQuery } from "../../src/query/query.ts";
import { compileTopics } from "../../src/road.ts";
import { openSearch } from "../../src/search/search.ts";
import type { View } from "../../src/serve/serve.ts";
import { openSearches } from "../../workers/web/searches.ts";
import { unfiledStories } from "../../workers/web/unfiled.ts";
import { EXAMPLE_NEWS } from "./example-news.ts";
import { EXAMPLE_NOW, exampleReports, exampleSettings } from "./example-press.ts";
import { aTopic } from "./test-settings.ts";

/** A whole view in memory, through the real index, curation and presses, over a day of an invented press. */
export async function exampleView(
  own: Partial<Settings> = {},
  placed = exampleItems(),
  more: Partial<View> = {},
): Promise<View> {
  const settings = exampleSettings(own);
  const index = openSearch();
  for (const one of placed) index.put(one);
  const topics = [...settings.topics, ...sectionTopics(settings)];
  const itemsOf = (topic: Topic): readonly Placed[] => {
    const asked = parseQuery(topic.query);
    return asked.kind === "query" ? placed.filter((one) => matches(asked.query, one, EXAMPLE_NOW)) : [];
  };
  const feedOf = (topic: Topic): TopicFeed => {
    return curate(topic, itemsOf(topic), {
      publishers: settings.publishers,
      membersOf: (id) => index.story(id)?.members ?? [],
    });
  };
  const feeds = new Map(topics.map((topic) => [topic.id, feedOf(topic)]));
  const documents = new Map<string, ServedDocument>();
  for (const feed of feeds.values()) {
    for (const document of await pressed(publish(feed, settings, topicAddresses(feed.topic, settings))))
      documents.set(document.path, document);
  }
  const compiled = compileTopics(settings);
  const searches = openSearches(
    { settings, now: () => EXAMPLE_NOW },
    { search: index, membersOf: (id) => index.story(id)?.members ?? [] },
    { current: () => compiled },
  );
  return {
    settings,
    topics: () => topics,
    goneTopic: () => undefined,
    document: (path) => documents.get(path),
    topicFeed: async (id) => feeds.get(id),
    topicFeeds: async () => topics.filter(isListed).flatMap(({ id }) => feeds.get(id) ?? []),
    async corrections(id) {
      const topic = topics.find((one) => one.id === id);
      return topic && correctionsOf(topic, itemsOf(topic));
    },
    frontPage: async (storiesASection) =>
      settings.sections.flatMap((section) => {
        const topic = topics.find((one) => one.section === section.id);
        const entries = (topic && feeds.get(topic.id)?.entries.slice(0, storiesASection)) ?? [];
        return entries.length === 0 ? [] : [{ section, entries }];
      }),
    unfiled: (stories) => unfiledStories(index, settings, stories),
    story: (id) => index.story(id),
    item: (id) => index.item(id),
    creditOf: creditReader(settings.publishers),
    withdrawn: () => undefined,
    ...searches,
    newestOf: (publisher, limit) =>
      [...index.newest()]
        .filter(({ item }) => item.publisher === publisher)
        .slice(0, limit)
        .flatMap(({ item }) => index.item(item.id) ?? []),
    feedsOf: async (publisher) => ({
      feeds: exampleReports(settings).filter((report) => publisher === undefined || report.publisher.id === publisher),
      stale: false,
    }),
    opml: () => opml(topics, settings),
    readiness: () => ({ ready: true, reasons: [] }),
    ...more,
  };
}

export function exampleItems(): readonly Placed[] {
  const lines = EXAMPLE_NEWS.split("\n");
  return lines.map((line, index) => placedOf(line, index, EXAMPLE_NOW - (lines.length - index) * 7 * MINUTE));
}

function placedOf(line: string, index: number, arrivedAt: Instant): Placed {
  const [section = "", publisher = "", marks = "", story = "", title = "", teaser = ""] = line.split("|");
  const [kicker, rest] = title.split(": ", 2);
  const id = itemId(`item-${index}`);
  const item: Item = {
    id,
    iri: `https://${publisher}.example/${section}/${index}`,
    feed: feedId(publisher),
    publisher: publisherId(publisher),
    permalink: `https://${publisher}.example/${section}/${index}.html`,
    title,
    teaser,
    ...(rest !== undefined && kicker !== undefined && { kicker }),
    ...(marks !== "" && { marks: [marks] }),
    categories: [{ term: section }, { term: "Nachrichten" }],
    authors: [{ name: "Redaktion" }],
    language: publisher === "worldwire" ? "en" : "de",
    publishedAt: arrivedAt - 4 * MINUTE,
    arrivedAt,
    revision: 0,
    digest: `digest-${index}`,
  };
  return { item, decision: decisionOf(item, sectionId(section), story === "" ? `solo-${index}` : story) };
}

function decisionOf(item: Item, section: SectionId, story: string): Placed["decision"] {
  return {
    item: item.id,
    story: storyId(`story-${story}`),
    storyIri: item.iri,
    section,
    reasons: [
      {
        about: "story",
        rule: "centroid",
        words: "it tells what the story's other items tell",
        evidence: { similarity: 0.71, terms: ["brücken", "milliarden"] },
      },
      {
        about: "section",
        rule: "category",
        words: `Die Quelle führt die Meldung unter „${section}“`,
        evidence: { category: section },
      },
    ],
  };
}

function sectionTopics({ sections }: Settings): readonly Topic[] {
  return sections.map(({ id, titles }) =>
    aTopic(`ressort-${id}`, `section:${id}`, { title: titles["de"] ?? id, section: id }),
  );
}

async function pressed(publishings: readonly Publishing[]): Promise<readonly ServedDocument[]> {
  return Promise.all(
    publishings.map((publishing) => {
      if (publishing.kind === "refused") throw new Error(`${publishing.path}: ${publishing.why.join("; ")}`);
      return compressed(publishing.document);
    }),
  );
}
