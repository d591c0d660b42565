import type { Feed, Outline, Publisher } from "../model/feed.ts";
import { isListed, type Topic } from "../model/topic.ts";
import { topicAddresses } from "./addresses.ts";
import type { Site } from "./credits.ts";
import { wordsIn } from "./language.ts";
import { line, printable } from "./printable.ts";
import { element, writeXml, type XmlElement } from "./xml.ts";

/** OPML 2.0 of the feeds that we publish and list: curated topics first, then the sections' own. */
export function opml(topics: readonly Topic[], site: Site): string {
  const words = wordsIn(site.language);
  const ofSections = topics.filter(({ section }) => section !== undefined);
  const curated = topics.filter((topic) => topic.section === undefined && isListed(topic));
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

/**
 * OPML 2.0 of the feeds that we poll: for operators, with the addresses as they are polled. Feeds of an imported list
 * are where they were in it, with all that it said of them; the others lie with their publisher.
 */
export function subscriptionsOpml(site: Site): string {
  const publishers = new Map(site.publishers.map((publisher) => [publisher.id, publisher]));
  const top = newFolder("");
  for (const feed of site.feeds) {
    const publisher = publishers.get(feed.publisher);
    if (publisher === undefined) continue;
    const outline = element("outline", { ...subscriptionAttributes(feed, publisher), ...written(feed.outline) });
    for (const path of feed.outline?.folders ?? [[line(publisher.title) || publisher.id]])
      folderAt(top, path).content.push(outline);
  }
  return documentOf(`${line(site.title)}: ${wordsIn(site.language).subscriptions}`, outlinesOf(top));
}

/** What our list says of a feed by itself, its outline in another list aside. */
export function subscriptionAttributes(
  feed: Feed,
  publisher: Omit<Publisher, "rank">,
): Readonly<Record<string, string>> {
  const text = line(feed.title) || line(publisher.title) || feed.id;
  const language = feed.language ?? publisher.language;
  return {
    type: "rss",
    text,
    title: text,
    ...(language !== undefined && { language }),
    ...(feed.section !== undefined && { category: `/${feed.section}` }),
    xmlUrl: line(feed.url),
    ...(publisher.homeUrl !== undefined && { htmlUrl: publisher.homeUrl }),
  };
}

interface Folder {
  readonly name: string;
  readonly folders: Map<string, Folder>;
  /** in the order of their coming */
  readonly content: (Folder | XmlElement)[];
}

const newFolder = (name: string): Folder => ({ name, folders: new Map(), content: [] });

function folderAt(top: Folder, path: readonly string[]): Folder {
  return path.reduce((parent, name) => {
    const known = parent.folders.get(name);
    if (known !== undefined) return known;
    const folder = newFolder(name);
    parent.folders.set(name, folder);
    parent.content.push(folder);
    return folder;
  }, top);
}

function outlinesOf({ content }: Folder): readonly XmlElement[] {
  return content.map((one) => {
    if (!("folders" in one)) return one;
    const name = line(one.name);
    return element("outline", { text: name, title: name }, ...outlinesOf(one));
  });
}

/** Whoever edits config/ by hand may write what XML cannot say: that is left out. */
function written(outline: Outline | undefined): Readonly<Record<string, string>> {
  const attributes = Object.entries(outline?.attributes ?? {});
  const prefixes = attributes.flatMap(([name]) => (name.startsWith("xmlns:") ? name.slice("xmlns:".length) : []));
  const known = new Set(["", "xml", "xmlns", ...prefixes]);
  const fit = attributes.filter(([name, value]) => {
    const [prefix = ""] = name.includes(":") ? name.split(":", 1) : [];
    const isEmptyNamespace = prefix === "xmlns" && value.trim() === "";
    return ATTRIBUTE.test(name) && known.has(prefix) && !isEmptyNamespace && !harmfulAddress(value);
  });
  return Object.fromEntries(fit.map(([name, value]) => [name, printable(value)]));
}

const ATTRIBUTE = /^(?:[A-Za-z_][\w.-]*:)?[A-Za-z_][\w.-]*$/;
const harmfulAddress = (value: string): boolean => /^\s*(?:javascript|vbscript|data)\s*:/i.test(printable(value));

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
