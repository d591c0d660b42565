import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type BrowserContext, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { feedId, itemId, publisherId, sectionId, storyId } from "../../src/model/ids.ts";
import type { Draft } from "../../src/model/item.ts";
import type { Placed } from "../../src/model/news.ts";
import { XSS_VECTORS } from "../fixtures/xss-vectors.ts";
import { readEverywhere } from "../normalise/xss-documents.ts";
import { EXAMPLE_NOW } from "../support/example-press.ts";
import { exampleView } from "../support/example-view.ts";
import { aTopic } from "../support/test-settings.ts";
import { served } from "./served.ts";

const CHROMIUM = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
const missing = !existsSync(CHROMIUM);
if (missing) console.warn(`SKIPPED: scripts of publishers in a real browser: there is no ${CHROMIUM} (set CHROMIUM)`);

const QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"];
/** Pages open at once. */
const TABS = 4;
/** Milliseconds. */
const SETTLED = 20;

describe.skipIf(missing)("no script of a publisher runs in a real browser", { timeout: 120_000 }, () => {
  let profile: string;
  let browser: BrowserContext;
  let drafts: readonly Draft[];

  beforeAll(async () => {
    profile = mkdtempSync(path.join(tmpdir(), "ressort-chromium-"));
    browser = await chromium.launchPersistentContext(profile, { executablePath: CHROMIUM, args: QUIET });
    const { rss, atom, json } = await readEverywhere(XSS_VECTORS);
    drafts = [...rss, ...atom, ...json];
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(profile, { recursive: true, force: true });
  });

  test("many of the vectors do run where nobody cleans them", async () => {
    const some = XSS_VECTORS.filter((_, at) => at % 5 === 0);

    const run = await visitEach(browser, some.map(asPage));

    expect(run.filter(({ hits }) => hits > 0).length).toBeGreaterThan(some.length / 3);
  });

  test("in summaries and texts alone, on a page without any policy", async () => {
    const texts = [...new Set(drafts.flatMap(({ summary = "", content = "" }) => [summary, content]))];

    const seen = await visitEach(browser, [asPage(texts.join("\n")), ...texts.map(asPage)]);

    for (const { page, ...found } of seen) expect.soft(found, page).toEqual(NOTHING);
  });

  test("on topic, section, story, publisher and search pages that show them all", async () => {
    await using server = await served(await viewOf(drafts));
    const tab = await open(browser);
    const paths = [
      "/",
      "/topics/all",
      "/sections/politik",
      "/publishers/nordblatt",
      "/stories/story-0",
      "/search?q=hit",
      "/search?q=item",
    ];

    for (const where of paths) {
      const found = await visit(tab, `${server.url}${where}`);

      expect.soft(found, where).toEqual(NOTHING);
      expect.soft(await tab.page.locator("main").textContent(), where).toContain("hit");
    }
    await tab.page.close();
  });

  test("on the page of each item", async () => {
    await using server = await served(await viewOf(drafts));
    // the pages before have shown every one; the formats in turn
    const some = XSS_VECTORS.flatMap((_, at) => (at % 4 === 0 ? [at + XSS_VECTORS.length * (at % 3)] : []));

    const found = await inTabs(browser, some, async (tab, at) => ({
      at,
      ...(await visit(tab, `${server.url}/items/item-${at}`)),
    }));

    for (const { at, ...seen } of found) expect.soft(seen, drafts[at]?.title ?? "").toEqual(NOTHING);
  });
});

interface Found {
  /** calls of hit(), dialogs, other pages opened */
  readonly hits: number;
  /** requests that no picture and no sound made */
  readonly requests: readonly string[];
  /** what no page may hold: other elements, handlers, addresses that are none of the web */
  readonly dangerous: unknown;
}

const NOTHING: Found = { hits: 0, requests: [], dangerous: [] };

const asPage = (html: string): string => `<!doctype html><meta charset="utf-8"><title>x</title><body>${html}</body>`;

