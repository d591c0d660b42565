import { createHash } from "node:crypto";
import { announcementsOf, correctionsOf, curate, withDeletions } from "./curate/curate.ts";
import type { Document } from "./model/document.ts";
import { type StoryId, topicId } from "./model/ids.ts";
import type { Draft } from "./model/item.ts";
import type { Placed } from "./model/news.ts";
import type { OutputFormat, Publishing } from "./model/published.ts";
import type { Reading } from "./model/reading.ts";
import type { Section } from "./model/section.ts";
import type { Settings } from "./model/settings.ts";
import { DAY, type Instant } from "./model/time.ts";
import type { Announcement, Topic, TopicFeed } from "./model/topic.ts";
import { normalise, pageKey } from "./normalise/normalise.ts";
import { parse, splitItems } from "./parse/parse.ts";
import { correctionAddresses, publish, searchAddresses, topicAddresses } from "./publish/publish.ts";
import { parseQuery, percolator, type Query, TOPIC_LIMITS } from "./query/query.ts";
import { dependsOnOthers, type Identities, planReading, type Recollection, recollect } from "./recall/recall.ts";

/**
 * The road, in order: what one stage hands to the next.
 *
 *   poll -> READ (parse, normalise) -> identify -> commit -> desk -> IS IN -> REPUBLISH (curate, publish, check) -> serve
 *
 * The steps between are workers/: they wait for publishers and Redis, and hold no rules.
 */

/** A topic with its query understood once. */
export interface CompiledTopic {
  readonly topic: Topic;
  readonly query: Query;
}

const SECTION_SIZE = 60;
const SECTION_WINDOW = 7 * DAY;

/** Reads one document. Garbage is an answer, not an exception. */
export async function read(document: Document, sectionWords: readonly string[]): Promise<Reading> {
  const parsed = await parse(document);
  if (parsed.kind === "unreadable") return parsed;
  const { format, hints, repairs } = parsed;
  return { kind: "read", format, hints, repairs, ...normalise(parsed, document.url, sectionWords) };
}

/**
 * As read(), but without the items that the last document of the feed had word for word, where nothing else can have
 * changed them; with a trace for remember() where possible.
 */
export async function readNew(
  document: Document,
  sectionWords: readonly string[],
  last: Recollection | undefined,
): Promise<Reading> {
  const split = splitItems(document);
  const plan = split === undefined ? undefined : planReading(split, last, sectionWords);
  if (split === undefined || plan === undefined) return await read(document, sectionWords);
  const { whole, part } = plan;
  if (part !== undefined) {
    const texts = split.items.filter((_, at) => !part.left.has(at));
    const reading = await read(split.without(part.left), sectionWords);
    const isSure =
      reading.kind === "read" && reading.drafts.length === texts.length && !dependsOnOthers(texts, reading.drafts);
    if (isSure) return { ...reading, itemCount: split.items.length, trace: part.trace };
  }
  const reading = await read(document, sectionWords);
  return reading.kind === "read" && reading.drafts.length === whole.raw.length ? { ...reading, trace: whole } : reading;
}

/** For the next readNew(). Undefined: nothing can be left out then, and what was left out now must be read after all. */
export function remember(
  reading: Extract<Reading, { kind: "read" }>,
  identities: Identities,
  known: { readonly last?: Recollection; readonly sectionWords: readonly string[]; readonly now: Instant },
): Recollection | undefined {
  const { trace, drafts } = reading;
  if (trace === undefined) return undefined;
  const hasOwnPage = ({ permalink, pageKey: key }: Draft): boolean =>
    permalink === undefined || key !== undefined || pageKey(permalink) === permalink;
  return recollect({ trace, drafts, identities, hasOwnPage, ...known });
}

/** The curated topics, then one for each section. */
export function compileTopics(settings: Settings): readonly CompiledTopic[] {
  return [...settings.topics, ...settings.sections.map((section) => sectionTopic(section, settings))].map((topic) => {
    const parsed = parseQuery(topic.query, TOPIC_LIMITS);
    if (parsed.kind === "bad") throw new TypeError(`topic ${topic.id}: ${parsed.message}`);
    return { topic, query: parsed.query };
  });
}

/** What is wrong with a topic's query, for those who check settings. */
export function checkQuery(text: string): { readonly message: string; readonly at: number } | undefined {
  const parsed = parseQuery(text, TOPIC_LIMITS);
  return parsed.kind === "bad" ? parsed : undefined;
}

