import { DAY, type Duration, HOUR, MINUTE, SECOND } from "./time.ts";
import type { Topic } from "./topic.ts";

/** A topic as people and programs write it: lengths of time as "7d". */
export type WrittenTopic = Readonly<Record<string, unknown>>;

/** A topic as editors see it. */
export interface ListedTopic {
  readonly id: string;
  readonly topic: WrittenTopic;
  /** config: it stands in config/topics.yaml; section: it republishes a section; edited: it was made while we run */
  readonly source: "config" | "section" | "edited";
  /** of `topic`, strong, without quotes */
  readonly etag: string;
  /** where its query was perhaps meant otherwise than it is read, in English */
  readonly hints?: readonly string[];
  /** why it is not kept up to date: what it asks for is no longer there */
  readonly broken?: readonly Fault[];
}

/** What is wrong with what somebody wrote: where in it, and what would be right. */
export interface Fault {
  /** "ranks.dlf"; "" for the whole */
  readonly path: string;
  readonly message: string;
  readonly hint: string;
}

/** Why an edit was not made. Nothing was changed then. */
export interface Refusal {
  readonly kind: "refused";
  /** unknown: there is no such thing; conflict: it may not be so as things are; stale: it has changed since it was read; broken: it makes no sense as it is written; busy: too much changes at once */
  readonly why: "unknown" | "conflict" | "stale" | "broken" | "busy";
  /** with the way out */
  readonly message: string;
  readonly faults?: readonly Fault[];
}

/** Who edits, and what is to hold for it to be done. */
export interface EditTerms {
  readonly by: string;
  /** one of these etags, "*": whatever it is, as long as it is there */
  readonly ifMatch?: readonly string[];
  /** it must not be there yet */
  readonly isNew?: true;
}

/** All of a topic but what we add to it, in the form in which it is written. */
export function writtenOf({ section: _, editedAt: __, window, hold, ...rest }: Topic): WrittenTopic {
  return { ...rest, window: durationText(window), ...(hold !== undefined && { hold: durationText(hold) }) };
}

/** "7d": exact, and read again the same. */
function durationText(duration: Duration): string {
  const [unit, size] = UNITS.find(([, each]) => duration % each === 0) ?? ["s", SECOND];
  return `${Math.ceil(duration / size)}${unit}`;
}

const UNITS = [
  ["d", DAY],
  ["h", HOUR],
  ["m", MINUTE],
] as const;
