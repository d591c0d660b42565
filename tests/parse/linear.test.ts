import process from "node:process";
import { describe, expect, test } from "vitest";
import { read } from "../../src/road.ts";
import { HOSTILE } from "./hostile.ts";

const FIRST_SIZE = 20_000;
/** Ten times this is near to what the fetcher takes at the most. */
const LAST_SIZE = 1_600_000;
const GROWTH = 10;
/** Ten times the work, and some for memory that no cache holds any more. What is quadratic takes a hundred times as long. */
const AT_MOST = 12;
/** Milliseconds for ten small documents: less of the processor's time is not measured exactly. */
const MEASURABLE = 50;
/** Another program may crowd the caches just now: only a time that never gets better is ours. */
const ROUNDS = 8;

describe("reading a document ten times as long takes ten times as long", () => {
  test.each(HOSTILE)("%s", async (_kind, make) => {
    const size = await measurableSize(make);
    const [small, large] = [make(size), make(GROWTH * size)];
    let [tookTen, tookLarge] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    const limit = (): number => (AT_MOST / GROWTH) * Math.max(tookTen, MEASURABLE);

    for (let round = 0; round < ROUNDS && (round < 2 || tookLarge > limit()); round++) {
      tookTen = Math.min(tookTen, await timeOf(small, GROWTH));
      tookLarge = Math.min(tookLarge, await timeOf(large, 1));
    }

    expect(tookLarge).toBeLessThanOrEqual(limit());
  });
});

async function measurableSize(make: (size: number) => string): Promise<number> {
  let size = FIRST_SIZE;
  await timeOf(make(size), GROWTH);
  while (size < LAST_SIZE && (await timeOf(make(size), GROWTH)) < MEASURABLE) size *= 2;
  return size;
}

/** Milliseconds of this thread on a processor, however busy the machine is. */
async function timeOf(text: string, times: number): Promise<number> {
  const document = { url: "https://press.example/feed", headers: {}, bytes: Buffer.from(text) };
  const before = process.threadCpuUsage();
  for (let round = 0; round < times; round++) await read(document, ["Politik", "Wirtschaft"]);
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}
