/**
 * Does the desk's memory end? `node bench/desk-memory.ts [ITEMS]` tells a million items: front pages under ../shared/data
 * again and again, each time later and with a third of their names and nouns exchanged, so that nothing repeats and new
 * words never cease; without them, a made-up press. Fails where the second half needs a tenth more.
 */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { packLines } from "../src/adapters/packed-lines.ts";
import { openDesk } from "../src/desk/desk.ts";
import { feedId, itemId, type PublisherId } from "../src/model/ids.ts";
import type { NewsItem } from "../src/model/news.ts";
import { MINUTE } from "../src/model/time.ts";
import { readSections } from "../src/settings/settings.ts";
import { syntheticPress } from "./synthetic-press.ts";

const COUNT = Number(process.argv[2] ?? 1_000_000);
const ROWS = 10;
const MOST_GROWTH = 1.1;
const MADE_UP = 13_000;
const SYLLABLES = "Bra Den Fol Gur Hap Jel Kro Lun Mip Nas Pel Quo Rit Sol Tur Vag Wen Zir".split(" ");

interface Piece {
  readonly url: string;
  readonly publisher: string;
  readonly title: string;
  readonly teaser: string;
  readonly at: number;
}

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

const root = path.join(import.meta.dirname, "..");
const shared = path.join(root, "../shared/data/frontpage-de.jsonl");
const pieces = existsSync(shared) ? frontPages(shared) : madeUp();
const round = (pieces.at(-1)?.at ?? 0) - (pieces[0]?.at ?? 0) + MINUTE;
const desk = openDesk({ sections: readSections(path.join(root, "config")), publishers: [] });

console.log(`${COUNT.toLocaleString("en")} items, ${existsSync(shared) ? "German front pages" : "made up"}\n`);
row("items", "heap MB", "on desk", "texts", "stories", "terms", "snapshot MB", "packed MB", "aliases", "items/s");
let aliases = 0;
let started = performance.now();
const heaps: number[] = [];
for (let n = 0; n < COUNT; n += 1) {
  aliases += desk.take({ kind: "new", item: itemAt(n) }).aliases.length;
  if ((n + 1) % (COUNT / ROWS) === 0) await report(n + 1);
}
const half = heaps.length / 2;
const growth = Math.max(...heaps.slice(half)) / Math.max(...heaps.slice(0, half));
console.log(`\nthe second half needs ${growth.toFixed(2)} times the first's memory, at most ${MOST_GROWTH} is well`);
process.exitCode = growth > MOST_GROWTH ? 1 : 0;

async function report(told: number): Promise<void> {
  const perSecond = COUNT / ROWS / ((performance.now() - started) / 1000);
  const bytes = [...desk.snapshot()].reduce((sum, line) => sum + line.length, 0);
  const packed = await packLines(desk.snapshot());
  collect();
  const heap = process.memoryUsage().heapUsed;
  heaps.push(heap);
  const { items, texts, stories, terms } = desk.size;
  const counts = [items, texts, stories, terms].map((count) => count.toLocaleString("en"));
  row(
    told.toLocaleString("en"),
    mb(heap),
    ...counts,
    mb(bytes),
    mb(packed.length),
    String(aliases),
    perSecond.toFixed(0),
  );
  started = performance.now();
}

function itemAt(n: number): NewsItem {
  const turn = Math.floor(n / pieces.length);
  const piece = pieces[n % pieces.length];
  if (piece === undefined) throw new Error("there are no pieces");
  const { url, publisher, title, teaser, at } = piece;
  const id = `${url}/${turn}`;
  return {
    ...{
      id: itemId(id),
      iri: id,
      permalink: id,
      feed: feedId("bench"),
      publisher: publisher as PublisherId,
      language: "de",
    },
    ...{ title: varied(title, turn), teaser: varied(teaser, turn) },
    ...{ arrivedAt: at + turn * round, revision: 0, digest: "" },
  };
}

/** The same word becomes the same other word all through a turn. */
function varied(text: string, turn: number): string {
  return text.replace(/\p{Lu}\p{L}{4,}/gu, (word) => {
    let hash = turn + 1;
    for (let at = 0; at < word.length; at += 1) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193) >>> 0;
    if (hash % 3 > 0) return word;
    const beginning = [hash >>> 4, hash >>> 9, hash >>> 14].map((part) => SYLLABLES[part % SYLLABLES.length]).join("");
    return `${beginning.charAt(0)}${beginning.slice(1).toLowerCase()}${word.slice(2)}`;
  });
}

function frontPages(file: string): readonly Piece[] {
  return readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line))
    .map(({ url, publisher, title, teaser, first_seen }) => ({
      ...{ url, publisher, title, teaser: teaser ?? "", at: Date.parse(`${first_seen}Z`) },
    }));
}

function madeUp(): readonly Piece[] {
  return syntheticPress(MADE_UP).items.map(({ item }, n) => ({
    ...{ url: item.iri, publisher: item.publisher, title: item.title, teaser: item.teaser ?? "" },
    at: item.arrivedAt - n * 40_000,
  }));
}

function mb(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}

function row(...cells: readonly string[]): void {
  console.log(cells.map((cell) => cell.padStart(11)).join(" "));
}
