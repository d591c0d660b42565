import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { Answer } from "../../src/model/answer.ts";
import { NEW_FEED_STATE } from "../../src/model/feed.ts";
import type { PollOutcome } from "../../src/model/outcome.ts";
import { DAY, HOUR, MINUTE, SECOND } from "../../src/model/time.ts";
import { outcomeOf } from "../../src/poll/poll.ts";
import { FEED, NOON, polled } from "./feed.ts";

const RSS = "<?xml version='1.0'?><rss version='2.0'/>";
const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex");

function answer(status: number, headers: Record<string, string> = {}, body: string | Uint8Array = ""): Answer {
  return { kind: "answered", status, url: FEED.url, headers, bytes: Buffer.from(body) };
}

function outcome(given: Answer, state = polled()): PollOutcome {
  return outcomeOf({ feed: FEED, state, answer: given, now: NOON });
}

function hintsOf(headers: Record<string, string>) {
  const { hints } = outcome(answer(200, headers, RSS)) as Extract<PollOutcome, { kind: "modified" }>;
  return hints;
}

describe("a 200", () => {
  test("brings the document, its hash and its validators", () => {
    const headers = { etag: '"b"', "last-modified": "Mon, 02 Mar 2026 11:00:00 GMT" };

    expect(outcome(answer(200, headers, RSS), NEW_FEED_STATE)).toEqual({
      kind: "modified",
      document: { url: FEED.url, headers, bytes: Buffer.from(RSS) },
      bodyHash: hashOf(RSS),
      validators: { etag: '"b"', lastModified: "Mon, 02 Mar 2026 11:00:00 GMT" },
      hints: {},
    });
  });

  test("A-02: with the body that we have is unmodified, and its validators replace ours all the same", () => {
    const state = polled({ bodyHash: hashOf(RSS), validators: { etag: '"a"', lastModified: "x" } });

    const got = outcome(answer(200, { "last-modified": "y" }, RSS), state);

    expect(got).toEqual({ kind: "unmodified", by: "body", validators: { lastModified: "y" }, hints: {} });
  });

  test("with the body of another address is modified", () => {
    const state = polled({ bodyHash: hashOf(RSS), askedUrl: "https://paper.example/old.xml" });

    expect(outcome(answer(200, {}, RSS), state).kind).toBe("modified");
  });

  test("that cannot send its ETag back safely has none", () => {
    const got = outcome(answer(200, { etag: "a\u0001b", "last-modified": "x".repeat(2000) }, RSS));

    expect(got).toMatchObject({ kind: "modified", validators: {} });
    expect(got).not.toHaveProperty("validators.etag");
  });

  test("without a body is a failure", () => {
    expect(outcome(answer(200, {}, ""))).toMatchObject({ kind: "failed", code: "empty" });
  });

  test.each([
    "<!DOCTYPE html><html>",
    "\ufeff\n <!doctype HTML PUBLIC '-//W3C//DTD XHTML 1.0'>",
    "<html lang=de>",
    "<?xml version='1.0'?><!-- <rss> --><html>",
    "<HEAD>",
    "<script>location='/'</script>",
  ])("A-25: with the page %j is no feed", (page) => {
    expect(outcome(answer(200, { "content-type": "application/rss+xml" }, page))).toMatchObject({
      kind: "failed",
      code: "html",
    });
  });

  test.each([
    ['<LINK rel="alternate" type="application/rss+xml" href="/feed.xml?a=1&amp;b=2">', "/feed.xml?a=1&b=2"],
    ["<link href=news.atom type=application/atom+xml rel=alternate>", "/news.atom"],
    [
      "<link rel=stylesheet href=/a.css><link type='application/feed+json' href='https://json.example/f'>",
      "https://json.example/f",
    ],
  ])("A-25: with a page that names its feed (%s) is told to the operator and not followed", (link, named) => {
    const got = outcome(answer(200, {}, `<!doctype html><html><head>${link}</head>`));

    const feed = new URL(named, FEED.url).href;
    expect(got).toMatchObject({
      kind: "failed",
      why: `${FEED.url} is a web page, not a feed; it names ${feed} as its feed`,
    });
    expect(got).not.toHaveProperty("movedTo");
  });

  test.each(["<link rel=alternate type=text/html href=/en>", "<link type=application/rss+xml", "<link href=/a.rss>"])(
    "with a page that names no feed (%s) is only a page",
    (link) => {
      expect(outcome(answer(200, {}, `<!doctype html>${link}`))).toMatchObject({
        why: `${FEED.url} is a web page, not a feed`,
      });
    },
  );

  test("with a page of nothing but links is looked through in no time", () => {
    const started = performance.now();
    outcome(answer(200, {}, `<!doctype html>${"<link type='application/rss+xml' ".repeat(300_000)}`));
    outcome(answer(200, {}, `<!doctype html>${"<link type='application/rss+xml'>".repeat(300_000)}`));

    expect(performance.now() - started).toBeLessThan(500);
  });

  test("with a page in UTF-16 is no feed", () => {
    const page = Buffer.from("\ufeff<!doctype html><html>", "utf16le");

    expect(outcome(answer(200, {}, page))).toMatchObject({ kind: "failed", code: "html" });
  });

  test.each([
    RSS,
    "<feed xmlns='http://www.w3.org/2005/Atom'>",
    '{"version":"x"}',
    "\n\n<!-- hi --><rdf:RDF>",
    "<htmlish/>",
  ])("with %j is read, also where it is sent as text/html", (body) => {
    expect(outcome(answer(200, { "content-type": "text/html" }, body)).kind).toBe("modified");
  });
});

