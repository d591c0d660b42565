import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openFetcher } from "../../src/adapters/http-fetcher.ts";
import { threadPool } from "../../src/adapters/thread-pool.ts";
import type { Reading } from "../../src/model/reading.ts";
import { type Finding, findFeeds } from "../../workers/feeds/discover.ts";
import type { ReadingJob } from "../../workers/poll/reading-thread.ts";
import { openPublisher, type PublisherServer } from "../support/publisher-server.ts";

let publisher: PublisherServer;
let stack: AsyncDisposableStack;
let tools: Parameters<typeof findFeeds>[0];
const said: string[] = [];

beforeEach(async () => {
  stack = new AsyncDisposableStack();
  said.length = 0;
  publisher = stack.use(await openPublisher());
  tools = {
    fetcher: stack.use(openFetcher({ allowNetworks: ["127.0.0.0/8"], ports: [publisher.port] })),
    reading: stack.use(
      threadPool<ReadingJob, Reading>(new URL("../../workers/poll/reading-thread.ts", import.meta.url), {
        threads: 1,
        deadlineMs: 5000,
      }),
    ),
    userAgent: "Ressort/test (+https://ressort.example/bot)",
    gap: 0,
    say: (address) => said.push(new URL(address).pathname),
  };
});
afterEach(async () => {
  await stack.disposeAsync();
});

const rss = (title: string): string =>
  `<rss version="2.0"><channel><title>${title}</title><item><title>Eins</title><link>/1</link></item></channel></rss>`;
const feed = (title: string) => ({ headers: { "content-type": "application/rss+xml" }, body: rss(title) });
const page = (body: string) => ({ headers: { "content-type": "text/html" }, body: `<!doctype html>${body}` });
const declared = (path: string): string => `<link rel="alternate" type="application/rss+xml" href="${path}">`;

async function found(path: string): Promise<Finding> {
  const finding = await findFeeds(tools, publisher.url(path));
  if ("why" in finding) throw new Error(finding.why);
  return finding;
}

const pathsOf = ({ feeds }: Finding): readonly string[] => feeds.map(({ url }) => new URL(url).pathname);
const asked = (): readonly string[] => publisher.requests.map(({ path }) => path);

describe("the feeds at an address", () => {
  test("are the feed that is there, whatever it is sent as: one request, no more", async () => {
    publisher.answer("/a", { headers: { "content-type": "text/html" }, body: rss("Bote") });

    const finding = await found("/a");

    expect(finding.feeds).toMatchObject([{ url: publisher.url("/a"), reading: { profile: { title: "Bote" } } }]);
    expect(finding.page).toBeUndefined();
    expect(asked()).toEqual(["/a"]);
  });

  test("are those that the page declares and that are feeds; nothing else is asked for then", async () => {
    publisher.answer("/", page(`${declared("/b")}${declared("/gone")}${declared("/c")}<a href="/rss">RSS</a>`));
    publisher.answer("/b", feed("B"));
    publisher.answer("/c", feed("C"));

    const finding = await found("/");

    expect(pathsOf(finding)).toEqual(["/b", "/c"]);
    expect(finding.missed).toMatchObject([{ candidate: { url: publisher.url("/gone") }, why: "status 404" }]);
    expect(finding.untried).toMatchObject([{ url: publisher.url("/rss"), because: "linked" }]);
    expect(asked()).toEqual(["/", "/b", "/gone", "/c"]);
  });

  test("are those that it links to, also by way of a page about feeds", async () => {
    publisher.answer("/", page('<a href="/rss-feeds">Unsere RSS-Feeds</a>'));
    publisher.answer("/rss-feeds", page('<a href="/politik.rss">Politik</a><a href="/sport.rss">Sport</a>'));
    publisher.answer("/politik.rss", feed("Politik"));
    publisher.answer("/sport.rss", feed("Sport"));

    expect(pathsOf(await found("/"))).toEqual(["/politik.rss", "/sport.rss"]);
  });

  test("are the first one at a usual address where the page names none", async () => {
    publisher.answer("/", page("<p>nichts"));
    publisher.answer("/atom.xml", feed("A"));
    publisher.answer("/feed.xml", feed("B"));

    const finding = await found("/");

    expect(finding.feeds).toMatchObject([{ url: publisher.url("/atom.xml"), candidate: { because: "guessed" } }]);
    expect(asked()).toEqual(["/", "/feed", "/rss", "/rss.xml", "/atom.xml"]);
  });

  test("carry the address that they have moved to for good, and their own where the move is for now", async () => {
    publisher.answer("/", page(declared("/old") + declared("/today")));
    publisher.answer("/old", { status: 301, headers: { location: "/new" } });
    publisher.answer("/today", { status: 302, headers: { location: "/elsewhere" } });
    publisher.answer("/new", feed("Neu"));
    publisher.answer("/elsewhere", feed("Heute"));

    expect(pathsOf(await found("/"))).toEqual(["/new", "/today"]);
  });
});