interface Tab {
  readonly page: Page;
  /** calls of hit() since it was opened, from whatever frame */
  hits: number;
}

async function open(browser: BrowserContext): Promise<Tab> {
  const tab: Tab = { page: await browser.newPage(), hits: 0 };
  await tab.page.exposeFunction("hit", () => ++tab.hits);
  tab.page.on("dialog", (dialog) => void dialog.dismiss().then(() => ++tab.hits));
  return tab;
}

/** Nothing gets out of the page. */
async function visit(tab: Tab, url: string): Promise<Found> {
  const { page, hits: before } = tab;
  const requests: string[] = [];
  const { origin } = new URL(url);
  await using _ = await page.route(
    (asked) => asked.origin !== origin,
    (route) => {
      if (!/^(?:image|media)$/.test(route.request().resourceType())) requests.push(route.request().url());
      return route.abort();
    },
  );
  await page.goto(url, { waitUntil: "load" });
  // some wait for a picture that does not load, or for an animation
  await page.waitForTimeout(SETTLED);
  const dangerous = await page.evaluate(DANGEROUS).catch(() => "has left the page");
  return { hits: tab.hits - before, requests, dangerous: page.url() === url ? dangerous : page.url() };
}

/** Elements, handlers and addresses; our own search forms are allowed. */
const DANGEROUS = `[...document.querySelectorAll("body *:not(form[role=search], form[role=search] *)")].flatMap((element) => [
  ...(/^(?:script|style|iframe|frame|object|embed|applet|base|svg|math|form|input|button|textarea|template|link|meta)$/
    .test(element.localName) ? [element.outerHTML] : []),
  ...[...element.attributes].flatMap(({ name, value }) =>
    /^on/.test(name) || (/^(?:href|src|action|formaction|poster|cite)$/.test(name) && !/^(?:https?:|mailto:|[/#?])/.test(value))
      ? [name + "=" + value]
      : []),
])`;

interface Visited extends Found {
  readonly page: string;
}

/** Pages of no server, each at an address of its own. */
async function visitEach(browser: BrowserContext, pages: readonly string[]): Promise<readonly Visited[]> {
  const numbered = pages.map((page, at) => ({ page, url: `http://reader.example/${at}` }));
  return inTabs(browser, numbered, async (tab, { page, url }) => {
    await using _ = await tab.page.route(url, (route) => route.fulfill({ contentType: "text/html", body: page }));
    return { page, ...(await visit(tab, url)) };
  });
}

async function inTabs<Job, Result>(
  browser: BrowserContext,
  jobs: readonly Job[],
  work: (tab: Tab, job: Job) => Promise<Result>,
): Promise<readonly Result[]> {
  const waiting = [...jobs];
  const results: Result[] = [];
  const tabs = Array.from({ length: TABS }, async () => {
    const tab = await open(browser);
    for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) results.push(await work(tab, job));
    await tab.page.close();
  });
  await Promise.all(tabs);
  return results;
}

/** All of them in one topic, one story and the index. */
async function viewOf(drafts: readonly Draft[]) {
  const placed = drafts.map(placedOf);
  const topics = [aTopic("all", "publisher:nordblatt", { size: placed.length, window: Number.MAX_SAFE_INTEGER })];
  return exampleView({ topics }, placed);
}

function placedOf(draft: Draft, at: number): Placed {
  const id = itemId(`item-${at}`);
  const item = {
    ...draft,
    id,
    iri: `https://press.example/${at}`,
    feed: feedId("nordblatt"),
    publisher: publisherId("nordblatt"),
    title: draft.title ?? "Item",
    arrivedAt: EXAMPLE_NOW - at,
    revision: 0,
    digest: String(at),
  };
  const decision = {
    item: id,
    story: storyId(`story-${at % 400}`),
    storyIri: item.iri,
    section: sectionId("politik"),
    reasons: [],
  };
  return { item, decision };
}
