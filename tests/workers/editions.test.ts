import { existsSync, globSync, readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startEmbeddedRedis } from "../../src/adapters/embedded-redis.ts";
import { threadPool } from "../../src/adapters/thread-pool.ts";
import type { Document } from "../../src/model/document.ts";
import type { Feed } from "../../src/model/feed.ts";
import type { Reading } from "../../src/model/reading.ts";
import { DAY, HOUR, MINUTE } from "../../src/model/time.ts";
import { decode, splitItems } from "../../src/parse/parse.ts";
import { writeRecollection } from "../../src/recall/recall.ts";
import { take } from "../../workers/poll/take.ts";
import type { ReadingJob } from "../../workers/reading-thread.ts";
import { openWorld } from "../../workers/world.ts";
import { aFeed, aPublisher, SHARED, temporaryFolder, testSettings } from "../support/test-settings.ts";

/**
 * Reading only what a document's last edition did not have must tell the same as reading all of it, whatever a
 * publisher does between two editions: same items, same ids, same news in the same order, same memory.
 */

const CORPUS = path.join(SHARED, "corpus", "real");
const isThere = existsSync(CORPUS);
if (!isThere) console.warn(`SKIPPED: editions of real documents need ${CORPUS}`);
/** Of the real documents so many; EDITIONS=2000 takes them all. */
const DOCUMENTS = Number(process.env["EDITIONS"] ?? 60);
const RUNS = Number(process.env["EDITION_RUNS"] ?? 2);
const SECTION_WORDS = ["Politik", "Wirtschaft", "Sport", "Kultur"];
const NOW = Date.UTC(2026, 10, 20, 9, 30);
const SMALLEST = 5;

const stack = new AsyncDisposableStack();
let flows: { readonly whole: Flow; readonly changed: Flow };
let parts = 0;
let readings = 0;

beforeAll(async () => {
  const folder = stack.use(temporaryFolder());
  const server = stack.use(await startEmbeddedRedis({ dataDir: folder.path }));
  const reading = stack.use(
    threadPool<ReadingJob, Reading>(new URL("../../workers/reading-thread.ts", import.meta.url), {
      threads: 2,
      deadlineMs: 20_000,
    }),
  );
  const open = async (prefix: string) => {
    const settings = testSettings({ dataDir: folder.path, redisUrl: server.url, redisPrefix: prefix });
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

  expect(parts).toBeGreaterThan(readings / 8);
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
    expect(parts).toBeGreaterThan(readings / 10);
  },
);

async function check(name: string, document: Document, runs: number): Promise<void> {
  const press = pressOf(document);
  if (press === undefined || press.items.length < SMALLEST) return;
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(anEdit, { minLength: 1, maxLength: 8 }), async (edits) => {
      const feed = aFeed(`${name}-${run++}`, "haus", document.url);
      const editions = editionsOf(press, edits, document);
      const whole = await travel(flows.whole, feed, editions, true);
      const changed = await travel(flows.changed, feed, editions, false);
      for (const [at, told] of whole.entries()) expect(changed[at], `${name}, edition ${at}`).toEqual(told);
      for (const flow of [flows.whole, flows.changed]) await flow.world.redis.flushdb();
    }),
    { numRuns: runs },
  );
}

