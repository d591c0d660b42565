import { existsSync, globSync, readFileSync } from "node:fs";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { threadPool } from "../../src/adapters/thread-pool.ts";
import { writeAttendance } from "../../src/identify/identify.ts";
import type { Document } from "../../src/model/document.ts";
import type { Feed } from "../../src/model/feed.ts";
import type { Reading } from "../../src/model/reading.ts";
import { MINUTE } from "../../src/model/time.ts";
import { writeRecollection } from "../../src/recall/recall.ts";
import type { ReadingJob } from "../../workers/poll/reading-thread.ts";
import { take } from "../../workers/poll/take.ts";
import { openWorld } from "../../workers/world.ts";
import { openTestRedis } from "../support/test-redis.ts";
import { aFeed, aPublisher, SHARED, testSettings } from "../support/test-settings.ts";
import { anEdit, atomOf, type Edition, editionsOf, pressOf, rdfOf, relative, rssOf } from "./editions.ts";

/**
 * Reading only what a document's last edition did not have must tell the same as reading all of it, whatever a
 * publisher does between two editions: same items, same ids, same news in the same order, same memory, and the same
 * items withdrawn and back.
 */

const CORPUS = path.join(SHARED, "corpus", "real");
const isThere = existsSync(CORPUS);
if (!isThere) console.warn(`SKIPPED: editions of real documents need ${CORPUS}`);
/** Of the real documents so many; EDITIONS=2000 takes them all. */
const DOCUMENTS = Number(process.env["EDITIONS"] ?? 60);
const RUNS = Number(process.env["EDITION_RUNS"] ?? 2);
const SECTION_WORDS = ["Politik", "Wirtschaft", "Sport", "Kultur"];
const SMALLEST = 5;

const stack = new AsyncDisposableStack();
let flows: { readonly whole: Flow; readonly changed: Flow };
let parts = 0;
let readings = 0;
let withdrawn = 0;

beforeAll(async () => {
  const server = stack.use(await openTestRedis());
  const reading = stack.use(
    threadPool<ReadingJob, Reading>(new URL("../../workers/poll/reading-thread.ts", import.meta.url), {
      threads: 2,
      deadlineMs: 20_000,
    }),
  );
  const open = async (prefix: string) => {
    const settings = testSettings({ ...server.home, redisPrefix: prefix });
    return { world: stack.use(await openWorld({ ...settings, publishers: [aPublisher("haus")] }, prefix)), reading };
  };
  flows = { whole: await open("whole"), changed: await open("changed") };
});

afterAll(() => stack.disposeAsync());

interface Flow {
  readonly world: Awaited<ReturnType<typeof openWorld>>;
  readonly reading: ReturnType<typeof threadPool<ReadingJob, Reading>>;
}

test("editions of invented documents tell the same read in part as read whole", { timeout: 240_000 }, async () => {
  for (const [n, document] of [rssOf(30), relative(rssOf(30)), atomOf(30), rdfOf(30), rssOf(30, "Politik ")].entries())
    await check(`own-${n}`, document, 20 * RUNS);

  expect(parts).toBeGreaterThan(readings / 16);
});

test("editions that items are taken out of tell the same read in part as read whole", {
  timeout: 240_000,
}, async () => {
  withdrawn = 0;
  const edits = anEdit.filter(({ what }) => ["nothing", "retitle", "takenOut", "putBack"].includes(what));
  for (const [n, document] of [rssOf(40), atomOf(40)].entries())
    await check(`out-${n}`, document, 20 * RUNS, fc.array(edits, { minLength: 4, maxLength: 10 }));

  console.info(`${withdrawn} items withdrawn`);
  expect(withdrawn).toBeGreaterThan(0);
});

test.skipIf(!isThere)(
  "editions of real documents tell the same read in part as read whole",
  { timeout: 3_600_000 },
  async () => {
    const files = globSync("**/*.{xml,rss,rdf,atom,feed}", { cwd: CORPUS }).sort();
    const step = Math.max(1, Math.floor(files.length / DOCUMENTS));
    [parts, readings] = [0, 0];

    for (const [n, file] of files.filter((_, at) => at % step === 0).entries()) {
      const bytes = readFileSync(path.join(CORPUS, file));
      await check(`real-${n}`, { url: `https://haus.example/${n}.xml`, headers: {}, bytes }, RUNS);
    }

    console.info(`${readings} editions, ${parts} read in part`);
    expect(parts).toBeGreaterThan(readings / 25);
  },
);

