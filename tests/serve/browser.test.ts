import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type BrowserContext, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { itemId, storyId } from "../../src/model/ids.ts";
import type { Placed } from "../../src/model/news.ts";
import type { View } from "../../src/serve/serve.ts";
import { exampleSettings } from "../support/example-press.ts";
import { exampleItems, exampleView } from "../support/example-view.ts";
import { served } from "./served.ts";

const CHROMIUM = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
const missing = !existsSync(CHROMIUM);
if (missing) console.warn(`SKIPPED: the pages in a real browser: there is no ${CHROMIUM} (set CHROMIUM)`);

const QUIET = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Each would run in a page that forgets to escape; `hit` is what they call. */
const VECTORS = [
  "<script>hit()</script>",
  "<img src=x onerror=hit()>",
  '"><svg/onload=hit()>',
  "' autofocus onfocus=hit() x='",
  "</title></style></textarea><script>hit()</script>",
  "<iframe srcdoc='<script>parent.hit()</script>'>",
  "javascript:hit()",
  "{{constructor.constructor('hit()')()}}",
  "&lt;script&gt;hit()&lt;/script&gt;",
  "]]><script>hit()</script>",
].join(" ");

const NASTY_ID = `"><img src=x onerror=hit()>/../ä`;

const PAGES = [
  "/",
  "/topics",
  "/topics/elbe",
  "/sections/politik",
  "/publishers",
  "/publishers/nordblatt",
  "/search",
  "/search?q=*",
] as const;
const NASTY_PAGES = [
  ...PAGES,
  `/stories/${encodeURIComponent(NASTY_ID)}`,
  `/items/${encodeURIComponent(NASTY_ID)}`,
  `/search?q=${encodeURIComponent(VECTORS.slice(0, 190))}`,
  "/search?q=hit",
];

describe.skipIf(missing)("in a real browser", () => {
  let profile: string;
  let browser: BrowserContext;

  beforeAll(async () => {
    profile = mkdtempSync(path.join(tmpdir(), "ressort-chromium-"));
    browser = await chromium.launchPersistentContext(profile, { executablePath: CHROMIUM, args: QUIET });
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(profile, { recursive: true, force: true });
  });

  test.each(["pages", "feeds"] as const)(
    "nothing that publishers, editors or readers write runs in our %s",
    async (kind) => {
      await using server = await served(await nastyView());
      const paths = kind === "pages" ? NASTY_PAGES : ["/topics/elbe.rss", "/topics/elbe.atom", "/opml"];

      for (const where of paths) {
        const seen = await visit(browser, `${server.url}${where}`);

        expect.soft(seen.text, where).toContain("hit()");
        expect.soft(seen.dangerous, where).toEqual([]);
        expect.soft(seen.trouble, where).toEqual([]);
      }
    },
  );

  test("a page that does run what it is given would be noticed", async () => {
    const seen = await visit(browser, `data:text/html,${encodeURIComponent("<p>hit()<img src=x onerror=hit()>")}`);

    expect(seen.dangerous).toEqual(["img"]);
    expect(seen.trouble).not.toEqual([]);
  });

  test.each([320, 390, 768, 1280])(
    "at %i pixels nothing is wider than the window, however long a word",
    async (width) => {
      await using server = await served(await longView());
      const page = await browser.newPage();
      await page.setViewportSize({ width, height: 900 });

      for (const where of PAGES) {
        await page.goto(`${server.url}${where}`);
        expect.soft(await page.locator("main :is(h3, td, dd)").first().isVisible(), where).toBe(true);
        expect
          .soft(await page.evaluate("document.documentElement.scrollWidth - innerWidth"), where)
          .toBeLessThanOrEqual(0);
      }
      await page.close();
    },
  );

  test("the keyboard gets past the masthead, and to the search", async () => {
    await using server = await served(await exampleView());
    const page = await browser.newPage();
    await page.goto(server.url);

    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.getBoundingClientRect().top")).toBeGreaterThanOrEqual(0);
    await page.keyboard.press("Enter");
    expect(page.url()).toContain("#main");

    await page.locator("#q").fill("niederhafen");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/search?q=niederhafen");
    expect(await page.locator(".list > .card").count()).toBe(5);
    await page.close();
  });
});

