import type { NewsItem, Reason } from "../model/news.ts";
import { HOUR, type Instant } from "../model/time.ts";
import { distinctionOf } from "./distinctions.ts";
import { headlineOf } from "./headline.ts";
import { gramsOf, jaccard } from "./minhash.ts";
import { type Bands, bandsOfHeadline, COPY_WINDOW, type Key, keysOf, nearKey, type Text, type Texts } from "./texts.ts";

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

const WORDS: Readonly<Record<Key["rule"], string>> = {
  permalink: "the same page in another of the publisher's feeds",
  "wire-id": "the same agency text, by its number in the address",
  "title-key": "the same headline",
};

/** The text that an item repeats, or nearly repeats. */
export function findText(texts: Texts, bands: Bands, item: NewsItem, now: Instant): Match | undefined {
  return findByKey(texts, item, now) ?? findNear(texts, bands, item, now);
}

function findByKey(texts: Texts, item: NewsItem, now: Instant): Match | undefined {
  const headline = headlineOf(item.title);
  let akin: Match | undefined;
  for (const { rule, key } of keysOf(item)) {
    const text = texts.bySerial.get(texts.byKey.get(key) ?? 0);
    if (text === undefined || now - text.firstAt > COPY_WINDOW) continue;
    if (rule === "title-key" && (recurs(text, item, now) || distinctionOf(headline, text.headline, false))) continue;
    const match = matchByKey(text, item, rule, key.slice(key.indexOf(" ") + 1));
    if (match.kind === "copy") return match;
    akin ??= match;
  }
  return akin;
}

function matchByKey(text: Text, item: NewsItem, rule: Key["rule"], key: string): Match {
  if (rule === "title-key" && isItsOwn(text, item)) {
    return { kind: "akin", text, reason: { about: "story", rule: "own-headline", words: "the publisher's own headline on another of its pages", evidence: { headline: text.headline } } };
  }
  if (rule === "wire-id" && likenessOf(text.headline, headlineOf(item.title)) < SAME_STORY) {
    return { kind: "akin", text, reason: { about: "story", rule: "wire-update", words: "the agency's new version of the same report", evidence: { key } } };
  }
  return { kind: "copy", text, reason: { about: "copy", rule, words: WORDS[rule], evidence: { key } } };
}

/** Nobody but this publisher printed it. */
const isItsOwn = (text: Text, item: NewsItem): boolean => text.printedAt.size === 1 && text.printedAt.has(item.publisher);

const likenessOf = (a: string, b: string): number => jaccard(gramsOf(nearKey(a) ?? ""), gramsOf(nearKey(b) ?? ""));

function findNear(texts: Texts, bands: Bands, item: NewsItem, now: Instant): Match | undefined {
  const headline = headlineOf(item.title);
  const near = nearKey(headline);
  if (near === undefined) return undefined;
  const grams = gramsOf(near);
  let best: { readonly text: Text; readonly likeness: number } | undefined;
  for (const text of candidates(texts, bands, headline, now)) {
    const likeness = jaccard(grams, gramsOf(nearKey(text.headline) ?? ""));
    if (likeness < Math.max(SAME_STORY, best?.likeness ?? 0)) continue;
    if (recurs(text, item, now) || distinctionOf(headline, text.headline, true) !== undefined) continue;
    best = { text, likeness };
  }
  return best && nearMatch(best.text, item, best.likeness);
}

/** Texts that share a band, newest last. */
function candidates(texts: Texts, bands: Bands, headline: string, now: Instant): readonly Text[] {
  const serials = new Set<number>();
  for (const band of bandsOfHeadline(headline)) for (const serial of bands.get(band) ?? []) serials.add(serial);
  const newest = [...serials].sort((a, b) => a - b).slice(-MOST_CANDIDATES);
  return newest.flatMap((serial) => {
    const text = texts.bySerial.get(serial);
    return text === undefined || now - text.firstAt > COPY_WINDOW ? [] : [text];
  });
}

function nearMatch(text: Text, item: NewsItem, likeness: number): Match {
  const evidence = { likeness: Math.round(likeness * 100) / 100, headline: text.headline };
  return likeness >= SAME_TEXT && !isItsOwn(text, item)
    ? { kind: "copy", text, reason: { about: "copy", rule: "near-text", words: "nearly the same headline", evidence } }
    : { kind: "akin", text, reason: { about: "story", rule: "near-title", words: "a headline much like this one", evidence } };
}

const recurs = (text: Text, item: NewsItem, now: Instant): boolean =>
  now - (text.printedAt.get(item.publisher) ?? now) >= RECURS_AFTER;
