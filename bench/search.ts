/**
 * Search beside one undivided MiniSearch and SQLite's FTS5, in one run on one machine, so that the ratios mean
 * something elsewhere too.
 *
 *     node bench/search.ts [--items 100000,500000] [--queries 300] [--only ressort]
 *
 * Queries are 1 to 3 words of rank 30 to 20,000: as they are (Ressort finds their forms, too), between quotation marks,
 * the last one only begun (5 letters), and 8 beginnings of 3 letters at once. Each engine counts all hits and gives the
 * best 20. A query's time is this thread's CPU, the best of three. Memory is heap and buffers for those in JavaScript,
 * pages for SQLite; the items are not counted, though Ressort has them packed as well. "rss" is all that the engine's
 * process has then, the invented items and what is left of its threads included. "again" is a start with the packed
 * parts of the run before; "longest block" is what others in the thread waited for, while the index was built and while
 * it was asked. The second table is Ressort's figure by each other's. What the web role needs for all of it:
 * bench/restart.ts.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { DatabaseSync } from "node:sqlite";
import { parseArgs } from "node:util";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import MiniSearch from "minisearch";
import type { Placed } from "../src/model/news.ts";
import { parseQuery, spellingsOf, TOPIC_LIMITS, termsOf } from "../src/query/query.ts";
import { openSearch } from "../src/search/search.ts";
import { chanceFrom } from "../tests/support/chance.ts";
import { temporaryFolder, testSettings } from "../tests/support/test-settings.ts";
import { openPacker } from "../workers/web/packer.ts";
import { syntheticPress } from "./synthetic-press.ts";
import { THRIFTY_MALLOC } from "./thrifty.ts";

interface Engine {
  readonly name: string;
  load(items: readonly Placed[]): Promise<void>;
  replace(placed: Placed): void;
  /** how many match; a "*" at a word's end asks for words that begin so */
  find(words: readonly string[], how: "AND" | "OR"): number;
  /** bytes */
  memory(): number;
  /** the same for others in the thread: pauses in between */
  ask?(words: readonly string[], how: "AND" | "OR"): Promise<unknown>;
}

const HITS = 20;
const NOW = Date.parse("2026-03-01");
/** No series of queries takes longer, whatever the machine. */
const LONGEST_SERIES_MS = 30_000;
const LOADED_AT_ONCE = 50;

setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");
const { values: options } = parseArgs({
  options: {
    items: { type: "string", default: "100000" },
    queries: { type: "string", default: "300" },
    only: { type: "string" },
  },
});

type Row = Readonly<Record<string, string | number>>;

using folder = temporaryFolder();
const ENGINES = [ressort, undivided, fts5] as const;
const rows: Row[] = [];
if (process.send === undefined) await compare();
else process.send(await measureOne(options.only ?? "", Number(options.items)));

async function compare(): Promise<void> {
  for (const items of options.items.split(","))
    for (const { name } of ENGINES)
      if (options.only === undefined || name === options.only) rows.push(await inItsOwnProcess(name, items));
  console.table(rows);
  console.table(rows.filter(({ engine }) => engine !== "ressort").map(ratioTo));
}

async function inItsOwnProcess(engine: string, items: string): Promise<Row> {
  const child = fork(import.meta.filename, ["--only", engine, "--items", items, "--queries", options.queries], {
    env: { ...process.env, ...THRIFTY_MALLOC },
  });
  const [row] = await Promise.race([
    once(child, "message"),
    once(child, "exit").then(([code]) => Promise.reject(new Error(`${engine} ended with ${code}`))),
  ]);
  child.disconnect();
  return row as Row;
}

async function measureOne(name: string, count: number): Promise<Row> {
  const open = ENGINES.find((engine) => engine.name === name);
  if (open === undefined) throw new Error(`there is no engine "${name}"`);
  const { items, wordOfRank } = syntheticPress(count);
  return await measured(open, items, questions(Number(options.queries), wordOfRank));
}

