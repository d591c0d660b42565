import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { parseQuery } from "../../src/query/query.ts";
import { openSearch } from "../../src/search/search.ts";
import { aPlaced, NOON } from "../query/a-placed.ts";

const MANY = 60;

test("however many search at once, others wait for one turn of one of them", async () => {
  const index = openSearch();
  for (let i = 0; i < 3000; i++) index.put(aPlaced({ id: `i${i}`, title: "Goldpreis steigt", arrivedAt: NOON - i }));
  await index.loaded();
  const parsed = parseQuery("author:niemand");
  if (parsed.kind === "bad") throw new Error(parsed.message);
  await index.ask(parsed.query, { limit: 10, now: NOON });

  let isDone = false;
  const all = Array.from({ length: MANY }, () => index.ask(parsed.query, { limit: 10, now: NOON }));
  const searching = Promise.all(all).finally(() => {
    isDone = true;
  });
  let longest = 0;
  while (!isDone) {
    const before = process.threadCpuUsage();
    await setImmediate();
    const { user, system } = process.threadCpuUsage(before);
    longest = Math.max(longest, (user + system) / 1000);
  }

  expect((await searching).map(({ total }) => total)).toEqual(Array.from({ length: MANY }, () => 0));
  expect(longest).toBeLessThan(75);
});
