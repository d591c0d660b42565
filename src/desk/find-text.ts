import type { PublisherId } from "../model/ids.ts";
import type { Reason } from "../model/news.ts";
import { HOUR, type Instant } from "../model/time.ts";
import { distinctionOf } from "./distinctions.ts";
import { comparable, type Key, type Mark, type Near } from "./mark.ts";
import { gramsOf, jaccard } from "./minhash.ts";
import { COPY_WINDOW, type Text, type TextIndex, type Texts, textUnder } from "./texts.ts";

/** "copy": the same text. "akin": nearly the same headline, so the same story told by another hand. */
export interface Match {
  readonly kind: "copy" | "akin";
  readonly text: Text;
  readonly reason: Reason;
}

/** A publisher that prints the same headline again so much later has a column of that name. */
const RECURS_AFTER = 18 * HOUR;
/** Jaccard of character runs: of pairs at 0.7 and at 0.6 a reader found 16 of 16 the same story (facts/stories.md 3). */
const SAME_TEXT = 0.8;
const SAME_STORY = 0.6;
/** A headline that resembles more texts than this is a form, and the newest of them will do. */
const MOST_CANDIDATES = 64;

const COPY_WORDS: Readonly<Record<Key["rule"], string>> = {
  permalink: "the same page in another of the publisher's feeds",
  "wire-id": "the same agency text, by its number in the address",
  "title-key": "the same headline",
};
const AKIN_WORDS = {
  "own-headline": "the publisher's own headline on another of its pages",
  "wire-update": "the agency's new version of the same report",
  "near-title": "a headline much like this one",
} as const;

/** The text that an item repeats, or nearly repeats. */
export function findText(
  texts: Texts,
  index: TextIndex,
  mark: Mark,
  publisher: PublisherId,
  now: Instant,
): Match | undefined {
  return findByKey(texts, index, mark, publisher, now) ?? findNear(texts, index, mark, publisher, now);
}

function findByKey(
  texts: Texts,
  index: TextIndex,
  mark: Mark,
  publisher: PublisherId,
  now: Instant,
): Match | undefined {
  let best: Match | undefined;
  for (const { rule, key } of mark.keys) {
    const text = textUnder(texts, index, key, now);
    if (text === undefined) continue;
    if (rule === "title-key" && (recurs(text, publisher, now) || differ(mark, text, false))) continue;
    const match = matchByKey(text, mark, publisher, rule, key.slice(key.indexOf(" ") + 1));
    if (match.kind === "copy") return match;
    best ??= match;
  }
  return best;
}

/** A publisher does not copy itself: its own headline on another page is a video, a gallery, the next part. */
function matchByKey(text: Text, mark: Mark, publisher: PublisherId, rule: Key["rule"], key: string): Match {
  if (rule === "title-key" && isOnlyFrom(text, publisher))
    return akin(text, "own-headline", { headline: text.headline });
  if (rule === "wire-id" && likenessTo(text, mark.near) < SAME_STORY) return akin(text, "wire-update", { key });
  return { kind: "copy", text, reason: { about: "copy", rule, words: COPY_WORDS[rule], evidence: { key } } };
}

function findNear(texts: Texts, index: TextIndex, mark: Mark, publisher: PublisherId, now: Instant): Match | undefined {
  let best: { readonly text: Text; readonly likeness: number } | undefined;
  for (const text of candidates(texts, index, mark, now)) {
    const likeness = likenessTo(text, mark.near);
    if (likeness < Math.max(SAME_STORY, best?.likeness ?? 0)) continue;
    if (recurs(text, publisher, now) || differ(mark, text, true)) continue;
    best = { text, likeness };
  }
  if (best === undefined) return undefined;
  const { text, likeness } = best;
  const evidence = { likeness: Math.round(likeness * 100) / 100, needed: SAME_STORY, headline: text.headline };
  if (likeness < SAME_TEXT || isOnlyFrom(text, publisher)) return akin(text, "near-title", evidence);
  return {
    kind: "copy",
    text,
    reason: {
      about: "copy",
      rule: "near-text",
      words: "nearly the same headline",
      evidence: { ...evidence, needed: SAME_TEXT },
    },
  };
}

/** Texts that share a band, newest last. */
function candidates(texts: Texts, index: TextIndex, mark: Mark, now: Instant): readonly Text[] {
  const serials = new Set<number>();
  for (const band of mark.near?.bands ?? []) for (const serial of index.byBand.get(band) ?? []) serials.add(serial);
  const newest = [...serials].sort((a, b) => a - b).slice(-MOST_CANDIDATES);
  return newest.flatMap((serial) => {
    const text = texts.bySerial.get(serial);
    return text === undefined || now - text.firstAt > COPY_WINDOW ? [] : [text];
  });
}

function akin(text: Text, rule: keyof typeof AKIN_WORDS, evidence: NonNullable<Reason["evidence"]>): Match {
  return { kind: "akin", text, reason: { about: "story", rule, words: AKIN_WORDS[rule], evidence } };
}

function likenessTo(text: Text, near: Near | undefined): number {
  const other = comparable(text.headline);
  return near === undefined || other === undefined ? 0 : jaccard(gramsOf(near.folded), gramsOf(other));
}

const isOnlyFrom = (text: Text, publisher: PublisherId): boolean =>
  text.printedAt.size === 1 && text.printedAt.has(publisher);

const recurs = (text: Text, publisher: PublisherId, now: Instant): boolean =>
  now - (text.printedAt.get(publisher) ?? now) >= RECURS_AFTER;

const differ = (mark: Mark, text: Text, strict: boolean): boolean =>
  distinctionOf(mark.headline, text.headline, strict) !== undefined;
