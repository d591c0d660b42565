import { type ItemId, itemId } from "../model/ids.ts";
import { type Instant, MINUTE } from "../model/time.ts";

/** An item that stands in a document. */
export interface Shown {
  readonly item: ItemId;
  /** of its date: whole minutes since 1970; absent where it has none */
  readonly minute?: number;
}

/** An item that left its feed from between others that stayed. */
export interface Missing {
  readonly item: ItemId;
  readonly minute: number;
  readonly since: Instant;
  /** changed documents without it */
  readonly documents: number;
}

/** Who stood in a feed's last document, and who is missing from it. */
export interface Attendance {
  /** of the last document: another one is another kind of feed */
  readonly format: string;
  /** a letter for each item that left lately, newest last: "." over the end, "x" from between others */
  readonly left: string;
  readonly missing: readonly Missing[];
  readonly shown: readonly Shown[];
}

export function shownAs(item: ItemId, publishedAt: Instant | undefined): Shown {
  return { item, ...(publishedAt !== undefined && { minute: Math.floor(publishedAt / MINUTE) }) };
}

const NONE = "-";

/** As it is stored: a line for the whole, then one an item. */
export function writeAttendance({ format, left, missing, shown }: Attendance): string {
  const absent = missing.map(({ item, minute, since, documents }) => [item, minute, since, documents].join(":"));
  const lines = shown.map(({ item, minute }) => (minute === undefined ? item : `${item} ${minute.toString(36)}`));
  return [[format, left || NONE, absent.join(",") || NONE].join(" "), ...lines].join("\n");
}

export function readAttendance(text: string): Attendance | undefined {
  if (text === "") return undefined;
  const [first = "", ...lines] = text.split("\n");
  const [format = "", left = NONE, absent = NONE] = first.split(" ");
  return {
    format,
    left: left === NONE ? "" : left,
    missing: absent === NONE ? [] : absent.split(",").map(readMissing),
    shown: lines.map(readShown),
  };
}

function readMissing(text: string): Missing {
  const [item = "", minute, since, documents] = text.split(":");
  return { item: itemId(item), minute: Number(minute), since: Number(since), documents: Number(documents) };
}

function readShown(line: string): Shown {
  const [item = "", minute] = line.split(" ");
  return { item: itemId(item), ...(minute !== undefined && { minute: Number.parseInt(minute, 36) }) };
}
