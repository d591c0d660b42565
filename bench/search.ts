/**
 * Search beside SQLite's FTS5, in one run on one machine, so that the ratio means something elsewhere too.
 *
 *     node bench/search.ts [--items 10000,100000] [--queries 300]
 *
 * Queries are 1 to 3 words of rank 30 to 20,000. Each engine counts all hits and gives the best 20.
 * Memory is the heap for Ressort (items and all), the pages for SQLite.
 */
import { DatabaseSync } from "node:sqlite";
import { parseArgs } from "node:util";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { Placed } from "../src/model/news.ts";
import { parseQuery } from "../src/query/query.ts";
import { openSearch } from "../src/search/search.ts";
import { mulberry32, syntheticPress } from "./synthetic-press.ts";

interface Engine {
  readonly name: string;
  readonly put: (placed: Placed) => void;
  readonly drop: (placed: Placed) => void;
  /** how many match; a "*" at a word's end asks for words that begin so */
  readonly find: (words: readonly string[]) => number;
  /** bytes */
  readonly memory: () => number;
}

const HITS = 20;
/** No series of queries takes longer, whatever the machine. */
const LONGEST_SERIES_MS = 20_000;

setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");

const { values: options } = parseArgs({
  options: { items: { type: "string", default: "10000,100000" }, queries: { type: "string", default: "300" } },
});

type Row = Readonly<Record<string, string | number>>;

function compare(count: number, queries: number): readonly Row[] {
  const { items, wordOfRank } = syntheticPress(count);
  const exact = questions(queries, wordOfRank);
  const prefix = exact.map((words) => [...words.slice(0, -1), `${(words.at(-1) ?? "").slice(0, 5)}*`]);
  const measured = [ressort, fts5].map((open) => measure(open, items, exact, prefix));
  const [ours, theirs] = measured;
  if (!ours || !theirs) return [];
  if (ours.complete && theirs.complete && ours.answers !== theirs.answers)
    console.warn(`the engines disagree: ${ours.answers} and ${theirs.answers} hits`);
  const named = measured.map(({ name, figures }) => ({ engine: name, items: count, ...figures }));
  return [...named, { engine: "ratio", items: count, ...ratios(ours.figures, theirs.figures) }];
}

function questions(count: number, wordOfRank: (rank: number) => string): readonly (readonly string[])[] {
  const random = mulberry32(7);
  const word = (): string => wordOfRank(Math.floor(30 * (20_000 / 30) ** random()));
  return Array.from({ length: count }, (_, i) => Array.from({ length: 1 + (i % 3) }, word));
}

function ressort(): Engine {
  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  const index = openSearch({ maxItems: Number.POSITIVE_INFINITY });
  return {
    name: "ressort (MiniSearch)",
    put: index.put,
    drop: ({ item }) => index.drop(item.id),
    find(words) {
      const parsed = parseQuery(words.join(" "));
      if (parsed.kind === "bad") throw new Error(parsed.message);
      return index.find(parsed.query, { limit: HITS, now: Date.parse("2026-03-01") }).total;
    },
    memory() {
      collectGarbage();
      return process.memoryUsage().heapUsed - before;
    },
  };
}

function fts5(): Engine {
  const db = new DatabaseSync(":memory:");
  db.exec(
    "create virtual table press using fts5(title, teaser, content='', contentless_delete=1, prefix='4 5', tokenize='unicode61 remove_diacritics 2')",
  );
  const insert = db.prepare("insert into press(rowid, title, teaser) values (?, ?, ?)");
  const remove = db.prepare("delete from press where rowid = ?");
  const best = db.prepare(`select rowid from press where press match ? order by bm25(press, 2, 1) limit ${HITS}`);
  const total = db.prepare("select count(*) as total from press where press match ?");
  const rowOf = ({ item }: Placed): number => Number(item.id.slice(1));
  return {
    name: "SQLite FTS5 (memory)",
    put: (placed) => insert.run(rowOf(placed), placed.item.title, placed.item.teaser ?? ""),
    drop: (placed) => remove.run(rowOf(placed)),
    find(words) {
      const match = words.map((word) => (word.endsWith("*") ? `"${word.slice(0, -1)}" *` : `"${word}"`)).join(" AND ");
      best.all(match);
      return Number(total.get(match)?.["total"]);
    },
    memory: () =>
      Number(
        db.prepare("select page_count * page_size as bytes from pragma_page_count, pragma_page_size").get()?.["bytes"],
      ),
  };
}

interface Measured {
  readonly name: string;
  /** of all exact queries together */
  readonly answers: number;
  /** false where time ran out before the queries did */
  readonly complete: boolean;
  readonly figures: Readonly<Record<string, number>>;
}

function measure(
  open: () => Engine,
  items: readonly Placed[],
  exact: readonly (readonly string[])[],
  prefix: readonly (readonly string[])[],
): Measured {
  const engine = open();
  const build = worked(() => items.forEach(engine.put));
  const memory = engine.memory();
  const [exactSeries, prefixSeries] = [series(engine, exact), series(engine, prefix)];
  const upkeep = items.slice(0, 1000);
  const replaced = worked(() => {
    upkeep.forEach(engine.drop);
    upkeep.forEach(engine.put);
  });
  return {
    name: engine.name,
    answers: exactSeries.answers,
    complete: exactSeries.times.length === exact.length,
    figures: {
      "build s": rounded(build / 1000),
      "memory MB": rounded(memory / 2 ** 20),
      "AND p50 ms": quantile(exactSeries.times, 0.5),
      "AND p99 ms": quantile(exactSeries.times, 0.99),
      "prefix p50 ms": quantile(prefixSeries.times, 0.5),
      "prefix p99 ms": quantile(prefixSeries.times, 0.99),
      "replace ms": rounded(replaced / upkeep.length),
    },
  };
}

function series(
  { find }: Engine,
  asked: readonly (readonly string[])[],
): { readonly times: readonly number[]; readonly answers: number } {
  const times: number[] = [];
  const deadline = performance.now() + LONGEST_SERIES_MS;
  let answers = 0;
  for (const words of asked) {
    answers += find(words);
    times.push(timed(() => find(words)));
    if (performance.now() > deadline) break;
  }
  return { times: times.sort((a, b) => a - b), answers };
}

/** Milliseconds of this thread's CPU, whatever the machine does meanwhile; too coarse for a single query. */
function worked(work: () => unknown): number {
  const started = process.threadCpuUsage();
  work();
  const ended = process.threadCpuUsage();
  return (ended.user + ended.system - started.user - started.system) / 1000;
}

/** Milliseconds, the best of three: on a busy machine the others measure the neighbours. */
const timed = (work: () => unknown): number =>
  Math.min(
    ...[1, 2, 3].map(() => {
      const started = performance.now();
      work();
      return performance.now() - started;
    }),
  );

const quantile = (sorted: readonly number[], part: number): number =>
  rounded(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN);

const rounded = (figure: number): number => Number(figure.toPrecision(3));

const ratios = (ours: Measured["figures"], theirs: Measured["figures"]): Row =>
  Object.fromEntries(
    Object.entries(ours).map(([name, figure]) => [name, rounded(figure / (theirs[name] ?? Number.NaN))]),
  );

const rows = options.items.split(",").flatMap((count) => compare(Number(count), Number(options.queries)));
console.table(rows);
