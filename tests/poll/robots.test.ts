import { describe, expect, test } from "vitest";
import type { Answer } from "../../src/model/answer.ts";
import { NEW_FEED_STATE } from "../../src/model/feed.ts";
import { forbidden, isForbidden, outcomeOf, robotsRulesOf, stateAfter } from "../../src/poll/poll.ts";
import { FEED, NOON } from "./feed.ts";

const URL_OF_FEED = "https://paper.example/feeds/politik.xml?a=1";

const answer = (text: string | Uint8Array, status = 200): Answer => ({
  kind: "answered",
  status,
  url: "https://paper.example/robots.txt",
  headers: {},
  bytes: Buffer.from(text),
});
const forbids = (text: string, url = URL_OF_FEED): boolean => isForbidden(robotsRulesOf(answer(text)), url);

describe("A-44: a robots.txt", () => {
  test.each([
    "User-agent: Ressort\nDisallow: /",
    "user-agent: ressort\ndisallow: /feeds/",
    "User-agent:Ressort/1.0\r\nDisallow: /*.xml",
    "  User-agent: Ressort # not you\n  Disallow: /feeds/politik.xml?a=1$",
    "User-agent: Other\nUser-agent: Ressort\nDisallow: /",
    "User-agent: *\nAllow: /\n\nUser-agent: Ressort\nDisallow: /",
    "User-agent: Ressort\nDisallow: /\nAllow: /open/",
    "\ufeffUser-agent: Ressort\nDisallow: /feeds",
    "User-agent: Ressort\nDisallow: /open/\n\nUser-agent: Ressort\nDisallow: /feeds/",
  ])("that says so in our name forbids: %j", (text) => {
    expect(forbids(text)).toBe(true);
  });

  test.each([
    "",
    "User-agent: *\nDisallow: /",
    "User-agent: RessortReader\nDisallow: /",
    "User-agent: Ressort\nDisallow:",
    "User-agent: Ressort\nAllow: /",
    "User-agent: Ressort\nDisallow: /archive/",
    "User-agent: Ressort\nDisallow: /feeds/\nAllow: /feeds/politik.xml",
    "User-agent: Ressort\nSitemap: https://paper.example/s.xml\n\nUser-agent: *\nDisallow: /",
    "User-agent: *\nDisallow: / # Ressort",
    "<!doctype html><title>Nothing here</title>",
  ])("that does not, does not: %j", (text) => {
    expect(forbids(text)).toBe(false);
  });

  test("that is missing, broken or unreachable forbids nothing", () => {
    const rule = "User-agent: Ressort\nDisallow: /";

    for (const status of [301, 401, 403, 404, 410, 429, 500, 503]) expect(robotsRulesOf(answer(rule, status))).toBe("");
    expect(robotsRulesOf({ kind: "failed", code: "timeout", why: "" })).toBe("");
    expect(robotsRulesOf(answer(Buffer.from([0xff, 0xfe, 0, 1, 2, 3])))).toBe("");
  });

  test("is kept only where it names us, and only so much of it", () => {
    const others = "User-agent: *\nDisallow: /secret\n".repeat(1000);
    const ours = `User-agent: Ressort\nDisallow: /feeds/\n${"Disallow: /x\n".repeat(50_000)}`;

    expect(robotsRulesOf(answer(others))).toBe("");
    expect(robotsRulesOf(answer(others + ours)).length).toBeLessThanOrEqual(32 * 1024);
    expect(forbids(others + ours)).toBe(true);
  });

  test("cannot keep us busy, whatever its patterns", () => {
    const text = `User-agent: Ressort\nDisallow: /${"*a".repeat(16_000)}$\n`;
    const started = performance.now();

    forbids(text, `https://paper.example/${"a".repeat(2000)}`);

    expect(performance.now() - started).toBeLessThan(1000);
  });

  test("that forbids makes the feed a refused one, and its page says who refuses", () => {
    const outcome = outcomeOf({ feed: FEED, state: NEW_FEED_STATE, answer: forbidden(URL_OF_FEED), now: NOON });
    const state = stateAfter({ feed: FEED, state: NEW_FEED_STATE, outcome, now: NOON });

    expect(state.health).toBe("refused");
    expect(state.lastError).toBe("robots: https://paper.example/robots.txt asks Ressort not to read this address");
  });
});
