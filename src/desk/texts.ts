import type { ItemId, PublisherId } from "../model/ids.ts";
import type { NewsItem } from "../model/news.ts";
import { HOUR, type Instant } from "../model/time.ts";
import { headlineOf, slugKey, titleKeys, withoutKicker } from "./headline.ts";
import { bandsOf, gramsOf } from "./minhash.ts";
import type { Vector } from "./vector.ts";
import { wireIdOf } from "./wire-id.ts";
import { foldedWords } from "./words.ts";

/** One text, however many publishers print it. */
export interface Text {
  readonly serial: number;
  readonly firstAt: Instant;
  headline: string;
  /** in order of arrival; all others are copies of the first */
  readonly members: ItemId[];
  /** when each publisher last printed it */
  readonly printedAt: Map<PublisherId, Instant>;
  readonly keys: Set<string>;
  story: number;
  vector: Vector;
}

export interface Texts {
  readonly bySerial: Map<number, Text>;
  /** the newest text under each key */
  readonly byKey: Map<string, number>;
  nextSerial: number;
}

/** Texts by MinHash band. Follows from the texts, so that no snapshot holds it. */
export type Bands = Map<number, Set<number>>;

/** How long a text can be copied. 99 % of copies come within 14 h (facts/stories.md 3); weekends want more. */
export const COPY_WINDOW = 72 * HOUR;
/** Shorter headlines are labels, and labels look alike. */
const SHORTEST_NEAR = 20;

export const newTexts = (): Texts => ({ bySerial: new Map(), byKey: new Map(), nextSerial: 1 });

export function addText(texts: Texts, bands: Bands, item: NewsItem, story: number, vector: Vector, now: Instant): Text {
  const serial = texts.nextSerial++;
  const headline = headlineOf(item.title);
  const text: Text = {
    ...{ serial, firstAt: now, headline, members: [], printedAt: new Map(), keys: new Set() },
    ...{ story, vector },
  };
  texts.bySerial.set(serial, text);
  indexNear(bands, text);
  return text;
}

/** Files an item under its text, and the text under the item's keys. */
export function addMember(texts: Texts, text: Text, item: NewsItem, now: Instant): void {
  text.members.push(item.id);
  text.printedAt.set(item.publisher, now);
  for (const { key } of keysOf(item)) {
    texts.byKey.set(key, text.serial);
    text.keys.add(key);
  }
}

/** Takes an item out; a text without items is forgotten. @returns whether it was */
export function removeMember(texts: Texts, bands: Bands, text: Text, item: ItemId): boolean {
  const at = text.members.indexOf(item);
  if (at >= 0) text.members.splice(at, 1);
  if (text.members.length > 0) return false;
  texts.bySerial.delete(text.serial);
  for (const key of text.keys) if (texts.byKey.get(key) === text.serial) texts.byKey.delete(key);
  unindexNear(bands, text);
  return true;
}

/** A new headline for a text: found under the old one and the new one. */
export function retitle(texts: Texts, bands: Bands, text: Text, item: NewsItem): void {
  unindexNear(bands, text);
  text.headline = headlineOf(item.title);
  indexNear(bands, text);
  for (const { key } of keysOf(item)) {
    texts.byKey.set(key, text.serial);
    text.keys.add(key);
  }
}

export interface Key {
  readonly rule: "permalink" | "wire-id" | "title-key";
  readonly key: string;
}

/** All that a copy of this item would share with it, surest first. */
export function keysOf(item: NewsItem): readonly Key[] {
  const url = item.permalink ?? "";
  const wire = wireIdOf(url);
  const slug = slugKey(url);
  const titles = new Set([...titleKeys(headlineOf(item.title)), ...(slug === undefined ? [] : [slug])]);
  return [
    ...(isPage(url) ? [{ rule: "permalink", key: `page ${item.publisher} ${pageOf(url)}` } as const] : []),
    ...(wire === undefined ? [] : [{ rule: "wire-id", key: `wire ${wire}` } as const]),
    ...[...titles].map((title) => ({ rule: "title-key", key: `title ${title}` }) as const),
  ];
}

/** What MinHash compares: the headline without its kicker, folded; undefined where it is too short to tell. */
export function nearKey(headline: string): string | undefined {
  const folded = foldedWords(withoutKicker(headline));
  return folded.length < SHORTEST_NEAR ? undefined : folded;
}

export function indexNear(bands: Bands, text: Text): void {
  for (const band of bandsOfHeadline(text.headline)) {
    const bucket = bands.get(band);
    if (bucket === undefined) bands.set(band, new Set([text.serial]));
    else bucket.add(text.serial);
  }
}

function unindexNear(bands: Bands, text: Text): void {
  for (const band of bandsOfHeadline(text.headline)) {
    const bucket = bands.get(band);
    bucket?.delete(text.serial);
    if (bucket?.size === 0) bands.delete(band);
  }
}

export function bandsOfHeadline(headline: string): readonly number[] {
  const near = nearKey(headline);
  return near === undefined ? [] : bandsOf(gramsOf(near));
}

/** A home page is no item's own page. */
const isPage = (url: string): boolean => URL.canParse(url) && new URL(url).pathname.length > 1;

const pageOf = (url: string): string => url.replace(/^https?:\/\/(?:www\.)?/i, "");
