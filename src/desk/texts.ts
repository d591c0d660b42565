import type { ItemId, PublisherId } from "../model/ids.ts";
import type { Related } from "../model/news.ts";
import { HOUR, type Instant } from "../model/time.ts";
import { type Mark, nearOf } from "./mark.ts";
import type { Vector } from "./vector.ts";

/** One text, however many publishers print it. */
export interface Text {
  readonly serial: number;
  firstAt: Instant;
  headline: string;
  /** in order of arrival; all others are copies of the first */
  readonly members: ItemId[];
  /** when each publisher last printed it */
  readonly printedAt: Map<PublisherId, Instant>;
  readonly keys: Set<string>;
  story: number;
  vector: Vector;
  /** earlier stories, found when it came and never anew: what readers were shown stays */
  related?: readonly Related[];
}

export interface Texts {
  readonly bySerial: Map<number, Text>;
  nextSerial: number;
}

/** Serials of texts by key and by MinHash band. Follows from the texts, so that no snapshot holds it. */
export interface TextIndex {
  readonly byKey: Map<string, number[]>;
  readonly byBand: Map<number, number[]>;
  /** of each text, to take it out again */
  readonly bands: Map<number, readonly number[]>;
}

/** How long a text can be copied. 99 % of copies come within 14 h (facts/stories.md 3); weekends want more. */
export const COPY_WINDOW = 72 * HOUR;

export const newTexts = (): Texts => ({ bySerial: new Map(), nextSerial: 1 });

export function indexOfTexts(texts: Texts): TextIndex {
  const index: TextIndex = { byKey: new Map(), byBand: new Map(), bands: new Map() };
  for (const text of texts.bySerial.values()) {
    put(index.byKey, text.keys, text);
    putBands(index, text, nearOf(text.headline)?.bands ?? []);
  }
  return index;
}

export function addText(texts: Texts, index: TextIndex, mark: Mark, story: number, vector: Vector, now: Instant): Text {
  const text: Text = {
    ...{ serial: texts.nextSerial++, firstAt: now, headline: mark.headline, story, vector },
    ...{ members: [], printedAt: new Map(), keys: new Set() },
  };
  texts.bySerial.set(text.serial, text);
  putBands(index, text, mark.near?.bands ?? []);
  return text;
}

/** Files an item under its text, and the text under the item's keys. */
export function addMember(
  index: TextIndex,
  text: Text,
  item: ItemId,
  publisher: PublisherId,
  mark: Mark,
  now: Instant,
): void {
  text.members.push(item);
  text.printedAt.set(publisher, now);
  addKeys(index, text, mark);
}

/** Takes an item out; a text without items is forgotten. @returns whether it was */
export function removeMember(texts: Texts, index: TextIndex, text: Text, item: ItemId): boolean {
  const at = text.members.indexOf(item);
  if (at >= 0) text.members.splice(at, 1);
  if (text.members.length > 0) return false;
  texts.bySerial.delete(text.serial);
  take(index.byKey, text.keys, text);
  takeBands(index, text);
  return true;
}

/** A text with a new headline is still found under the old keys: who copied the old one copied this text. */
export function retitle(index: TextIndex, text: Text, mark: Mark): void {
  takeBands(index, text);
  text.headline = mark.headline;
  putBands(index, text, mark.near?.bands ?? []);
  // who takes over another's headline later has not written it
  const isFree = ({ rule, key }: Mark["keys"][number]): boolean => rule !== "title-key" || !index.byKey.has(key);
  addKeys(index, text, { ...mark, keys: mark.keys.filter(isFree) });
}

/** The newest text under a key that can still be copied. */
export function textUnder(texts: Texts, index: TextIndex, key: string, now: Instant): Text | undefined {
  let newest = 0;
  for (const serial of index.byKey.get(key) ?? []) newest = Math.max(newest, serial);
  const text = texts.bySerial.get(newest);
  return text === undefined || now - text.firstAt > COPY_WINDOW ? undefined : text;
}

function addKeys(index: TextIndex, text: Text, mark: Mark): void {
  for (const { key } of mark.keys) text.keys.add(key);
  put(index.byKey, text.keys, text);
}

function putBands(index: TextIndex, text: Text, bands: readonly number[]): void {
  index.bands.set(text.serial, bands);
  put(index.byBand, bands, text);
}

function takeBands(index: TextIndex, text: Text): void {
  take(index.byBand, index.bands.get(text.serial) ?? [], text);
  index.bands.delete(text.serial);
}

/** Most keys lead to one text only, so the lists are short. */
function put<Key>(index: Map<Key, number[]>, keys: Iterable<Key>, { serial }: Text): void {
  for (const key of keys) {
    const serials = index.get(key);
    if (serials === undefined) index.set(key, [serial]);
    else if (!serials.includes(serial)) serials.push(serial);
  }
}

function take<Key>(index: Map<Key, number[]>, keys: Iterable<Key>, { serial }: Text): void {
  for (const key of keys) {
    const serials = index.get(key) ?? [];
    const at = serials.indexOf(serial);
    if (at < 0) continue;
    if (serials.length === 1) index.delete(key);
    else serials.splice(at, 1);
  }
}