async function check(
  name: string,
  document: Document,
  runs: number,
  some = fc.array(anEdit, { minLength: 1, maxLength: 8 }),
): Promise<void> {
  const press = pressOf(document);
  if (press === undefined || press.items.length < SMALLEST) return;
  let run = 0;
  await fc.assert(
    fc.asyncProperty(some, async (edits) => {
      const feed = aFeed(`${name}-${run++}`, "haus", document.url);
      const editions = editionsOf(press, edits, document);
      const whole = await travel(flows.whole, feed, editions, true);
      const changed = await travel(flows.changed, feed, editions, false);
      const at = whole.findIndex((told, n) => !isDeepStrictEqual(told, changed[n]));
      if (at >= 0) throw new Error(`${name}, edition ${at}: ${firstDifference(whole[at], changed[at])}`);
      for (const flow of [flows.whole, flows.changed]) await flow.world.redis.flushdb();
    }),
    { numRuns: runs },
  );
}

type Told = Readonly<Record<string, unknown>>;

/** Short enough to be read beside the counterexample. */
function firstDifference(whole: Told | undefined, changed: Told | undefined): string {
  const names = Object.keys({ ...whole, ...changed });
  const name = names.find((one) => !isDeepStrictEqual(whole?.[one], changed?.[one])) ?? "";
  const [a = [], b = []] = [whole, changed].map((told) => JSON.stringify(told?.[name], null, 1)?.split("\n"));
  const at = a.findIndex((line, n) => line !== b[n]);
  return `${name}: whole says ${a.slice(at, at + 3).join(" ")}, changed ${b.slice(at, at + 3).join(" ")}`;
}

/** One poll after the other, each committed before the next. */
async function travel(flow: Flow, feed: Feed, editions: readonly Edition[], isWhole: boolean) {
  const { world } = flow;
  await world.feeds.schedule([feed.id], 0, 0);
  const told: Told[] = [];
  for (const [n, { document, at }] of editions.entries()) {
    if (isWhole) await world.redis.del(world.keys.recollection(feed.id));
    const tools = { ...flow, world: { ...world, now: () => at }, sectionWords: SECTION_WORDS };
    const lease = await world.feeds.takeLease(feed.id, String(n), { now: at, lease: MINUTE, claimedAt: at });
    if (lease.kind === "refused") throw new Error(lease.why);
    const { reading, brought, recollection, attendance } = await take(tools, feed, lease.state, document);
    const { identity, items, known, fresh } = brought;
    const { identity: _, ...state } = lease.state;
    await world.feeds.commit({
      feed: feed.id,
      token: String(n),
      state: { ...state, polledAt: at, bodyHash: String(n), ...(identity !== undefined && { identity }) },
      nextDueAt: at,
      items,
      known,
      ...(recollection !== undefined && {
        recollection: recollection === "none" ? "" : writeRecollection(recollection),
      }),
      ...(attendance !== undefined && { attendance: writeAttendance(attendance) }),
    });
    const isRead = reading.kind === "read";
    if (!isWhole) readings++;
    withdrawn += items.filter(({ news }) => news?.kind === "withdrawn").length;
    if (isRead && reading.trace?.left !== undefined) parts++;
    told.push({
      items,
      fresh,
      identity,
      attendance,
      ...(isRead
        ? { count: reading.itemCount ?? reading.drafts.length, profile: reading.profile, hints: reading.hints }
        : reading),
      known: await remembered(flow, feed),
    });
  }
  return told;
}

/** Without the day of the last sight, which a part does not refresh. */
async function remembered({ world }: Flow, feed: Feed): Promise<Readonly<Record<string, string>>> {
  const all = await world.redis.hgetall(world.keys.known(feed.id));
  return Object.fromEntries(
    Object.entries(all).map(([key, value]) => [key, value.split(" ").toSpliced(3, 1).join(" ")]),
  );
}
