import { announcementsOf, correctionsOf, curateMatched, tellable, withDeletions } from "./curate/curate.ts";
import type { Document } from "./model/document.ts";
import type { Editing } from "./model/editing.ts";
import { type StoryId, topicId } from "./model/ids.ts";
import type { Draft } from "./model/item.ts";
import type { Placed } from "./model/news.ts";
import type { OutputFormat, Publishing } from "./model/published.ts";
import type { QueryNames } from "./model/query-names.ts";
import type { Reading } from "./model/reading.ts";
import { FEED_DEFAULTS, sectionTopic } from "./model/section-topic.ts";
import type { Settings } from "./model/settings.ts";
import { atOnce } from "./model/steps.ts";
import { DAY, type Instant } from "./model/time.ts";
import { type Announcement, type Topic, type TopicFeed, wholeQuery } from "./model/topic.ts";
import { normalise, pageKey } from "./normalise/normalise.ts";
import { parse, splitItems } from "./parse/parse.ts";
import {
  correctionAddresses,
  type Filing,
  type Issue,
  issue,
  publish,
  searchAddresses,
  topicAddresses,
} from "./publish/publish.ts";
import {
  type BadQuery,
  namesOf,
  parseQuery,
  percolator,
  type Query,
  TOPIC_LIMITS,
  WHOLE_TOPIC_LIMITS,
} from "./query/query.ts";
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
  // what else they name was checked before; a publisher that has left since stops no topic
  const { topics = new Map() } = namesOf(settings);
  return [...settings.topics, ...settings.sections.map((section) => sectionTopic(section, settings))].map((topic) => {
    const compiled = compileTopic(topic, { topics });
    if ("kind" in compiled) throw new TypeError(`topic ${topic.id}: ${compiled.message}`);
    return compiled;
  });
}

/** One topic among others, for which it may ask; or what is wrong with what it asks. */
export function compileTopic(topic: Topic, names: QueryNames): CompiledTopic | BadQuery {
  const parsed = parseQuery(wholeQuery(topic), WHOLE_TOPIC_LIMITS, names);
  return parsed.kind === "bad" ? parsed : { topic, query: parsed.query };
}

/** What is wrong with a topic's query, for those who check settings. */
export function checkQuery(
  text: string,
  names?: QueryNames,
): { readonly message: string; readonly at: number } | undefined {
  const parsed = parseQuery(text, TOPIC_LIMITS, names);
  return parsed.kind === "bad" ? parsed : undefined;
}

/** In which topics an item may be, in their order: what they ask of its story is decided when they are made. */
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
  /** what editors did to the topic by hand */
  readonly editing?: Editing;
  /** what the topic's archives hold; absent: it is told without archives */
  readonly filing?: Filing;
  /** what was in it until its publishers took it out */
  readonly withdrawn?: readonly Placed[];
}

/**
 * What a topic shows, of the items that matched it: the newest, and those that `keptItems` names. Step by step: others
 * have their turns in between.
 * @param readers a page has none that know anything: `now` and `editing` will do
 */
export function* curateTopicInSteps(
  compiled: CompiledTopic,
  matched: readonly Placed[],
  membersOf: MembersOf,
  settings: Settings,
  readers: Partial<Readers> = {},
): Generator<void, TopicFeed> {
  const { withdrawn = [], ...known } = readers;
  const context = { publishers: settings.publishers, membersOf, ...known };
  const feed = yield* curateMatched(compiled, matched, context);
  if (withdrawn.length === 0) return feed;
  const was = yield* curateMatched(compiled, [...matched, ...withdrawn], context);
  const endless = { ...compiled, topic: { ...compiled.topic, size: Number.POSITIVE_INFINITY, related: false } };
  const still = yield* curateMatched(endless, matched, context);
  return withDeletions(feed, was, new Set(still.entries.map(({ iri }) => iri)));
}

/** The same in one go. */
export const curateTopic = (...asked: Parameters<typeof curateTopicInSteps>): TopicFeed =>
  atOnce(curateTopicInSteps(...asked));

/** All documents of a topic, each checked, and the archives that are due; and what its subscribers know of it then. */
export function republish(
  compiled: CompiledTopic,
  matched: readonly Placed[],
  membersOf: MembersOf,
  settings: Settings,
  { filing, ...readers }: Readers,
) {
  const feed = curateTopic(compiled, matched, membersOf, settings, readers);
  const addresses = (archives = 0) => topicAddresses(compiled.topic, settings, settings.websub?.hub?.url, archives);
  const { order = "newest", digest } = compiled.topic;
  const isComplete = order !== "coverage" && digest === undefined;
  const whole = (): TopicFeed["entries"] => {
    const topic = { ...compiled.topic, size: Number.POSITIVE_INFINITY };
    return curateTopic({ ...compiled, topic }, matched, membersOf, settings, { ...readers, withdrawn: [] }).entries;
  };
  const archiving = {
    ...(isComplete && { whole }),
    now: readers.now,
    retention: settings.retention.items,
    spiked: (readers.editing?.spikes ?? []).map(({ iri }) => iri),
    addresses,
  };
  const { current, isMore, ...filed }: Omit<Issue, "filing"> & Partial<Pick<Issue, "filing">> =
    filing === undefined
      ? { current: publish(feed, settings, addresses()), archives: [], dropped: [], isMore: false }
      : issue(feed, settings, { filing, ...archiving });
  const heldUntil = isMore ? readers.now : feed.heldUntil;
  const announced = announcementsOf(feed, readers.announced);
  return { publishings: current, ...filed, announced, ...(heldUntil !== undefined && { heldUntil }) };
}

/** What publishers put right in a topic's items. */
export function* curateCorrections(
  compiled: CompiledTopic,
  matched: readonly Placed[],
  membersOf: MembersOf,
  { publishers }: Settings,
  readers: Partial<Readers> = {},
): Generator<void, TopicFeed> {
  return correctionsOf(compiled.topic, yield* tellable(compiled, matched, { publishers, membersOf, ...readers }));
}

/** The same as documents, each checked. */
export function republishCorrections(
  compiled: CompiledTopic,
  matched: readonly Placed[],
  membersOf: MembersOf,
  settings: Settings,
  readers: Partial<Readers> = {},
): readonly Publishing[] {
  return publish(
    atOnce(curateCorrections(compiled, matched, membersOf, settings, readers)),
    settings,
    correctionAddresses(compiled.topic, settings, settings.websub?.hub?.url),
  );
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
    title: `${settings.title}: ${query}`,
    description: query,
    language: settings.language,
    query,
    size: 50,
    window: 365 * DAY,
  };
  const feed = curateTopic({ topic, query: { kind: "everything" } }, hits, membersOf, settings);
  return publish(feed, settings, searchAddresses(query, settings), [format])[0];
}
