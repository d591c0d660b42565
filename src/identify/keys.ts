import { createHash } from "node:crypto";
import type { Draft } from "../model/item.ts";
import { plain } from "./plain.ts";

/** What an item can be known by, strongest first. The letter begins the key. */
export const KEY_KINDS = ["g", "l", "d", "t"] as const;
export type KeyKind = (typeof KEY_KINDS)[number];

/** 96 bits: no two of a billion keys are equal by accident. */
const HASH_LENGTH = 16;

/** Only so much of an item tells it from others; the rest may be boilerplate without end. */
const MAX_TEXT = 10_000;

/**
 * All that an item may be known by, strongest first: "g:" guid, "l:" permalink, "d:" text and date, "t:" text alone.
 * Unique within one feed only: guids of two feeds mean nothing to each other.
 */
export function keysOf(draft: Draft): readonly string[] {
  const { guid, permalink, publishedAt } = draft;
  const text = textOf(draft);
  return [
    ...(guid !== undefined ? [key("g", guid)] : []),
    ...(permalink !== undefined && !isFrontPage(permalink) ? [key("l", permalink)] : []),
    ...(publishedAt !== undefined ? [key("d", `${publishedAt} ${text}`)] : []),
    key("t", text),
  ];
}

export const kindOf = (identityKey: string): KeyKind => identityKey.slice(0, 1) as KeyKind;

/** Items that all point at the publisher's front page are not known by that. */
function isFrontPage(permalink: string): boolean {
  const url = URL.parse(permalink);
  return url !== null && url.pathname === "/" && url.search === "" && url.hash === "";
}

/** The file's address without its query, which may be a token: what tells two episodes of "News at eight" apart. */
function textOf({ title = "", teaser = "", summary, content, enclosures = [] }: Draft): string {
  const body = plain((content ?? summary ?? "").slice(0, MAX_TEXT));
  const [file = ""] = enclosures[0]?.url.split("?") ?? [];
  return [plain(title), plain(teaser), body, file].join("\n");
}

function key(kind: KeyKind, text: string): string {
  return `${kind}:${createHash("sha256").update(text).digest("base64url").slice(0, HASH_LENGTH)}`;
}
