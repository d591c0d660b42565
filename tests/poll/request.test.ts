import { describe, expect, test } from "vitest";
import { NEW_FEED_STATE } from "../../src/model/feed.ts";
import { DAY } from "../../src/model/time.ts";
import { firstRequest, outcomeOf, requestOf, stateAfter } from "../../src/poll/poll.ts";
import { FEED, NOON, polled } from "./feed.ts";

const UA = "Ressort/1 (+https://news.example/about; 3 subscribers)";

describe("the request of a poll", () => {
  test("A-01: for the first time carries no condition", () => {
    const { url, headers } = requestOf(FEED, NEW_FEED_STATE, UA);

    expect(url).toBe(FEED.url);
    expect(Object.keys(headers).sort()).toEqual(["accept", "accept-encoding", "user-agent"]);
    expect(headers).toMatchObject({ "user-agent": UA, "accept-encoding": "gzip, br, zstd" });
    expect(headers["accept"]).toMatch(/^application\/atom\+xml, application\/rss\+xml, application\/feed\+json, /);
  });

  test.each([
    ['W/"x"', "Mon, 02 Mar 2026 10:00:00 GMT"],
    ["abc", "Monday, 02-Mar-26 10:00:00 GMT"],
    ['"5f-gzip"', "Mon, 02 Mar 2026 10:00:00 +0100"],
    ['""', "yesterday"],
    ["\u00e4 b", " 1 "],
  ])("A-01: later carries ETag %s and date %s byte for byte", (etag, lastModified) => {
    const { headers } = requestOf(FEED, polled({ validators: { etag, lastModified } }), UA);

    expect(headers["if-none-match"]).toBe(etag);
    expect(headers["if-modified-since"]).toBe(lastModified);
  });

  test("carries the one validator that the server sends, and makes up none", () => {
    const withTag = requestOf(FEED, polled({ validators: { etag: '"a"' } }), UA).headers;
    const withDate = requestOf(FEED, polled({ validators: { lastModified: "x" } }), UA).headers;

    expect(withTag).not.toHaveProperty("if-modified-since");
    expect(withDate).not.toHaveProperty("if-none-match");
  });

  test("A-05: to another address than last time carries no condition", () => {
    const state = polled({ validators: { etag: '"a"' } });

    const { url, headers } = requestOf({ ...FEED, url: "https://paper.example/new.xml" }, state, UA);

    expect(url).toBe("https://paper.example/new.xml");
    expect(headers).not.toHaveProperty("if-none-match");
  });

  test("after a fortnight of nothing but 304 asks for a body once", () => {
    const state = polled({ validators: { etag: '"a"' }, bodyAt: NOON - 15 * DAY });

    expect(requestOf(FEED, state, UA).headers).not.toHaveProperty("if-none-match");
    expect(requestOf(FEED, { ...state, bodyAt: NOON - 13 * DAY }, UA).headers).toHaveProperty("if-none-match");
  });

  test("A-07: has no fragment, and the operator's credentials as a header", () => {
    const { url, headers } = firstRequest("https://m%C3%BCller:p%40ss@paper.example/feed?a=1#top", UA);

    expect(url).toBe("https://paper.example/feed?a=1");
    expect(headers["authorization"]).toBe(`Basic ${Buffer.from("müller:p@ss").toString("base64")}`);
  });
});

describe("a feed that moves", () => {
  /** Polls every 12 hours; the server redirects to `movedTo` each time. */
  function poll(times: number, movedTo?: string, from = polled({ polledAt: NOON - 12 * 3_600_000 })) {
    let state = from;
    for (let n = 0; n < times; n += 1)
      state = stateAfter({
        feed: FEED,
        state,
        outcome: { kind: "unmodified", by: "status", validators: {}, hints: {}, ...(movedTo && { movedTo }) },
        now: (state.polledAt ?? NOON) + 12 * 3_600_000,
      });
    return state;
  }
  const NEW = "https://paper.example/moved.xml";

  test("A-20: is asked at its new address after five permanent redirects over 48 hours, without the old validators", () => {
    const four = poll(4, NEW);
    const five = { ...poll(5, NEW), validators: { etag: '"a"' } };

    expect(four).toMatchObject({ movedTo: NEW, movedCount: 4 });
    expect(requestOf(FEED, four, UA).url).toBe(FEED.url);
    expect(requestOf(FEED, five, UA).url).toBe(NEW);
    expect(requestOf(FEED, five, UA).headers).not.toHaveProperty("if-none-match");
  });

  test("A-20: too fast to be sure stays where it is", () => {
    let state = polled();
    for (let n = 0; n < 20; n += 1)
      state = stateAfter({
        feed: FEED,
        state,
        outcome: { kind: "unmodified", by: "status", validators: {}, hints: {}, movedTo: NEW },
        now: NOON + n * 3_600_000,
      });

    expect(requestOf(FEED, state, UA).url).toBe(FEED.url);
  });

  test("here and there begins counting anew with each change", () => {
    const state = poll(1, "https://paper.example/elsewhere.xml", poll(4, NEW));

    expect(state).toMatchObject({ movedTo: "https://paper.example/elsewhere.xml", movedCount: 1 });
    expect(poll(1, undefined, state)).not.toHaveProperty("movedTo");
  });

  test("stays at the new address while that answers, and goes back when it is missing there", () => {
    const moved = poll(3, undefined, poll(5, NEW));
    const missing = stateAfter({ feed: FEED, state: moved, outcome: { kind: "missing", hints: {} }, now: NOON });

    expect(requestOf(FEED, moved, UA).url).toBe(NEW);
    expect(requestOf(FEED, missing, UA).url).toBe(FEED.url);
  });

  test("is asked at the address the operator writes, once it is another one", () => {
    const edited = { ...FEED, url: "https://paper.example/edited.xml" };

    expect(requestOf(edited, poll(5, NEW), UA).url).toBe(edited.url);
  });

  test("A-20: to what is no feed is not believed", () => {
    const html = outcomeOf({
      feed: FEED,
      state: poll(4, NEW),
      answer: { kind: "answered", status: 200, url: NEW, headers: {}, bytes: Buffer.from("<html>"), movedTo: NEW },
      now: NOON,
    });
    const state = stateAfter({ feed: FEED, state: poll(4, NEW), outcome: html, now: NOON + 3 * DAY });

    expect(state).toMatchObject({ movedCount: 4, health: "failing" });
  });
});
