import { hash } from "node:crypto";
import type { Feed } from "../model/feed.ts";
import { type ItemId, itemId } from "../model/ids.ts";
import type { Draft, Item } from "../model/item.ts";
import type { Instant } from "../model/time.ts";
import { plausibleDate } from "./dates.ts";
import { type Grounds, isOwnIri } from "./iri.ts";

/** 80 bits. */
const ID_LENGTH = 20;

/** Titles beyond this are texts in the wrong field; html beyond this is cut by nobody without breaking it. */
const MAX_TITLE = 500;
const MAX_TITLE_FROM_TEASER = 80;
const MAX_HTML = 256 * 1024;
const MAX_CATEGORIES = 32;
const MAX_AUTHORS = 16;
const MAX_ENCLOSURES = 16;
const MAX_GUID = 2000;

/** A title of spaces, joiners and controls shows nothing. */
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** The same key in the same feed is the same id in every run. */
export function mintId(feed: Feed, key: string): ItemId {
  return itemId(`i${hash("sha256", `${feed.id}\n${key}`, "hex").slice(0, ID_LENGTH)}`);
}

/** An item as if seen for the first time. */
export function mintItem(input: {
  readonly feed: Feed;
  readonly draft: Draft;
  readonly id: ItemId;
  readonly digest: string;
  readonly hasOwnGuid: boolean;
  readonly grounds: Grounds;
  /** names our tag: URIs (RFC 4151), e.g. "feeds.example.org" */
  readonly authority: string;
  readonly now: Instant;
}): Item {
  const { feed, draft, id, digest, hasOwnGuid, grounds, authority, now } = input;
  const { guid } = draft;
  const ours = `tag:${authority},2026:`;
  const isLasting =
    hasOwnGuid && guid !== undefined && !guid.startsWith(ours) && isOwnIri(guid, { ...grounds, ...pageOf(draft) });
  const language = draft.language ?? feed.language;
  return {
    ...boundedDraft(draft, now),
    ...(language !== undefined && { language }),
    id,
    iri: isLasting ? guid : `${ours}item/${id}`,
    feed: feed.id,
    publisher: feed.publisher,
    title: titleOf(draft, feed),
    arrivedAt: now,
    revision: 0,
    digest,
  };
}

const pageOf = ({ permalink }: Draft): Pick<Grounds, "permalink"> => (permalink === undefined ? {} : { permalink });

function boundedDraft(draft: Draft, now: Instant): Draft {
  const {
    pageKey: _,
    guid,
    summary,
    content,
    authors,
    categories,
    enclosures,
    publishedAt,
    updatedAt,
    ...rest
  } = draft;
  const updated = plausibleDate(updatedAt, now);
  // Atom demands no other date (RFC 4287 4.2.9): of a first version the last change is its publication
  const published = plausibleDate(publishedAt, now) ?? updated;
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
