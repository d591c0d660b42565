import { writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { expect, test } from "vitest";
import { type ThreadPool, threadPool } from "../../src/adapters/thread-pool.ts";
import { hasCorpus } from "./documents.ts";
import { DEADLINE_MS, type Fault, type FuzzAnswer, type FuzzJob } from "./fuzz-thread.ts";
import { fuzzCase } from "./mutate.ts";

const SEED = Number(process.env["FUZZ_SEED"] ?? Math.floor(Math.random() * 2 ** 31));
const ONE_CASE = process.env["FUZZ_CASE"];
const CASES = Number(process.env["FUZZ_CASES"] ?? 50_000);
/** The machine may be slow and busy; a case takes about a millisecond. */
const TIME_LIMIT_MS = 110_000;
const BATCH = 250;
const MANY_DEADLINES_MS = 30_000;
/** Enough to see what is wrong. */
const MAX_FAULTS = 10;

test.skipIf(ONE_CASE !== undefined)(
  "whatever becomes of a document on its way, reading it neither breaks nor lets harm through",
  async () => {
    if (!hasCorpus()) console.warn("FUZZ: there is no ../shared/corpus; our own fixtures are mutated instead");
    console.log(`fuzz: FUZZ_SEED=${SEED}, ${CASES} cases`);

    const { done, readable, slowestMs, faults } = await run();

    console.log(
      `fuzz: ${done} cases, ${readable} readable, slowest ${Math.round(slowestMs)} ms, ${faults.length} faults`,
    );
    expect(faults.map(replay)).toEqual([]);
    expect(done).toBe(CASES);
    // most mutations leave something to read, else the reader is not what is tried here
    expect(readable).toBeGreaterThan(CASES / 2);
  },
  TIME_LIMIT_MS + 60_000,
);

test.runIf(ONE_CASE !== undefined)("one case again", async () => {
  const number = Number(ONE_CASE);
  const file = path.join(tmpdir(), `fuzz-${SEED}-${number}.feed`);
  const { bytes, headers } = fuzzCase(SEED, number);
  writeFileSync(file, bytes);
  console.log(`fuzz: the document is ${file}, its headers ${JSON.stringify(headers)}`);
  await using pool = openPool(DEADLINE_MS);

  expect(await runAlone(pool, number)).toMatchObject({ faults: [] });
});

const replay = ({ number, what }: Fault): string => `FUZZ_SEED=${SEED} FUZZ_CASE=${number}: ${what.slice(0, 500)}`;

interface Sum extends FuzzAnswer {
  readonly done: number;
}

async function run(): Promise<Sum> {
  await using pool = openPool(MANY_DEADLINES_MS);
  const until = performance.now() + TIME_LIMIT_MS;
  const starts = Array.from({ length: Math.ceil(CASES / BATCH) }, (_, batch) => batch * BATCH).values();
  let sum: Sum = { done: 0, readable: 0, slowestMs: 0, faults: [] };
  const worker = async (): Promise<void> => {
    for (const from of starts) {
      if (performance.now() > until || sum.faults.length >= MAX_FAULTS) return;
      const to = Math.min(from + BATCH, CASES);
      const answer = await runBatch(pool, from, to);
      sum = plus(sum, to - from, answer);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return sum;
}

const plus = (sum: Sum, done: number, { readable, slowestMs, faults }: FuzzAnswer): Sum => ({
  done: sum.done + done,
  readable: sum.readable + readable,
  slowestMs: Math.max(sum.slowestMs, slowestMs),
  faults: [...sum.faults, ...faults],
});

/** A thread that dies or hangs does not say at which case: then each is tried alone. */
async function runBatch(pool: ThreadPool<FuzzJob, FuzzAnswer>, from: number, to: number): Promise<FuzzAnswer> {
  const ran = await pool.run({ seed: SEED, from, to });
  if (ran.kind === "done") return ran.answer;
  await using single = openPool(DEADLINE_MS);
  let sum: Sum = { done: 0, readable: 0, slowestMs: 0, faults: [] };
  for (let number = from; number < to; number++) {
    const answer = await runAlone(single, number);
    sum = plus(sum, 1, answer);
  }
  if (sum.faults.length > 0) return sum;
  return { ...sum, faults: [{ number: from, what: `this and the next ${to - from} together: ${ran.kind}` }] };
}

async function runAlone(pool: ThreadPool<FuzzJob, FuzzAnswer>, number: number): Promise<FuzzAnswer> {
  const ran = await pool.run({ seed: SEED, from: number, to: number + 1 });
  if (ran.kind === "done") return ran.answer;
  const what = ran.kind === "died" ? `the thread died: ${ran.why}` : `took longer than ${DEADLINE_MS} ms`;
  return { readable: 0, slowestMs: DEADLINE_MS, faults: [{ number, what }] };
}

const openPool = (deadlineMs: number): ThreadPool<FuzzJob, FuzzAnswer> =>
  threadPool(new URL("fuzz-thread.ts", import.meta.url), { threads: availableParallelism(), deadlineMs });
