import { nearest } from "../model/nearest.ts";
import type { QueryNames } from "../model/query-names.ts";
import { type ConfigFile, problemAt } from "./config-file.ts";
import { type Problem, showValue } from "./problem.ts";
import type { FileName } from "./schema.ts";

export type ConfigFiles = { readonly [Name in FileName]: ConfigFile<Name> };

/** @returns what is wrong with a query and at which character (from 0), undefined where it is a good one */
export type CheckQuery = (
  query: string,
  names: QueryNames,
) => { readonly message: string; readonly at: number } | undefined;

/**
 * What no schema of one file can see. It reads the raw YAML, so that an error elsewhere in a file does not hide these:
 * the operator learns of everything at once.
 */
export function crossCheck(files: ConfigFiles, checkQuery: CheckQuery | undefined): readonly Problem[] {
  const publishers = entriesAt(files.feeds, ["publishers"]);
  const feeds = publishers.flatMap(({ path }) => entriesAt(files.feeds, [...path, "feeds"]));
  const sections = entriesAt(files.sections, ["sections"]);
  const topics = entriesAt(files.topics, ["topics"]);
  const names = namesIn({ publishers, feeds, sections, topics });
  return [
    ...[publishers, feeds, sections, topics].flatMap((entries) => repeated(entries, "id", (id) => id)),
    ...repeated(feeds, "url", sameFeed),
    ...feeds.flatMap((feed) => unknownName(feed, "section", "section", sections)),
    ...topics.flatMap((topic) => clash(topic, sections)),
    ...topics.flatMap((topic) => unknownRanks(topic, publishers)),
    ...topics.flatMap((topic) => unknownInList(topic, "sections", "section", sections)),
    ...topics.flatMap((topic) => unknownInList(topic, "publishers", "publisher", publishers)),
    ...topics.flatMap((topic) => badQuery(topic, checkQuery, names)),
  ];
}

/** One thing of a list: where it stands, and what it says. */
interface Entry {
  readonly file: ConfigFile;
  readonly path: readonly PropertyKey[];
  readonly value: Readonly<Record<string, unknown>>;
}

function entriesAt(file: ConfigFile, path: readonly PropertyKey[]): readonly Entry[] {
  const list = path.reduce<unknown>((value, step) => Object(value)[step], file.raw);
  if (!Array.isArray(list)) return [];
  return list.map((value: unknown, index) => ({ file, path: [...path, index], value: Object(value) }));
}

function textOf(entry: Entry, key: string): string | undefined {
  const value = entry.value[key];
  return typeof value === "string" ? value : undefined;
}

function problem({ file, path }: Entry, steps: readonly PropertyKey[], message: string, hint: string): Problem {
  return problemAt(file, [...path, ...steps], message, hint);
}

/** Everything whose value under `key` stood in an entry before. */
function repeated(entries: readonly Entry[], key: string, sameAs: (text: string) => string): readonly Problem[] {
  const first = new Map<string, Entry>();
  return entries.flatMap((entry) => {
    const text = textOf(entry, key);
    if (text === undefined) return [];
    const earlier = first.get(sameAs(text));
    if (earlier === undefined) {
      first.set(sameAs(text), entry);
      return [];
    }
    const { line } = earlier.file.placeOf([...earlier.path, key]);
    const hint = key === "id" ? "every id must be its own" : "take one of the two out";
    return [problem(entry, [key], `${showValue(text)} stands in line ${line} already`, hint)];
  });
}

/** http and https, with or without a fragment, are one feed: publishers should not be asked twice. */
function sameFeed(text: string): string {
  const url = URL.parse(text);
  return url === null ? text : `${url.host}${url.pathname}${url.search}`;
}

function unknownName(entry: Entry, key: string, kind: string, known: readonly Entry[]): readonly Problem[] {
  const name = textOf(entry, key);
  return name === undefined ? [] : notAmong(entry, [key], name, kind, known);
}

function unknownRanks(topic: Entry, publishers: readonly Entry[]): readonly Problem[] {
  const names = Object.keys(Object(topic.value["ranks"]));
  return names.flatMap((name) => notAmong(topic, ["ranks", name], name, "publisher", publishers));
}

function unknownInList(topic: Entry, key: string, kind: string, known: readonly Entry[]): readonly Problem[] {
  const names: unknown = topic.value[key];
  if (!Array.isArray(names)) return [];
  return names.flatMap((name, index) =>
    typeof name === "string" ? notAmong(topic, [key, index], name, kind, known) : [],
  );
}

function notAmong(
  entry: Entry,
  steps: readonly PropertyKey[],
  name: string,
  kind: string,
  known: readonly Entry[],
): readonly Problem[] {
  const ids = known.flatMap((other) => textOf(other, "id") ?? []);
  // A file that cannot be read has told its own problem.
  if (ids.length === 0 || ids.includes(name)) return [];
  const meant = nearest(name, ids);
  const hint = meant === undefined ? `use an id of ${known[0]?.file.file}` : `write ${meant}`;
  return [problem(entry, steps, `there is no ${kind} ${showValue(name)}`, hint)];
}

/** A section is republished as a topic of its own id. */
function clash(topic: Entry, sections: readonly Entry[]): readonly Problem[] {
  const id = textOf(topic, "id");
  const section = sections.find((other) => id !== undefined && textOf(other, "id") === id);
  if (section === undefined) return [];
  return [problem(topic, ["id"], `${showValue(id)} is a section's id`, "give the topic another")];
}

/** A file that cannot be read names nothing, and nobody is told that what it should name is unknown. */
function namesIn(
  entries: Readonly<Record<"publishers" | "feeds" | "sections" | "topics", readonly Entry[]>>,
): QueryNames {
  const ids = (kind: keyof typeof entries): readonly string[] =>
    entries[kind].flatMap((one) => textOf(one, "id") ?? []);
  const named = (["publishers", "feeds", "sections"] as const).flatMap((kind) =>
    entries[kind].length === 0 ? [] : [[kind, new Set(ids(kind))] as const],
  );
  const queries = entries.topics.map((topic) => [textOf(topic, "id") ?? "", textOf(topic, "query") ?? "*"] as const);
  const topics = new Map([...ids("sections").map((id) => [id, `section:${id}`] as const), ...queries]);
  return { ...Object.fromEntries(named), topics };
}

function badQuery(topic: Entry, checkQuery: CheckQuery | undefined, names: QueryNames): readonly Problem[] {
  const query = textOf(topic, "query");
  const bad = query === undefined ? undefined : checkQuery?.(query, names);
  if (query === undefined || bad === undefined) return [];
  const near = query.slice(bad.at, bad.at + 20);
  const place = near === "" ? "at its end" : `at character ${bad.at + 1}, ${showValue(near)}`;
  return [problem(topic, ["query"], bad.message, `look ${place}`)];
}
