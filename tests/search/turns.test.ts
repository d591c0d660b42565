import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { parseQuery } from "../../src/query/query.ts";
import { openSearch, readSearch, searchPageOf } from "../../src/search/search.ts";
import { openNewsroom } from "../../workers/web/newsroom.ts";
import { aPlaced, NOON } from "../query/a-placed.ts";
import { temporaryFolder, testSettings } from "../support/test-settings.ts";

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

test("between finding, marking, counting and showing the hits of a page others have their turns", async () => {
  const index = openSearch();
  for (let i = 0; i < 60; i++) index.put(aPlaced({ id: `i${i}`, title: "Goldpreis steigt", arrivedAt: NOON - i }));
  const search = readSearch("goldpreis");
  if (search.kind === "bad") throw new Error(search.message);

  const page = searchPageOf(index, search, { page: 1, order: "relevance", now: NOON });

  // one before it finds, one before it reads what it has found
  expect(await turnsUntil(page)).toBeGreaterThanOrEqual(5);
  expect(await page).toMatchObject({ kind: "found", total: 60, hits: { length: 50 } });
});

test("while a web process takes in what the desk decided at once, others have their turns", async () => {
  using folder = temporaryFolder();
  const newsroom = openNewsroom(testSettings({ dataDir: folder.path }), [], () =>
    Promise.reject(new Error("not here")),
  );
  const placed = Array.from({ length: 100 }, (_, i) => aPlaced({ id: `i${i}`, title: "Goldpreis steigt" }));
  const decisions = placed.map(({ decision }) => decision);

  const heard = newsroom.hear(
    { kind: "outcome", outcome: { decisions, moved: [], aliases: [], withdrawn: [] } },
    new Map(placed.map(({ item }) => [item.id, item])),
  );

  expect(await turnsUntil(heard)).toBeGreaterThanOrEqual(10);
  expect(newsroom.search.size).toBe(100);
});

async function turnsUntil(done: Promise<unknown>): Promise<number> {
  let isDone = false;
  const ended = done.finally(() => {
    isDone = true;
  });
  let turns = 0;
  for (; !isDone; turns++) await setImmediate();
  await ended;
  return turns;
}
