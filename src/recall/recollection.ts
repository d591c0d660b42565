import { hash } from "node:crypto";
import { type ItemId, itemId } from "../model/ids.ts";
import { type Instant, MINUTE } from "../model/time.ts";

/** What is remembered of the last document, so that the next one is read only where it is new. */
export interface Recollection {
  readonly context: string;
  /** when all of a document was last read */
  readonly wholeAt: Instant;
  /** titles that begin with a section word, and maybe some that are gone */
  readonly heads: number;
  /** by the hash of their own text, in the order of the document */
  readonly items: ReadonlyMap<string, Recalled>;
}

/** One item of the last document. */
export interface Recalled {
  readonly item: ItemId;
  /** whole minutes since 1970 */
  readonly publishedAt: number;
  readonly updatedAt?: number;
  /** hashes of all that it is known by, so short that two that are equal by accident only cost a whole reading */
  readonly keys: readonly string[];
}

/** 72 bits of what is compared with another document, 24 of what would only raise a doubt. */
const RAW_LENGTH = 12;
const SHORT_LENGTH = 4;
/** To be raised where documents are read in another way: nothing is left out then. */
const READER = "2";

export const rawHash = (text: string): string => hash("sha256", text, "base64url").slice(0, RAW_LENGTH);
export const shortHash = (text: string): string => hash("sha256", text, "base64url").slice(0, SHORT_LENGTH);

export const contextHash = (context: string, sectionWords: readonly string[]): string =>
  rawHash([READER, ...sectionWords, context].join("\n"));

export const minuteOf = (instant: Instant): number => Math.floor(instant / MINUTE);

/** As it is stored: a line for the whole, then one an item. */
export function writeRecollection({ context, wholeAt, heads, items }: Recollection): string {
  const lines = [...items].map(([raw, { item, publishedAt, updatedAt, keys }]) =>
    [raw, item, publishedAt.toString(36), updatedAt?.toString(36) ?? "-", keys.join("")].join(" "),
  );
  return [`${context} ${wholeAt} ${heads}`, ...lines].join("\n");
}

export function readRecollection(text: string): Recollection {
  const [first = "", ...lines] = text.split("\n");
  const [context = "", wholeAt = "", heads = ""] = first.split(" ");
  return {
    context,
    wholeAt: Number(wholeAt),
    heads: Number(heads),
    items: new Map(lines.map((line) => [line.slice(0, RAW_LENGTH), readItem(line)])),
  };
}

function readItem(line: string): Recalled {
  const [, item = "", published = "", updated = "-", keys = ""] = line.split(" ");
  return {
    item: itemId(item),
    publishedAt: Number.parseInt(published, 36),
    ...(updated !== "-" && { updatedAt: Number.parseInt(updated, 36) }),
    keys: keys.match(/.{4}/g) ?? [],
  };
}