describe("a 304", () => {
  const state = polled({ validators: { etag: '"a"', lastModified: "x" } });

  test("A-03: keeps the validators that it does not name and replaces those it does", () => {
    const kept = outcome(answer(304), state);
    const replaced = outcome(answer(304, { etag: '"b"' }), state);

    expect(kept).toMatchObject({ kind: "unmodified", by: "status", validators: { etag: '"a"', lastModified: "x" } });
    expect(replaced).toMatchObject({ validators: { etag: '"b"', lastModified: "x" } });
  });

  test("A-03: renews how long the feed is fresh, and keeps it where the answer says nothing of it", () => {
    const fresh = { ...state, freshFor: 3 * HOUR };
    const hintsAfter = (headers: Record<string, string>) => outcome(answer(304, headers), fresh);

    expect(hintsAfter({ "cache-control": "max-age=7200" })).toMatchObject({ hints: { freshFor: 2 * HOUR } });
    expect(hintsAfter({})).toMatchObject({ hints: { freshFor: 3 * HOUR } });
    expect(hintsAfter({ "cache-control": "no-cache" })).toMatchObject({ hints: {} });
    expect(hintsAfter({ "cache-control": "no-cache" })).not.toHaveProperty("hints.freshFor");
  });

  test("that nobody asked for is a failure: we have nothing that it could confirm", () => {
    expect(outcome(answer(304), NEW_FEED_STATE)).toMatchObject({ kind: "failed", code: "http-304" });
  });
});

