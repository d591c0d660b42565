/**
 * What is one story, by our desk and by the methods that feed readers publish, on the same items in one run:
 *   node bench/stories.ts
 * German front pages of six days under ../shared/data: rule-made copies, labelled stories, pairs that one reader judged
 * (E same event, T same running story, N neither).
 */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { openDesk } from "../src/desk/desk.ts";
import { type FeedId, itemId, type PublisherId } from "../src/model/ids.ts";
import { readSections } from "../src/settings/settings.ts";
import type { Headline, Method } from "./peers/headline.ts";
import { contentOverlap, sameTitleOrUrl, trigrams, wordOverlap } from "./peers/methods.ts";
import { bcubed, counted, pairwise } from "./scores.ts";

interface Labelled {
  readonly publisher: string;
  readonly first_seen: string;
  readonly url: string;
  readonly title: string;
  readonly teaser: string | null;
  readonly dup: string | null;
  readonly story: string | null;
}

interface Pair {
  readonly a: string;
  readonly b: string;
  readonly label: "E" | "T" | "N";
}

const root = path.join(import.meta.dirname, "..");
const data = path.join(root, "../shared/data");
if (!existsSync(data)) {
  console.error(`there is no ${data}: nothing to compare on`);
  process.exit(1);
}
const labelled = rows<Labelled>("frontpage-de.jsonl");
const headlines = labelled.map(headlineOf);
const pairs = rows<Pair>("pairs-de.jsonl");

const desk = deskMethods();
console.log(`${headlines.length} items, ${labelled.filter(({ story }) => story).length} of them with a labelled story`);
console.table([
  judged("same title or address", sameTitleOrUrl),
  judged("trigrams of titles >= 0.75 (tt-rss)", trigrams),
  judged("85 % of the content (Feedly-like)", contentOverlap),
  judged("word overlap >= 0.6 (NewsBlur)", wordOverlap),
  judged("Ressort, copies", desk.copies),
  judged("Ressort, stories", desk.stories),
]);

function judged(name: string, method: Method) {
  const started = performance.now();
  const keys = method(headlines);
  const seconds = (performance.now() - started) / 1000;
  const copies = pairwise(
    keys,
    labelled.map(({ dup }) => dup ?? undefined),
  );
  const told = labelled.flatMap(({ story }, n) => (story ? [{ key: keys[n] ?? "", story }] : []));
  const stories = bcubed(
    told.map(({ key }) => key),
    told.map(({ story }) => story),
  );
  const keyOf = new Map(labelled.map(({ url }, n) => [url, keys[n]]));
  const joined = (label: Pair["label"]) => {
    const known = pairs.filter((pair) => pair.label === label && keyOf.has(pair.a) && keyOf.has(pair.b));
    return `${known.filter(({ a, b }) => keyOf.get(a) === keyOf.get(b)).length}/${known.length}`;
  };
  return {
    method: name,
    "copies P": copies.precision.toFixed(3),
    "copies R": copies.recall.toFixed(3),
    "copies F1": copies.f1.toFixed(3),
    "stories P": stories.precision.toFixed(3),
    "stories R": stories.recall.toFixed(3),
    "stories F1": stories.f1.toFixed(3),
    "E T N": `${joined("E")} ${joined("T")} ${joined("N")}`,
    largest: Math.max(...counted(keys).values()),
    "items/s": Math.round(headlines.length / seconds).toLocaleString("en"),
  };
}

/** One run of the desk, read off twice: what is a copy of what, and what tells one story, all merges done. */
function deskMethods(): { readonly copies: Method; readonly stories: Method } {
  const run = (items: readonly Headline[]) => {
    const one = openDesk({ sections: readSections(path.join(root, "config")), publishers: [] });
    const decided = new Map<string, { copyOf?: string; story: string }>();
    for (const item of items) {
      const { decisions, moved } = one.take({ kind: "new", item: newsItem(item) });
      for (const { item: id, copyOf, story } of decisions)
        decided.set(id, { story, ...(copyOf !== undefined && { copyOf }) });
      for (const { item: id, story } of moved) decided.set(id, { ...decided.get(id), story });
    }
    return decided;
  };
  return {
    copies: (items) => {
      const decided = run(items);
      return items.map(({ id }) => decided.get(id)?.copyOf ?? id);
    },
    stories: (items) => {
      const decided = run(items);
      return items.map(({ id }) => decided.get(id)?.story ?? id);
    },
  };
}

function newsItem({ id, publisher, title, teaser, url, arrivedAt }: Headline) {
  return {
    ...{ id: itemId(id), iri: id, feed: "bench" as FeedId, publisher: publisher as PublisherId },
    ...{ title, teaser, permalink: url, language: "de", arrivedAt, revision: 0, digest: "" },
  };
}

function headlineOf({ url, publisher, title, teaser, first_seen }: Labelled): Headline {
  return { id: url, publisher, title, teaser: teaser ?? "", url, arrivedAt: Date.parse(`${first_seen}Z`) };
}

function rows<Row>(name: string): readonly Row[] {
  return readFileSync(path.join(data, name), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Row);
}
