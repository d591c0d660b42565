import type { Placed } from "../model/news.ts";
import type { Instant } from "../model/time.ts";
import type { Topic, TopicEntry } from "../model/topic.ts";
import { publicIri, webAddress } from "./address.ts";
import { bodyOf, type Mention } from "./body.ts";
import type { Credits, Source } from "./credits.ts";
import { digestTextsOf } from "./digest-telling.ts";
import { type Byline, bylinesOf, type Label, labelsOf } from "./labels.ts";
import { languageTag, wordsIn } from "./language.ts";
import { type Media, mediaOf } from "./media.ts";
import { present } from "./present.ts";
import { line, printable } from "./printable.ts";
import { revisionBody } from "./revision-body.ts";

/** RFC 822 and RFC 3339 know years of four digits. */
const FIRST_INSTANT = Date.parse("0001-01-01T00:00:00Z");
const LAST_INSTANT = Date.parse("9999-12-31T23:59:59Z");

/** Of a teaser that has to stand in for a title. */
const TITLE_LENGTH = 80;

/** A story as every format tells it: all values safe, none of them escaped. */
export interface Telling extends Media {
  readonly iri: string;
  readonly title: string;
  /** the lead's page, or the story's where the lead has none */
  readonly link: string;
  readonly story: { readonly id: string; readonly url: string };
  /** plain text */
  readonly teaser?: string;
  /** safe HTML */
  readonly body: string;
  /** the lead's; left out where it is the feed's or unknown */
  readonly language?: string;
  readonly bylines: readonly Byline[];
  readonly labels: readonly Label[];
  readonly publishedAt: Instant;
  readonly updatedAt: Instant;
  /** when it changed last, or somebody joined those who tell it; 0 where all of it is what feeds were found with */
  readonly stirredAt: Instant;
  readonly source: Source;
  readonly others: readonly Mention[];
}

export type Told =
  | { readonly kind: "told"; readonly telling: Telling }
  | { readonly kind: "unfit"; readonly why: string };

export function tell(entry: TopicEntry, topic: Topic, credits: Credits): Told {
  const { item, decision } = entry.lead;
  const { publishedAt, updatedAt } = entry;
  const iri = publicIri(entry.iri, credits.publicUrl);
  if (!isTellable(publishedAt) || !isTellable(updatedAt)) return { kind: "unfit", why: `${iri}: its dates are none` };
  const dated = { iri, publishedAt, updatedAt, stirredAt: stirredAt(entry) };
  if (entry.digest !== undefined)
    return { kind: "told", telling: { ...dated, ...digestTextsOf(entry, topic, credits) } };
  const language = credits.languageOf(item);
  const about = {
    language: language === languageTag(topic.language) ? undefined : language,
    bylines: bylinesOf(item, credits.publisherOf(item)),
    labels: labelsOf(item, credits.sectionOf(decision, topic.language)),
    source: credits.sourceOf(item),
  };
  return {
    kind: "told",
    telling: present({ ...dated, ...textsOf(entry, topic, credits), ...about, ...mediaOf(item) }),
  };
}

export function isTellable(instant: Instant): boolean {
  return instant >= FIRST_INSTANT && instant <= LAST_INSTANT;
}

function stirredAt({ lead, others, updatedAt }: TopicEntry): Instant {
  const arrivals = [lead, ...others].map(({ item }) => (item.isPast ? 0 : item.arrivedAt));
  const isAsFound = lead.item.isPast === true && updatedAt === lead.item.arrivedAt;
  return Math.max(isAsFound ? 0 : updatedAt, ...arrivals);
}

function textsOf(
  { lead: { item }, story: id, others: rest, revision, related = [], title: own }: TopicEntry,
  { language }: Topic,
  credits: Credits,
) {
  const story = { id: printable(id), url: storyUrl(id, credits) };
  const teaser = line(item.teaser) || undefined;
  const theirs = line(item.title) || line(teaser?.slice(0, TITLE_LENGTH)) || wordsIn(language).untitled;
  const title = line(own) || theirs;
  const link = webAddress(item.permalink) ?? story.url;
  const others = rest.flatMap((other) => mentionOf(other, credits));
  const publisher = credits.publisherOf(item);
  const itemUrl = `${credits.publicUrl}/items/${encodeURIComponent(printable(item.id))}`;
  const text = credits.mayRepublishAll(item) ? item.content : undefined;
  const content = revision === undefined ? text : revisionBody(revision, itemUrl, language);
  const earlier = related.map((one) => ({
    title: line(one.title) || wordsIn(language).untitled,
    url: storyUrl(one.story, credits),
  }));
  const lead = { publisher, title, url: link };
  const original = title === theirs ? undefined : theirs;
  const body = bodyOf(present({ content, teaser, original }), lead, others, story.url, language, earlier);
  return { title, link, story, teaser, body, others };
}

const storyUrl = (id: string, { publicUrl }: Credits): string =>
  `${publicUrl}/stories/${encodeURIComponent(printable(id))}`;

function mentionOf({ item }: Placed, credits: Credits): readonly Mention[] {
  const url = webAddress(item.permalink);
  return url === undefined ? [] : [{ publisher: credits.publisherOf(item), title: line(item.title), url }];
}
