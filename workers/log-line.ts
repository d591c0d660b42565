import { type Act, type Embargo, NO_EDITING, type Retitle } from "../src/model/editing.ts";
import { isoOf } from "../src/model/time.ts";
import type { TopicLogEntry } from "../src/model/topic-log.ts";
import { shown } from "./shown.ts";

type AnyAct = Act & Partial<Pick<Retitle, "title"> & Pick<Embargo, "until">>;

/** Who did what to a topic, for people, in a line. */
export function logLine(entry: TopicLogEntry): string {
  return `${isoOf(entry.at)}  ${shown(entry.by)} (${entry.via})  ${entry.topic}  ${shown(wordsOf(entry))}`;
}

function wordsOf({ what, from, before, after }: TopicLogEntry): string {
  if (what in NO_EDITING) return `${what}: ${actWords(actsIn(before), actsIn(after))}`;
  if (what === "renamed") return `renamed${from === undefined ? "" : `: it was ${from}`}`;
  if (before === undefined && after === undefined) return `${what}; it was too long to keep`;
  if (what === "removed") return `removed; it was ${keyWords({}, Object(before))}`;
  return `${what}: ${keyWords(Object(before), Object(after)) || "nothing but the order of its keys"}`;
}

type Written = Readonly<Record<string, unknown>>;

/** What became of each key: "size 50 -> 80, hold taken out (10m)". */
function keyWords(before: Written, after: Written): string {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys]
    .flatMap((key) => {
      const [old, now] = [textOf(before[key]), textOf(after[key])];
      if (key === "id" || old === now) return [];
      if (now === undefined) return `${key} taken out (${old})`;
      return old === undefined ? `${key} ${now}` : `${key} ${old} -> ${now}`;
    })
    .join(", ");
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : JSON.stringify(value);
}

const actsIn = (value: unknown): readonly AnyAct[] => (Array.isArray(value) ? value : []);

function actWords(before: readonly AnyAct[], after: readonly AnyAct[]): string {
  const made = after.filter((act) => !before.some(({ item, at }) => item === act.item && at === act.at));
  const gone = before.filter((act) => !after.some(({ item }) => item === act.item));
  return [...made.map(actWord), ...gone.map(({ item }) => `${item} taken back`)].join(", ") || "as they were";
}

const actWord = ({ item, title, until }: AnyAct): string =>
  `${item}${title === undefined ? "" : ` as "${title}"`}${until === undefined ? "" : ` until ${isoOf(until)}`}`;