describe("other answers", () => {
  test.each([
    [401, { kind: "refused", challenge: false }],
    [403, { kind: "refused", challenge: false }],
    [451, { kind: "refused", challenge: false }],
    [404, { kind: "missing" }],
    [410, { kind: "gone" }],
    [429, { kind: "throttled", status: 429 }],
    [503, { kind: "throttled", status: 503 }],
    [204, { kind: "failed", code: "http-204" }],
    [302, { kind: "failed", code: "http-302" }],
    [406, { kind: "failed", code: "http-406" }],
    [500, { kind: "failed", code: "http-500" }],
    [502, { kind: "failed", code: "http-502" }],
  ])("of status %i are %j", (status, expected) => {
    expect(outcome(answer(status))).toMatchObject(expected);
  });

  test("A-23: that want a browser are a challenge, whatever their status", () => {
    const page = "<!DOCTYPE html><html lang='en-US'><head><title>Just a moment...</title>";

    for (const status of [200, 403, 503])
      expect(outcome(answer(status, {}, page))).toMatchObject({ kind: "refused", status, challenge: true });
    expect(outcome(answer(403, { "cf-mitigated": "challenge" }))).toMatchObject({ challenge: true });
    expect(outcome(answer(202, { "x-amzn-waf-action": "challenge" }))).toMatchObject({ challenge: true });
    expect(outcome(answer(403, {}, "<title>Forbidden</title>"))).toMatchObject({ challenge: false });
  });

  test("that never came keep their code", () => {
    const failed: Answer = { kind: "failed", code: "dns", why: "getaddrinfo ENOTFOUND" };

    expect(outcome(failed)).toEqual({ kind: "failed", code: "dns", why: "getaddrinfo ENOTFOUND", hints: {} });
  });

  test("that are feeds about a moment are feeds", () => {
    expect(outcome(answer(200, {}, "<rss><channel><title>Just a moment</title></channel></rss>")).kind).toBe(
      "modified",
    );
  });
});

describe("what headers ask for", () => {
  const date = "Mon, 02 Mar 2026 12:00:00 GMT";

  test.each([
    ["max-age minus Age", { "cache-control": "public, max-age=600", age: "120" }, 8 * MINUTE],
    ["a quoted max-age", { "cache-control": 'max-age="600"' }, 10 * MINUTE],
    ["the first of two", { "cache-control": "max-age=60, max-age=600" }, MINUTE],
    ["capitals", { "cache-control": "Max-Age=60" }, MINUTE],
    ["max-age before Expires", { "cache-control": "max-age=60", expires: "Mon, 02 Mar 2026 18:00:00 GMT" }, MINUTE],
    ["Expires minus Date", { expires: "Mon, 02 Mar 2026 13:30:00 GMT", date }, 90 * MINUTE],
    [
      "Expires by a server whose clock is wrong",
      { expires: "Fri, 02 Mar 2001 13:00:00 GMT", date: "Fri, 02 Mar 2001 12:00:00 GMT" },
      HOUR,
    ],
    ["Expires without Date", { expires: "Monday, 02-Mar-26 12:10:00 GMT" }, 10 * MINUTE],
    ["Expires as asctime", { expires: "Mon Mar  2 12:10:00 2026", date }, 10 * MINUTE],
    ["garbage in Age", { "cache-control": "max-age=60", age: "old" }, MINUTE],
  ])("A-10: %s is how long the feed is fresh", (_, headers, freshFor) => {
    expect(hintsOf(headers as unknown as Record<string, string>)).toEqual({ freshFor });
  });

  test.each([
    { "cache-control": "no-store" },
    { "cache-control": "no-cache, max-age=600" },
    { "cache-control": "max-age=0" },
    { "cache-control": "max-age=-5" },
    { "cache-control": "max-age=soon", expires: "Mon, 02 Mar 2026 18:00:00 GMT" },
    { "cache-control": "max-age=99999999999999999999" },
    { "cache-control": "max-age=60", age: "61" },
    { "cache-control": "s-maxage=600" },
    { expires: "0" },
    { expires: "-1" },
    { expires: "Mon, 02 Mar 2026 11:00:00 GMT" },
    { expires: "later 2030" },
    { "retry-after": "-1" },
    { "retry-after": "0" },
    { "retry-after": "1.5" },
    { "retry-after": "in 5 minutes" },
  ])("A-11: %j asks for nothing", (headers) => {
    expect(hintsOf(headers as unknown as Record<string, string>)).toEqual({});
  });

  test("A-19: Retry-After counts in seconds and as a date, a week at most", () => {
    expect(hintsOf({ "retry-after": "120" })).toEqual({ retryAfter: 120 * SECOND });
    expect(hintsOf({ "retry-after": "Mon, 02 Mar 2026 14:00:00 GMT", date })).toEqual({ retryAfter: 2 * HOUR });
    expect(hintsOf({ "retry-after": "9999999999" })).toEqual({ retryAfter: 7 * DAY });
  });
});