/** A figure below 1 is less than the other's. */
function ratioTo(other: Row): Row {
  const own = rows.find(({ engine, items }) => engine === "ressort" && items === other["items"]) ?? {};
  const ratios = Object.entries(other).flatMap(([name, figure]) => {
    const mine = own[name];
    const isMeasured = typeof figure === "number" && typeof mine === "number" && name !== "items" && name !== "hits";
    return isMeasured ? [[name, rounded(mine / figure)] as const] : [];
  });
  return { "ressort :": other["engine"] ?? "", items: other["items"] ?? 0, ...Object.fromEntries(ratios) };
}

interface Questions {
  readonly words: readonly (readonly string[])[];
  readonly exact: readonly (readonly string[])[];
  readonly begun: readonly (readonly string[])[];
  readonly worst: readonly (readonly string[])[];
}

function questions(count: number, wordOfRank: (rank: number) => string): Questions {
  const random = chanceFrom(7);
  const word = (): string => wordOfRank(Math.floor(30 * (20_000 / 30) ** random()));
  const exact = Array.from({ length: count }, (_, i) => Array.from({ length: 1 + (i % 3) }, word));
  return {
    words: exact,
    exact: exact.map((words) => words.map((one) => `"${one}"`)),
    begun: exact.map((words) => [...words.slice(0, -1), `${(words.at(-1) ?? "").slice(0, 5)}*`]),
    worst: exact.slice(0, 20).map(() => Array.from({ length: 8 }, () => `${word().slice(0, 3)}*`)),
  };
}

async function measured(open: () => Engine, items: readonly Placed[], asked: Questions): Promise<Row> {
  const engine = open();
  const blocks = monitorEventLoopDelay({ resolution: 1 });
  blocks.enable();
  const build = await lasted(() => engine.load(items));
  blocks.disable();
  const memory = engine.memory();
  const { rss } = process.memoryUsage();
  const [words, exact, begun, worst] = [
    series(engine, asked.words, "AND"),
    series(engine, asked.exact, "AND"),
    series(engine, asked.begun, "AND"),
    series(engine, asked.worst, "OR"),
  ];
  const upkeep = items.slice(-200);
  const replaced = worked(() => {
    for (const placed of upkeep) engine.replace(placed);
  });
  const again = engine.ask === undefined ? undefined : await lasted(() => open().load(items));
  const row = {
    ...{ engine: engine.name, items: items.length, hits: exact.answers },
    ...{ "build s": rounded(build / 1000), "again s": again === undefined ? "" : rounded(again / 1000) },
    ...{ "memory MB": Math.round(memory / 1e6), "rss MB": Math.round(rss / 1e6) },
    ...{ "words p50": quantile(words.times, 0.5), "words p99": quantile(words.times, 0.99) },
    ...{ "exact p50": quantile(exact.times, 0.5), "exact p99": quantile(exact.times, 0.99) },
    ...{ "begun p99": quantile(begun.times, 0.99), "worst p50": quantile(worst.times, 0.5) },
    "replace ms": rounded(replaced / upkeep.length),
  };
  if (engine.ask === undefined) return row;
  return { ...row, "longest block ms": Math.round(Math.max(blocks.max / 1e6, await blockOf(engine.ask, asked))) };
}

async function blockOf(ask: NonNullable<Engine["ask"]>, { words, begun, worst }: Questions): Promise<number> {
  const blocks = monitorEventLoopDelay({ resolution: 1 });
  blocks.enable();
  for (const some of [...words, ...begun]) await ask(some, "AND");
  for (const some of worst) await ask(some, "OR");
  blocks.disable();
  return blocks.max / 1e6;
}