/**
 * In which topics an item is, in their order. A topic holds what its query matches at the moment of its arrival, so
 * `within:` bounds age by the topic's window.
 */
export function topicsFor(topics: readonly CompiledTopic[]): (placed: Placed) => readonly CompiledTopic[] {
  const percolate = percolator(topics);
  return (placed) => percolate(placed, placed.item.arrivedAt);
}

/** Who tells a story, matching the topic or not: they are named below its lead. */
export type MembersOf = (story: StoryId) => readonly Placed[];

/** What a topic's subscribers know, and for which moment they are told more: pages know nothing and wait for nothing. */
export interface Readers {
  readonly announced: readonly Announcement[];
  readonly now: Instant;
  /** what was in it until its publishers took it out */
  readonly withdrawn?: readonly Placed[];
}

/** What a topic shows, of the items that matched it. */
export function curateTopic(
  topic: Topic,
  matched: readonly Placed[],
  membersOf: MembersOf,
  settings: Settings,
  readers?: Readers,
): TopicFeed {
  const { withdrawn = [], ...known } = readers ?? {};
  const context = { publishers: settings.publishers, membersOf, ...known };
  const feed = curate(topic, matched, context);
  if (withdrawn.length === 0) return feed;
  const was = curate(topic, [...matched, ...withdrawn], context);
  const still = curate({ ...topic, size: Number.POSITIVE_INFINITY }, matched, context);
  return withDeletions(feed, was, new Set(still.entries.map(({ iri }) => iri)));
}

/** All documents of a topic, each checked; and what its subscribers know of it then. */
export function republish(
  topic: Topic,
  matched: readonly Placed[],
  membersOf: MembersOf,
  settings: Settings,
  readers: Readers,
) {
  const feed = curateTopic(topic, matched, membersOf, settings, readers);
  const publishings: readonly Publishing[] = publish(feed, settings, topicAddresses(topic, settings));
  const { heldUntil } = feed;
  const announced = announcementsOf(feed, readers.announced);
  return { publishings, announced, ...(heldUntil !== undefined && { heldUntil }) };
}

/** What publishers put right in a topic's items. */
export const curateCorrections = (topic: Topic, matched: readonly Placed[]): TopicFeed => correctionsOf(topic, matched);

/** The same as documents, each checked. */
export function republishCorrections(
  topic: Topic,
  matched: readonly Placed[],
  settings: Settings,
): readonly Publishing[] {
  return publish(curateCorrections(topic, matched), settings, correctionAddresses(topic, settings));
}

/** The document of a search: any search is a feed. */
export function republishSearch(
  query: string,
  hits: readonly Placed[],
  membersOf: MembersOf,
  format: OutputFormat,
  settings: Settings,
): Publishing | undefined {
  const topic: Topic = {
    ...FEED_DEFAULTS,
    id: topicId("search"),
    title: query,
    description: query,
    language: settings.language,
    query,
    size: 50,
    window: 365 * DAY,
  };
  const feed = curateTopic(topic, hits, membersOf, settings);
  return publish(feed, settings, searchAddresses(query, settings), [format])[0];
}

/** What a topic's members and documents were made with: another fingerprint, and they are made anew. */
export function fingerprint(topic: Topic, settings: Settings): string {
  const { publicUrl, title, publishers, feeds, sections } = settings;
  const named = sections.map(({ id, titles }) => [id, titles]);
  const credited = feeds.map((feed) => [feed.id, feed.url, feed.title, feed.fullContent]);
  const made = JSON.stringify([topic, publicUrl, title, publishers, credited, named]);
  return createHash("sha256").update(made).digest("hex").slice(0, 16);
}

const FEED_DEFAULTS = { oneEntryAStory: true, minimumPublishers: 1, ranks: {} } as const;

function sectionTopic(section: Section, settings: Settings): Topic {
  const title = section.titles[settings.language] ?? section.titles["de"] ?? section.id;
  return {
    ...FEED_DEFAULTS,
    id: topicId(section.id),
    title,
    description: `${settings.title}: ${title}`,
    language: settings.language,
    query: `section:${section.id}`,
    section: section.id,
    size: SECTION_SIZE,
    window: SECTION_WINDOW,
  };
}
