import { hash } from "node:crypto";
import type { Draft } from "../model/item.ts";
import { guidSpelling, lastingPart, pageSpelling } from "./address.ts";
import { plain } from "./plain.ts";

/** What an item can be known by. The letter begins the key. */
const KEY_KINDS = ["g", "l", "d", "a", "s", "t"] as const;
export type KeyKind = (typeof KEY_KINDS)[number];

/** All that identity needs of a draft. */
export interface Mark {
  readonly draft: Draft;
  /** g and l first, t last */
  readonly keys: readonly string[];
  readonly keyOf: Readonly<Partial<Record<KeyKind, string>>>;
  /** hash over what readers see: neither dates, labels, markup nor the address's query (tokens, counters) change it */
  readonly digest: string;
}

/** 96 bits: no two of a billion keys are equal by accident. */
const HASH_LENGTH = 16;
const DIGEST_LENGTH = 32;

/** Only so much of an item tells it from others; the rest may be boilerplate without end. */
const MAX_TEXT = 10_000;

/** The store is asked between keysOf and identify; what was hashed for the one is there for the other. */
const marks = new WeakMap<Draft, Mark>();

/**
 * All that an item may be known by: "g:" guid, "l:" permalink, "d:" text and date, "a:" number in the address, "s:"
 * words in the address, "t:" text alone. Unique within one feed only: guids of two feeds mean nothing to each other.
 */
export const keysOf = (draft: Draft): readonly string[] => markOf(draft).keys;

export function markOf(draft: Draft): Mark {
  const made = marks.get(draft) ?? makeMark(draft);
  marks.set(draft, made);
  return made;
}

function makeMark(draft: Draft): Mark {
  const { guid, publishedAt, enclosures = [], permalink = "" } = draft;
  const [title, teaser] = [plain(draft.title ?? ""), plain(draft.teaser ?? "")];
  const [summary, content] = [plain(draft.summary ?? ""), plain(draft.content ?? "")];
  const [file = ""] = enclosures[0]?.url.split("?", 1) ?? [];
  const body = draft.content === undefined ? summary : content;
  const text = short([title, teaser, body.slice(0, MAX_TEXT), file].join("\n"));
  const [page = ""] = pageSpelling(permalink).split(/[?#]/, 1);
  const keyOf = {
    ...(guid !== undefined && { g: `g:${short(guidSpelling(guid))}` }),
    ...pageKeys(draft),
    ...(publishedAt !== undefined && { d: `d:${text}.${publishedAt.toString(36)}` }),
    t: `t:${text}`,
  };
  const keys = KEY_KINDS.flatMap((kind) => keyOf[kind] ?? []);
  const seen = [title, teaser, summary, content, page].join("\n");
  return { draft, keys, keyOf, digest: hash("sha256", seen, "hex").slice(0, DIGEST_LENGTH) };
}

function pageKeys({ permalink, pageKey }: Draft): Mark["keyOf"] {
  if (permalink === undefined || isFrontPage(permalink)) return {};
  const part = lastingPart(permalink);
  return {
    l: `l:${short(pageSpelling(pageKey ?? permalink))}`,
    ...(part?.kind === "number" && { a: `a:${part.text}` }),
    ...(part?.kind === "slug" && { s: `s:${short(part.text)}` }),
  };
}

export const kindOf = (identityKey: string): KeyKind => identityKey.slice(0, 1) as KeyKind;

/** Items that all point at the publisher's front page are not known by that. */
const isFrontPage = (permalink: string): boolean => /^[a-z]+:\/\/[^/?#]*\/?$/i.test(permalink);

const short = (text: string): string => hash("sha256", text, "base64url").slice(0, HASH_LENGTH);