interface Visit {
  readonly text: string;
  /** elements and links that no page of ours has */
  readonly dangerous: unknown;
  /** calls, dialogs, requests to elsewhere, scripts that only the policy held back */
  readonly trouble: readonly string[];
}

async function visit(browser: BrowserContext, url: string): Promise<Visit> {
  const page: Page = await browser.newPage();
  const trouble: string[] = [];
  await page.exposeFunction("hit", () => trouble.push("hit() was called"));
  page.on("dialog", (dialog) => void dialog.dismiss().then(() => trouble.push("dialog")));
  page.on("request", (request) => new URL(request.url()).origin === new URL(url).origin || trouble.push(request.url()));
  page.on("console", (message) => /Content Security Policy/.test(message.text()) && trouble.push(message.text()));
  await page.goto(url, { waitUntil: "load" });
  const text = String(await page.evaluate("document.documentElement.textContent"));
  const dangerous = await page.evaluate(
    `[...document.querySelectorAll("${DANGEROUS}")].map((element) => element.localName)`,
  );
  await page.close();
  return { text, dangerous, trouble };
}

const DANGEROUS =
  "script, img, iframe, svg, object, embed, base, [onload], [onerror], [onfocus], [href^='javascript:' i]";

/** The example day with the vectors wherever somebody may write. */
async function nastyView(): Promise<View> {
  const settings = exampleSettings({});
  const nasty = <Named extends { readonly title: string }>(named: Named): Named => ({ ...named, title: VECTORS });
  const view = await exampleView(
    {
      title: `R ${VECTORS}`,
      publishers: settings.publishers.map((publisher) => ({ ...nasty(publisher), homeUrl: "javascript:hit()" })),
      feeds: settings.feeds.map((feed) => ({ ...feed, title: VECTORS, url: "javascript:hit()" })),
      topics: settings.topics.map((topic) => ({ ...nasty(topic), description: VECTORS })),
      sections: settings.sections.map((section) => ({ ...section, titles: { de: VECTORS } })),
    },
    exampleItems().map((placed, index) => nastyItem(placed, index)),
  );
  const { feeds } = await view.feedsOf();
  const ill = feeds.map((report) => ({
    ...report,
    state: { ...report.state, lastError: VECTORS },
  }));
  return { ...view, feedsOf: async () => ({ feeds: ill, stale: true }) };
}

function nastyItem({ item, decision }: Placed, index: number): Placed {
  const id = index === 0 ? itemId(NASTY_ID) : item.id;
  return {
    item: {
      ...item,
      id,
      // the index still finds them, and topics still take them
      title: `${VECTORS}: ${item.title}`,
      kicker: VECTORS,
      teaser: VECTORS,
      marks: [VECTORS],
      permalink: "javascript:hit()",
      language: VECTORS,
      authors: [{ name: VECTORS, email: VECTORS, url: "javascript:hit()" }],
      categories: [{ term: VECTORS, label: VECTORS }],
      enclosures: [{ url: "javascript:hit()", type: VECTORS }],
    },
    decision: {
      ...decision,
      item: id,
      story: index < 6 ? storyId(NASTY_ID) : decision.story,
      reasons: [{ about: "story", rule: VECTORS, words: VECTORS, evidence: { [VECTORS]: [VECTORS] } }],
    },
  };
}

/** Everything as one endless word. */
async function longView(): Promise<View> {
  const word = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen".repeat(4);
  const settings = exampleSettings({});
  return exampleView(
    {
      publishers: settings.publishers.map((publisher) => ({ ...publisher, title: word })),
      feeds: settings.feeds.map((feed) => ({ ...feed, title: word, url: `https://example.org/${word}` })),
      topics: settings.topics.map((topic) => ({ ...topic, title: word, description: word })),
    },
    exampleItems().map(({ item, decision }) => ({
      item: { ...item, title: `${word} ${item.title}`, kicker: word, teaser: word, marks: [word] },
      decision,
    })),
  );
}
