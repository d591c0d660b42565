import { threadWork } from "../../src/adapters/thread-pool.ts";
import { read } from "../../src/road.ts";
import { fuzzCase } from "./mutate.ts";
import { offencesOf } from "./offences.ts";

export interface FuzzJob {
  readonly seed: number;
  readonly from: number;
  readonly to: number;
}

export interface FuzzAnswer {
  readonly readable: number;
  readonly slowestMs: number;
  readonly faults: readonly Fault[];
}

export interface Fault {
  readonly number: number;
  readonly what: string;
}

export const DEADLINE_MS = 2000;

/** Reads the cases of these numbers, and says what went wrong. */
export const work = threadWork<FuzzJob, FuzzAnswer>(async ({ seed, from, to }) => {
  const faults: Fault[] = [];
  let [readable, slowestMs] = [0, 0];
  for (let number = from; number < to; number++) {
    const { faults: found, isReadable, tookMs } = await runCase(seed, number);
    faults.push(...found.map((what) => ({ number, what })));
    slowestMs = Math.max(slowestMs, tookMs);
    if (isReadable) readable++;
  }
  return { readable, slowestMs, faults };
});

async function runCase(seed: number, number: number) {
  const document = { url: "https://press.example/feed", ...fuzzCase(seed, number) };
  const start = performance.now();
  try {
    const reading = await read(document, ["Politik", "Wirtschaft"]);
    const tookMs = performance.now() - start;
    const late = tookMs > DEADLINE_MS ? [`took ${Math.round(tookMs)} ms`] : [];
    return { isReadable: reading.kind === "read", tookMs, faults: [...offencesOf(reading), ...late] };
  } catch (error) {
    return { isReadable: false, tookMs: 0, faults: [`threw ${error instanceof Error ? error.stack : error}`] };
  }
}