describe("a publisher", () => {
  test("is asked as a poller asks: by name, no cookie, no referrer, no validator", async () => {
    publisher.answer("/", { ...page(declared("/a")), headers: { "content-type": "text/html", "set-cookie": "a=b" } });
    publisher.answer("/a", feed("A"));

    await found("/");

    for (const { headers } of publisher.requests) {
      expect(headers["user-agent"]).toBe("Ressort/test (+https://ressort.example/bot)");
      for (const name of ["cookie", "referer", "if-none-match", "if-modified-since"])
        expect(headers[name]).toBeUndefined();
    }
  });

  test("is asked one thing at a time, with the gap between", async () => {
    publisher.answer("/", page(declared("/a") + declared("/b")));
    publisher.answer("/a", feed("A"));
    publisher.answer("/b", feed("B"));
    const started = performance.now();

    await findFeeds({ ...tools, gap: 300 }, publisher.url("/"));

    expect(performance.now() - started).toBeGreaterThan(590);
  });

  test("of hundreds of addresses is asked for a few, and the others are named", async () => {
    publisher.answer("/", page(Array.from({ length: 300 }, (_, n) => declared(`/f${n}`)).join("")));

    const finding = await found("/");

    expect(finding.feeds).toEqual([]);
    expect(asked().length).toBeLessThanOrEqual(1 + 10 + 8 + 8 + 11);
    expect(finding.untried.length + finding.missed.length).toBeGreaterThanOrEqual(300);
  });

  test.each([
    ["asks to come less often", { status: 429 }],
    ["has a bot check", { status: 403, headers: { "cf-mitigated": "challenge", "content-type": "text/html" } }],
  ])("that %s is left alone", async (_, answer) => {
    publisher.answer("/", page(declared("/a") + declared("/b") + declared("/c")));
    publisher.answer("/a", answer);

    const finding = await found("/");

    expect(finding.feeds).toEqual([]);
    expect(asked()).toEqual(["/", "/a"]);
  });
});

describe("an address that cannot be looked at", () => {
  test.each([
    [{ status: 404 }, "status 404"],
    [{ status: 403 }, "refused with status 403"],
    [{ status: 403, headers: { "cf-mitigated": "challenge" } }, "a bot check stands before it"],
    [{ status: 500 }, "status 500"],
    [{ headers: { "content-type": "application/pdf" }, body: "%PDF" }, "no feed"],
  ])("says why: %j", async (answer, why) => {
    publisher.answer("/x", answer);

    expect(await findFeeds(tools, publisher.url("/x"))).toEqual({ why: expect.stringContaining(why) });
    expect(asked()).toEqual(["/x"]);
  });

  test("may not be in a private network", async () => {
    expect(await findFeeds(tools, "http://10.0.0.1/")).toEqual({ why: expect.stringContaining("blocked") });
    publisher.answer("/", page('<link rel="feed" href="http://169.254.169.254/latest">'));

    const { missed } = await found("/");

    expect(missed[0]?.why).toContain("blocked");
  });
});
