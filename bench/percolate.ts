/**
 * Into which of many topics does an item go?  node bench/percolate.ts [--topics 1000,10000] [--items 500]
 *
 * Each topic asks for five alternatives as editors write them: words, phrases, beginnings, some within a section. Beside
 * it, in the same run, every topic asked about every item, one after the other. Times are this thread's CPU, whoever
 * else keeps the machine busy.
 */
import { parseArgs } from "node:util";
import { sectionId } from "../src/model/ids.ts";
import type { Placed } from "../src/model/news.ts";
import { matches, parseQuery, percolator } from "../src/query/query.ts";
import { chanceFrom } from "../tests/support/chance.ts";
import { syntheticPress } from "./synthetic-press.ts";

const { values } = parseArgs({
  options: { topics: { type: "string", default: "1000,10000" }, items: { type: "string", default: "500" } },
});
const SECTIONS = ["politik", "wirtschaft", "sport", "kultur", "panorama"].map((id) => sectionId(id));
const LOOPED = 50;

const { items, wordOfRank } = syntheticPress(Number(values.items));
const placed: readonly Placed[] = items.map(({ item, decision }, n) => {
  const section = SECTIONS[n % SECTIONS.length];
  return { item, decision: { ...decision, ...(section !== undefined && { section }) } };
});

console.table(values.topics.split(",").map((count) => measured(Number(count))));

function measured(count: number) {
  const random = chanceFrom(count);
  const word = (): string => wordOfRank(Math.floor(100 * (50_000 / 100) ** random()));
  const topics = Array.from({ length: count }, (_, n) => ({ query: queryOf(topicText(n, word)) }));
  let percolate = percolator(topics);
  const compiled = timed(() => {
    percolate = percolator(topics);
  });
  for (const one of placed.slice(0, LOOPED)) percolate(one, 0);
  const times = placed.map((one) => timed(() => percolate({ ...one, item: { ...one.item } }, 0))).sort((a, b) => a - b);
  const few = placed.slice(0, LOOPED);
  const loop = timed(() => few.map((one) => topics.filter(({ query }) => matches(query, one, 0)))) / LOOPED;
  const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
  return {
    topics: count,
    "indexed in ms": rounded(compiled),
    "an item, mean ms": rounded(mean),
    "p99 ms": rounded(times[Math.floor(times.length * 0.99)] ?? Number.NaN),
    "one by one, ms": rounded(loop),
    ratio: rounded(loop / mean),
    "topics an item": rounded(placed.reduce((sum, one) => sum + percolate(one, 0).length, 0) / placed.length),
  };
}

function topicText(n: number, word: () => string): string {
  const words = Array.from({ length: 4 }, word);
  const alternatives = `${words[0]} OR ${words[1]} OR "${words[2]} ${word()}" OR ${words[3]?.slice(0, 6)}* OR title:${word()}`;
  return n % 4 === 0 ? `section:${SECTIONS[n % SECTIONS.length]} (${alternatives})` : alternatives;
}

function queryOf(text: string) {
  const parsed = parseQuery(text);
  if (parsed.kind === "bad") throw new Error(`${text}: ${parsed.message}`);
  return parsed.query;
}

function timed(work: () => unknown): number {
  const started = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(started);
  return (user + system) / 1000;
}

function rounded(figure: number): number {
  return Number(figure.toPrecision(3));
}
