import { describe, expect, test } from "vitest";
import type { FeedState } from "../../src/model/feed.ts";
import type { PollReason } from "../../src/model/poll-reason.ts";
import { DAY, HOUR, MINUTE } from "../../src/model/time.ts";
import type { View } from "../../src/serve/serve.ts";
import { EXAMPLE_NOW } from "../support/example-press.ts";
import { exampleView } from "../support/example-view.ts";
import { served } from "./served.ts";

const EXAMPLE = exampleView();

/** The publisher's page where its feed is in this state. */
async function pageOf(state: Partial<FeedState>, language = "de", path = "/publishers/kulturblatt"): Promise<string> {
  const example = await EXAMPLE;
  const { feeds } = await example.feedsOf();
  const changed = feeds.map((report) => ({
    ...report,
    state: { validators: {}, health: "ok", failures: 0, nextDueAt: EXAMPLE_NOW + 40 * MINUTE, ...state } as FeedState,
  }));
  const view: View = {
    ...example,
    settings: { ...example.settings, language },
    feedsOf: async (publisher) => ({
      feeds: changed.filter(({ feed }) => publisher === undefined || feed.publisher === publisher),
      stale: false,
    }),
  };
  await using server = await served(view);
  return (await server.get(path)).text;
}

const EVERY: readonly PollReason[] = [
  { rule: "budget", every: 2 * HOUR },
  { rule: "busy-hours" },
  { rule: "slow-hours" },
  { rule: "min-interval", length: 15 * MINUTE },
  { rule: "max-interval", length: DAY },
  { rule: "courtesy", length: HOUR },
  { rule: "no-validators", length: 6 * HOUR },
  { rule: "turnover", items: 20, within: 3 * HOUR },
  { rule: "pushed" },
  { rule: "max-age", length: 12 * HOUR },
  { rule: "ttl", length: 10 * MINUTE, isShorter: true },
  { rule: "update-period", length: DAY },
  { rule: "retry-after", length: 3 * DAY },
  { rule: "skipped-hours" },
  { rule: "challenge" },
  { rule: "refused", status: 403, failures: 2 },
  { rule: "throttled", status: 429, failures: 1 },
  { rule: "missing", failures: 3 },
  { rule: "dead", failures: 40 },
  { rule: "gone", failures: 2 },
  { rule: "no-answer", failures: 4 },
  { rule: "back-off", failures: 5 },
];

describe("why a feed is polled when it is", () => {
  const reasons: readonly PollReason[] = [
    { rule: "budget", every: 2 * HOUR },
    { rule: "max-age", length: 10 * MINUTE, isShorter: true },
  ];

  test("is said on German pages in German", async () => {
    const page = await pageOf({ nextReasons: reasons });

    expect(page).toContain("in 40 Minuten");
    expect(page).toContain(
      "etwa alle 2 Stunden eine Meldung, nach dem Abrufbudget; max-age: 10 Minuten, das ist nicht länger",
    );
  });

  test("is said on English pages in English", async () => {
    const page = await pageOf({ nextReasons: reasons }, "en");

    expect(page).toContain("in 40 minutes");
    expect(page).toContain(
      "an item about every 2 hours, by the request budget; max-age: 10 minutes, which is not longer",
    );
  });

  test.each(EVERY)("has words of its own in both languages: $rule", async (reason) => {
    const [german, english] = await Promise.all([
      pageOf({ nextReasons: [reason] }),
      pageOf({ nextReasons: [reason] }, "en"),
    ]);
    const wordsIn = (page: string) => /in 40 [^<]*<\/time> <span class="small">([^<]{10,})<\/span>/.exec(page)?.[1];

    expect(wordsIn(german)).toBeDefined();
    expect(wordsIn(english)).toBeDefined();
    expect(wordsIn(german)).not.toBe(wordsIn(english));
    expect(`${wordsIn(german)}${wordsIn(english)}`).not.toMatch(/undefined|NaN|\[object/);
  });

  test("is left out where another version of the program wrote it", async () => {
    const page = await pageOf({ nextReasons: [{ rule: "from the future" } as unknown as PollReason] });

    expect(page).toContain("in 40 Minuten");
    expect(page).not.toContain("from the future");
  });
});

describe("a feed that is well and yet odd", () => {
  test("is named as silent, since its last item, on its publisher's page and on the page of all", async () => {
    const silent = { silentSince: EXAMPLE_NOW - 5 * DAY };

    expect(await pageOf(silent)).toMatch(/verstummt<\/strong>: keine neue Meldung seit <time[^>]*>18\.11\.2026/);
    expect(await pageOf(silent, "de", "/publishers")).toContain("Verstummte Feeds");
    expect(await pageOf(silent, "en")).toContain("no new item since");
    expect(await pageOf({}, "de", "/publishers")).not.toContain("Verstummte Feeds");
  });

  test("says how few items it has, and since when", async () => {
    const thin = { thinSince: EXAMPLE_NOW - DAY, itemCount: 2, usualCount: 39.6 };

    expect(await pageOf(thin)).toMatch(/nur 2 statt etwa 40 Meldungen im Feed, seit <time[^>]*>22\.11\.2026/);
    expect(await pageOf(thin, "en")).toContain("only 2 instead of about 40 items in the feed");
  });
});
