import { escapeAttribute, escapeText } from "entities";
import type { Passage, Revision } from "../model/revision.ts";
import { wordsIn } from "./language.ts";
import { printable } from "./printable.ts";

const TAGS: Readonly<Record<Passage["kind"], readonly [open: string, close: string]>> = {
  same: ["", ""],
  gap: ["", ""],
  struck: ["<del>", "</del>"],
  inserted: ["<ins>", "</ins>"],
};

/** What a publisher changed, as HTML: words struck and inserted, its own note, and the way to the item's page here. */
export function revisionBody(revision: Revision, itemUrl: string, language: string): string {
  const words = wordsIn(language);
  const changes = [revision.title, revision.teaser, revision.body].flatMap((passages) =>
    passages === undefined ? [] : [`<p>${passages.map(marked).join("")}</p>`],
  );
  const notice = revision.notice === undefined ? "" : `<blockquote><p>${escaped(revision.notice)}</p></blockquote>`;
  const isUnseen = changes.length === 0 && notice === "";
  const unseen = isUnseen ? `<p>${escapeText(words.bodyCorrected)}</p>` : "";
  const link = `<p><a href="${escapeAttribute(itemUrl)}">${escapeText(words.changes)}</a></p>`;
  return [...changes, notice, unseen, link].join("");
}

function marked({ kind, text }: Passage): string {
  const [open, close] = TAGS[kind];
  const [, space = "", words = ""] = /^(\s*)([\s\S]*)$/.exec(text) ?? [];
  return `${space}${open}${escaped(words)}${close}`;
}

const escaped = (text: string): string => escapeText(printable(text));
