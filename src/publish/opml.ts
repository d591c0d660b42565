import type { Feed, Publisher } from "../model/feed.ts";
import type { Topic } from "../model/topic.ts";
import { topicAddresses } from "./addresses.ts";
import type { Site } from "./credits.ts";
import { wordsIn } from "./language.ts";
import { line } from "./printable.ts";
import { element, writeXml, type XmlElement } from "./xml.ts";

/** OPML 2.0 of the feeds that we publish: curated topics first, then the sections' own. */
export function opml(topics: readonly Topic[], site: Site): string {
  const words = wordsIn(site.language);
  const ofSections = topics.filter(({ section }) => section !== undefined);
  const curated = topics.filter(({ section }) => section === undefined);
  return documentOf(line(site.title), [
    ...groupOf(
      words.topics,
      curated.map((topic) => topicOutline(topic, site)),
    ),
    ...groupOf(
      words.sections,
      ofSections.map((topic) => topicOutline(topic, site)),
    ),
  ]);
}

/** OPML 2.0 of the feeds that we poll, by publisher: for operators, with the addresses as they are polled. */
export function subscriptionsOpml(site: Site): string {
  const groups = site.publishers.flatMap((publisher) => {
    const feeds = site.feeds.filter((feed) => feed.publisher === publisher.id);
    return groupOf(
      line(publisher.title) || publisher.id,
      feeds.map((feed) => feedOutline(feed, publisher)),
    );
  });
  return documentOf(`${line(site.title)}: ${wordsIn(site.language).subscriptions}`, groups);
}

function documentOf(title: string, outlines: readonly XmlElement[]): string {
  const head = element("head", {}, element("title", {}, title), element("docs", {}, "http://opml.org/spec2.opml"));
  return writeXml(element("opml", { version: "2.0" }, head, element("body", {}, ...outlines)));
}

function groupOf(name: string, outlines: readonly XmlElement[]): readonly XmlElement[] {
  return outlines.length === 0 ? [] : [element("outline", { text: name, title: name }, ...outlines)];
}

function topicOutline(topic: Topic, site: Site): XmlElement {
  const { page, self } = topicAddresses(topic, site);
  const text = line(topic.title) || topic.id;
  const description = line(topic.description) || undefined;
  return element("outline", {
    type: "rss",
    version: "RSS2",
    text,
    title: text,
    description,
    language: topic.language,
    xmlUrl: self.rss,
    htmlUrl: page,
  });
}

function feedOutline(feed: Feed, publisher: Publisher): XmlElement {
  const text = line(feed.title) || line(publisher.title) || feed.id;
  return element("outline", {
    type: "rss",
    text,
    title: text,
    language: feed.language ?? publisher.language,
    category: feed.section === undefined ? undefined : `/${feed.section}`,
    xmlUrl: line(feed.url),
    htmlUrl: publisher.homeUrl,
  });
}
