import type { NewsItem } from "../model/news.ts";
import { headlineOf, slugKey, titleKeys, withoutKicker } from "./headline.ts";
import { bandsOf } from "./minhash.ts";
import { wireIdOf } from "./wire-id.ts";
import { foldedWords } from "./words.ts";

/** What an item's copies would share with it. */
export interface Mark {
  readonly headline: string;
  /** surest first */
  readonly keys: readonly Key[];
  /** absent where the headline is too short to tell */
  readonly near?: Near;
}

export interface Key {
  readonly rule: "permalink" | "wire-id" | "title-key";
  readonly key: string;
}

/** What MinHash compares of a headline. */
export interface Near {
  readonly folded: string;
  readonly bands: readonly number[];
}

/** Shorter headlines are labels, and labels look alike. */
const SHORTEST_NEAR = 20;

export function markOf(item: NewsItem): Mark {
  const headline = headlineOf(item.title);
  const near = nearOf(headline);
  return { headline, keys: keysOf(item, headline), ...(near === undefined ? {} : { near }) };
}

export function nearOf(headline: string): Near | undefined {
  const folded = comparable(headline);
  return folded === undefined ? undefined : { folded, bands: bandsOf(folded) };
}

/** The spelling in which headlines are compared; absent where one is too short. */
export function comparable(headline: string): string | undefined {
  const folded = foldedWords(withoutKicker(headline));
  return folded.length < SHORTEST_NEAR ? undefined : folded;
}

function keysOf(item: NewsItem, headline: string): readonly Key[] {
  const url = item.permalink ?? "";
  const wire = wireIdOf(url);
  const slug = slugKey(url);
  const titles = new Set([...titleKeys(headline), ...(slug === undefined ? [] : [slug])]);
  return [
    ...(isPage(url) ? [{ rule: "permalink", key: `page ${item.publisher} ${pageOf(url)}` } as const] : []),
    ...(wire === undefined ? [] : [{ rule: "wire-id", key: `wire ${wire}` } as const]),
    ...[...titles].map((title) => ({ rule: "title-key", key: `title ${title}` }) as const),
  ];
}

/** A home page is no item's own page. */
const isPage = (url: string): boolean => /^https?:\/\/[^/]+\/[^?#]/.test(url);

const pageOf = (url: string): string => url.replace(/^https?:\/\/(?:www\.)?/i, "");
