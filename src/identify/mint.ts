import { createHash } from "node:crypto";
import type { Feed } from "../model/feed.ts";
import { type ItemId, itemId } from "../model/ids.ts";
import type { Draft, Item } from "../model/item.ts";
import type { Instant } from "../model/time.ts";

/** 80 bits. */
const ID_LENGTH = 20;

/** Titles beyond this are texts in the wrong field; html beyond this is cut by nobody without breaking it. */
const MAX_TITLE = 500;
const MAX_TITLE_FROM_TEASER = 80;
const MAX_HTML = 256 * 1024;
const MAX_CATEGORIES = 32;
const MAX_AUTHORS = 16;
const MAX_ENCLOSURES = 16;
const MAX_IRI = 500;
const MAX_GUID = 2000;

/** A title of spaces, joiners and controls shows nothing. */
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** Before the web, a date is a mistake: 1970 above all. */
const FIRST_PLAUSIBLE: Instant = Date.UTC(1990, 0, 1);

/** Absolute, of a scheme whose names stay (RFC 3987 without what XML or a reader would trip over). */
const LASTING_IRI = /^(?:https?:\/\/|urn:|tag:)[^\s<>"{}|\\^`\p{Cc}]+$/iu;

/** The same key in the same feed is the same id in every run. */
export function mintId(feed: Feed, key: string): ItemId {
  return itemId(`i${createHash("sha256").update(`${feed.id}\n${key}`).digest("hex").slice(0, ID_LENGTH)}`);
}

/** An item as if seen for the first time. */
export function mintItem(input: {
  readonly feed: Feed;
  readonly draft: Draft;
  readonly id: ItemId;
  readonly digest: string;
  readonly hasOwnGuid: boolean;
  /** names our tag: URIs (RFC 4151), e.g. "feeds.example.org" */
  readonly authority: string;
  readonly now: Instant;
}): Item {
  const { feed, draft, id, digest, hasOwnGuid, authority, now } = input;
  const { guid } = draft;
  const isLasting = hasOwnGuid && guid !== undefined && isLastingIri(guid);
  const language = draft.language ?? feed.language;
  return {
    ...boundedDraft(draft, now),
    ...(language !== undefined && { language }),
    id,
    iri: isLasting ? guid : `tag:${authority},2026:item/${id}`,
    feed: feed.id,
    publisher: feed.publisher,
    title: titleOf(draft, feed),
    arrivedAt: now,
    revision: 0,
    digest,
  };
}

/** The publisher's date where it can be true. The future is now. */
export function plausibleDate(instant: Instant | undefined, now: Instant): Instant | undefined {
  return instant === undefined || instant < FIRST_PLAUSIBLE ? undefined : Math.min(instant, now);
}

function boundedDraft(draft: Draft, now: Instant): Draft {
  const { guid, summary, content, authors, categories, enclosures, publishedAt, updatedAt, ...rest } = draft;
  const published = plausibleDate(publishedAt, now);
  const updated = plausibleDate(updatedAt, now);
  return {
    ...rest,
    ...(guid !== undefined && guid.length <= MAX_GUID && { guid }),
    ...(summary !== undefined && summary.length <= MAX_HTML && { summary }),
    ...(content !== undefined && content.length <= MAX_HTML && { content }),
    ...(authors !== undefined && { authors: authors.slice(0, MAX_AUTHORS) }),
    ...(categories !== undefined && { categories: categories.slice(0, MAX_CATEGORIES) }),
    ...(enclosures !== undefined && { enclosures: enclosures.slice(0, MAX_ENCLOSURES) }),
    ...(published !== undefined && { publishedAt: published }),
    ...(updated !== undefined && { updatedAt: updated }),
  };
}

/** Never empty: whatever names the item best. */
function titleOf({ title = "", teaser = "", permalink = "" }: Draft, feed: Feed): string {
  const names = [title, firstWords(teaser), permalink, feed.title ?? ""].map((name) => name.trim());
  return cut(names.find((name) => VISIBLE.test(name)) ?? feed.id, MAX_TITLE);
}

function firstWords(text: string): string {
  const trimmed = text.trim();
  if (trimmed.length <= MAX_TITLE_FROM_TEASER) return trimmed;
  const end = trimmed.lastIndexOf(" ", MAX_TITLE_FROM_TEASER - 1);
  return end > 0 ? `${trimmed.slice(0, end)}…` : cut(trimmed, MAX_TITLE_FROM_TEASER);
}

/** Never through the middle of a surrogate pair. */
function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}

function isLastingIri(guid: string): boolean {
  if (guid.length > MAX_IRI || !LASTING_IRI.test(guid)) return false;
  return !guid.toLowerCase().startsWith("http") || URL.canParse(guid);
}