function ressort(): Engine {
  const settings = testSettings({ dataDir: folder.path });
  const packer = openPacker({ settings, now: Date.now, log: console });
  const held = holding();
  const index = openSearch({ maxItems: Number.POSITIVE_INFINITY, pack: packer.pack });
  const queryOf = (words: readonly string[], how: string) => {
    const parsed = parseQuery(words.join(` ${how} `), TOPIC_LIMITS);
    if (parsed.kind === "bad") throw new Error(parsed.message);
    return parsed.query;
  };
  return {
    name: "ressort",
    async load(items) {
      for (let from = 0; from < items.length; from += LOADED_AT_ONCE) {
        index.load(items.slice(from, from + LOADED_AT_ONCE));
        await new Promise((resolve) => setImmediate(resolve));
      }
      await index.loaded();
      await packer[Symbol.asyncDispose]();
    },
    replace({ item, decision }) {
      index.put({ item: { ...item, title: `${item.title} neu` }, decision });
    },
    find: (words, how) => index.find(queryOf(words, how), { limit: HITS, now: NOW }).total,
    ask: (words, how) => index.ask(queryOf(words, how), { limit: HITS, now: NOW }),
    memory: held,
  };
}

function undivided(): Engine {
  const held = holding();
  const index = new MiniSearch({
    fields: ["title", "teaser"],
    tokenize: termsOf,
    processTerm: (term) => [...spellingsOf(term)],
    searchOptions: { tokenize: (term) => [term], processTerm: (term) => term, boost: { title: 2 } },
  });
  return {
    name: "undivided",
    async load(items) {
      for (const { item } of items) index.add(item);
    },
    replace({ item }) {
      index.remove(item);
      index.add(item);
    },
    find(words, combineWith) {
      const queries = words.map((word) => ({
        combineWith: "OR" as const,
        queries: [...spellingsOf(word.replace(/[*"]/g, ""))],
        prefix: word.endsWith("*"),
      }));
      return index.search({ combineWith, queries }).length;
    },
    memory: held,
  };
}

function fts5(): Engine {
  const db = new DatabaseSync(":memory:");
  db.exec(
    "create virtual table press using fts5(title, teaser, content='', contentless_delete=1, prefix='3 5', tokenize='unicode61 remove_diacritics 2')",
  );
  const insert = db.prepare("insert into press(rowid, title, teaser) values (?, ?, ?)");
  const remove = db.prepare("delete from press where rowid = ?");
  const best = db.prepare(`select rowid from press where press match ? order by bm25(press, 2, 1) limit ${HITS}`);
  const total = db.prepare("select count(*) as total from press where press match ?");
  const rowOf = ({ item }: Placed): number => Number(item.id.slice(1));
  const put = (placed: Placed) => insert.run(rowOf(placed), placed.item.title, placed.item.teaser ?? "");
  return {
    name: "fts5",
    async load(items) {
      items.forEach(put);
    },
    replace(placed) {
      remove.run(rowOf(placed));
      put(placed);
    },
    find(words, how) {
      const asked = words.map((word) =>
        word.endsWith("*") ? `"${word.slice(0, -1)}" *` : `"${word.replaceAll('"', "")}"`,
      );
      const match = asked.join(` ${how} `);
      best.all(match);
      return Number(total.get(match)?.["total"]);
    },
    memory: () =>
      Number(
        db.prepare("select page_count * page_size as bytes from pragma_page_count, pragma_page_size").get()?.["bytes"],
      ),
  };
}

/** What has come to be held since now. */
function holding(): () => number {
  const held = (): number => {
    collectGarbage();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
  const before = held();
  return () => held() - before;
}

function series({ find }: Engine, asked: readonly (readonly string[])[], how: "AND" | "OR") {
  const times: number[] = [];
  const deadline = performance.now() + LONGEST_SERIES_MS;
  let answers = 0;
  for (const words of asked) {
    answers += find(words, how);
    times.push(Math.min(...[1, 2, 3].map(() => worked(() => find(words, how)))));
    if (performance.now() > deadline) break;
  }
  return { times: times.sort((a, b) => a - b), answers };
}

/** Milliseconds of this thread's CPU, whatever the machine does meanwhile. */
function worked(work: () => unknown): number {
  // Linux brings a thread's time up to date only now and then, and here
  process.cpuUsage();
  const started = process.threadCpuUsage();
  work();
  process.cpuUsage();
  const { user, system } = process.threadCpuUsage(started);
  return (user + system) / 1000;
}

async function lasted(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

function quantile(sorted: readonly number[], part: number): number {
  return rounded(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN);
}

function rounded(figure: number): number {
  return Number(figure.toPrecision(3));
}