/** One poll after the other, each committed before the next. */
async function travel(flow: Flow, feed: Feed, editions: readonly Edition[], isWhole: boolean) {
  const { world } = flow;
  await world.feeds.schedule([feed.id], 0, 0);
  const told: unknown[] = [];
  for (const [n, { document, at }] of editions.entries()) {
    if (isWhole) await world.redis.del(world.keys.recollection(feed.id));
    const tools = { ...flow, world: { ...world, now: () => at }, sectionWords: SECTION_WORDS };
    const lease = await world.feeds.takeLease(feed.id, String(n), { now: at, lease: MINUTE, claimedAt: at });
    if (lease.kind === "refused") throw new Error(lease.why);
    const { reading, brought, recollection } = await take(tools, feed, lease.state, document);
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
    });
    const isRead = reading.kind === "read";
    if (!isWhole) readings++;
    if (isRead && reading.trace?.left !== undefined) parts++;
    told.push({
      items,
      fresh,
      identity,
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

interface Press {
  readonly head: string;
  readonly items: readonly string[];
  readonly tail: string;
}

interface Edition {
  readonly document: Document;
  readonly at: number;
}

function pressOf(document: Document): Press | undefined {
  const items = splitItems(document)?.items;
  if (items === undefined) return undefined;
  const { text } = decode(document);
  const [first = "", last = ""] = [items[0], items.at(-1)];
  return { head: text.slice(0, text.indexOf(first)), items, tail: text.slice(text.lastIndexOf(last) + last.length) };
}

type Change = (items: readonly string[], which: number, edition: number) => readonly string[];

const one =
  (change: (item: string, edition: number) => string): Change =>
  (items, which, edition) =>
    items.map((item, n) => (n === which ? change(item, edition) : item));

const all =
  (change: (item: string, edition: number, n: number) => string): Change =>
  (items, _, edition) =>
    items.map((item, n) => change(item, edition, n));

/** One item takes what its older neighbour has. */
const beside =
  (change: (item: string, found: string) => string, what: RegExp): Change =>
  (items, which) => {
    const found = what.exec(items[which + 1] ?? "")?.[0];
    return items.map((item, n) => (n === which && found !== undefined ? change(item, found) : item));
  };

const PAGE = /<link>[^<]*</i;
const WHOLE_TITLE = /<title\b[^<>]*>[^<]*</i;
const redated = (item: string, n: number): string =>
  item.replace(DATE, `<$1>${new Date(NOW + n * 50 * MINUTE).toISOString()}<`);
const GUID = /<(guid|id)\b([^<>]*)>[^<]*</i;
const TITLE = /<title\b([^<>]*)>(?:<!\[CDATA\[)?/i;
const DATE = /<(pubDate|published|dc:date|updated)>[^<]*</gi;

const EDITS = {
  nothing: (items) => items,
  retitle: one((item, n) => item.replace(TITLE, (start) => `${start}Korrigiert ${n}: `)),
  newText: one((item, n) =>
    item.replace(
      /<(description|summary|content|content:encoded)\b([^<>]*)>(?:<!\[CDATA\[)?/i,
      (start) => `${start}Nachtrag ${n}. `,
    ),
  ),
  newGuid: one((item, n) => item.replace(GUID, `<$1$2>urn:neu:${n}<`)),
  newGuids: all((item, edition, n) => item.replace(GUID, `<$1$2>urn:neu:${edition}:${n}<`)),
  newLinks: all((item, edition) => item.replace(/(<link>[^<]*)</i, `$1?lauf=${edition}<`)),
  sameGuid: (items, which) => items.map((item, n) => (n <= which ? item.replace(GUID, "<$1$2>urn:alle<") : item)),
  samePage: (items, which) =>
    items.map((item, n) => (n <= which ? item.replace(/<link>[^<]*</i, "<link>https://haus.example/liste<") : item)),
  twice: (items, which) => [...items, items[which] ?? ""],
  swap: (items) => items.toReversed(),
  fragment: (items) => items.map((item, n) => (n < 2 ? item.replace(/<link>([^<]*)</i, `<link>$1#teil-${n}<`) : item)),
  sectionWords: all((item) => item.replace(TITLE, (start) => `${start}Politik `)),
  oneDate: all((item) => item.replace(DATE, "<$1>Fri, 20 Nov 2026 08:00:00 GMT<")),
  midnight: all((item, _, n) => item.replace(DATE, `<$1>2026-11-${10 + (n % 9)}T00:00:00Z<`)),
  noDates: all((item) => item.replace(DATE, "<$1><")),
  updated: all((item) => item.replace(/<\/(item|entry)>$/i, "<updated>2026-11-20T07:00:00Z</updated></$1>")),
  rebuilt: (items) => items,
  language: (items) => items,
  broken: one((item) => item.replace(/<\/title>/i, " & <b></title>")),
  truncated: (items) => items,
  home: (items) => items,
  versions: (items, which, n) => [...items, (items[which] ?? "").replace(TITLE, `<title$1>Fassung ${n}: `)],
  neighboursGuid: beside((item, guid) => item.replace(GUID, guid), GUID),
  neighboursPage: beside((item, page) => item.replace(PAGE, page), PAGE),
  neighboursTitle: beside((item, title) => item.replace(WHOLE_TITLE, title), WHOLE_TITLE),
  bulletin: one((item, n) =>
    redated(item.replace(GUID, `<$1$2>urn:neu:${n}<`).replace(TITLE, `<title$1>Stand ${n}: `), n),
  ),
  column: one((item, n) =>
    redated(item.replace(GUID, `<$1$2>urn:neu:${n}<`).replace(PAGE, `<link>https://haus.example/neu/${n}<`), n),
  ),
  reusedGuid: one((item, n) =>
    redated(item.replace(PAGE, `<link>https://haus.example/neu/${n}<`).replace(TITLE, `<title$1>Neues ${n}: `), n),
  ),
  dayOnly: one((item) => item.replace(DATE, "<$1>2026-11-19T00:00:00Z<")),
  undated: one((item) => item.replace(DATE, "<$1><")),
  touched: one((item) => item.replace(/<\/(item|entry)>$/i, "<updated>2026-11-20T07:00:00Z</updated></$1>")),
  part: one((item, n) => item.replace(/<link>([^<]*)</i, `<link>$1#absatz-${n}<`)),
  section: (items, which) =>
    items.map((item, n) => (n <= which ? item.replace(TITLE, (start) => `${start}Politik Rat `) : item)),
  back: (items) => items,
} as const satisfies Readonly<Record<string, Change>>;

/** What a publisher may do between two editions. */
const anEdit = fc.record({
  /** older items that leave, newer ones that come */
  moves: fc.nat(3),
  what: fc.oneof(
    { weight: 1, arbitrary: fc.constant("nothing" as const) },
    { weight: 3, arbitrary: fc.constantFrom(...(Object.keys(EDITS) as (keyof typeof EDITS)[])) },
  ),
  which: fc.nat(4),
  later: fc.constantFrom(7 * MINUTE, 7 * MINUTE, HOUR, HOUR, 2 * HOUR, 5 * HOUR, 26 * HOUR, 3 * DAY),
});

type Edit = typeof anEdit extends fc.Arbitrary<infer One> ? One : never;

function editionsOf({ head, items, tail }: Press, edits: readonly Edit[], { url }: Document): readonly Edition[] {
  const width = Math.max(3, Math.floor(items.length / 2));
  let from = Math.max(0, items.length - width);
  let at = NOW;
  const print = (shown: readonly string[], edit: Edit | undefined, n: number): Edition => {
    const changed = edit === undefined ? shown : EDITS[edit.what](shown, edit.which, n);
    const text = surrounded(head, changed, tail, edit, n);
    return { document: { url, headers: { "content-type": "text/xml; charset=utf-8" }, bytes: Buffer.from(text) }, at };
  };
  const editions = [print(items.slice(from, from + width), undefined, 0)];
  for (const [n, edit] of edits.entries()) {
    at += edit.later;
    from = Math.max(0, from + (edit.what === "back" ? 2 : -edit.moves));
    editions.push(print(items.slice(from, from + width), edit, n + 1));
  }
  return editions;
}

function surrounded(head: string, items: readonly string[], tail: string, edit: Edit | undefined, n: number): string {
  const date = `<lastBuildDate>Fri, 20 Nov 2026 10:0${n}:00 GMT</lastBuildDate>`;
  const start = head
    .replace(/^\s*<\?xml[^>]*>/, "")
    .replace(/(<channel>)/i, `$1${edit?.what === "rebuilt" ? date : ""}`);
  const foreign = start.replace(/(<channel>|<feed\b[^>]*>)/i, "$1<language>fr</language>");
  const elsewhere = start.replace(PAGE, "<link>https://haus.example/andere/<");
  const around = edit?.what === "language" ? foreign : edit?.what === "home" ? elsewhere : start;
  const text = `${around}${items.join("\n")}${tail}`;
  return edit?.what === "truncated" ? text.slice(0, text.length * 0.8) : text;
}

function rssOf(count: number, before = ""): Document {
  return xml(
    `<rss version="2.0"><channel><title>Haus</title><link>https://haus.example/</link><description>d</description>${times(
      count,
      (n) =>
        `<item><title>${before}Meldung ${n} aus dem Ort</title><link>https://haus.example/artikel/${4000 + n}</link><guid isPermaLink="false">haus-${4000 + n}</guid><pubDate>${new Date(NOW - n * 37 * MINUTE).toUTCString()}</pubDate><description><![CDATA[<p>Absatz ${n} mit <b>Text</b> &#38; Zeichen.</p>]]></description></item>`,
    )}</channel></rss>`,
  );
}

/** Pages as seen from the feed's home. */
function relative({ bytes, ...document }: Document): Document {
  return {
    ...document,
    bytes: Buffer.from(
      Buffer.from(bytes).toString().replaceAll("<link>https://haus.example/artikel/", "<link>artikel/"),
    ),
  };
}

function atomOf(count: number): Document {
  return xml(
    `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Haus</title><id>urn:haus</id><updated>2026-11-20T09:00:00Z</updated><author><name>Redaktion</name></author>${times(
      count,
      (n) =>
        `<entry><title>Meldung ${n} aus dem Ort</title><link href="https://haus.example/artikel/${4000 + n}"/><id>urn:haus:${4000 + n}</id><published>${new Date(NOW - n * 37 * MINUTE).toISOString()}</published><updated>${new Date(NOW - n * 36 * MINUTE).toISOString()}</updated><summary type="html">&lt;p&gt;Absatz ${n}&lt;/p&gt;</summary></entry>`,
    )}</feed>`,
  );
}

function rdfOf(count: number): Document {
  return xml(
    `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://haus.example/"><title>Haus</title><link>https://haus.example/</link><description>d</description></channel>${times(
      count,
      (n) =>
        `<item rdf:about="https://haus.example/artikel/${4000 + n}"><title>Meldung ${n} aus dem Ort</title><link>https://haus.example/artikel/${4000 + n}</link><dc:date>${new Date(NOW - n * 37 * MINUTE).toISOString()}</dc:date><description>Absatz ${n}</description></item>`,
    )}</rdf:RDF>`,
  );
}

const times = (count: number, write: (n: number) => string): string =>
  Array.from({ length: count }, (_, n) => write(n)).join("\n");

const xml = (text: string): Document => ({ url: "https://haus.example/feed", headers: {}, bytes: Buffer.from(text) });
