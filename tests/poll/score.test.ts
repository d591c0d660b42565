import type { IncomingMessage, ServerResponse } from "node:http";
import { expect, test } from "vitest";
import { type Fetcher, openFetcher } from "../../src/adapters/http-fetcher.ts";
import { type Feed, type FeedState, NEW_FEED_STATE } from "../../src/model/feed.ts";
import type { Reading } from "../../src/model/reading.ts";
import { DAY, HOUR, type Instant, MINUTE } from "../../src/model/time.ts";
import { limitsFor, nextPoll, outcomeOf, requestOf, stateAfter } from "../../src/poll/poll.ts";
import { openPublisher } from "../support/publisher-server.ts";
import { FEED, NOON } from "./feed.ts";

const LIMITS = { minInterval: 15 * MINUTE, maxInterval: DAY };
const READING: Reading = { kind: "read", format: "rss", profile: {}, drafts: [], hints: {}, repairs: [] };

/**
 * A publisher that counts what R. Kroll's Feed Reader Score counts (facts A.1): every five hours its document changes,
 * every seven hours it is only touched (new validators, same body).
 */
function scorer(clock: { now: Instant }) {
  const score = {
    polls: 0,
    unconditional: 0,
    stale: 0,
    bogus: 0,
    cookies: 0,
    referrers: 0,
    notModified: 0,
    gaps: [] as number[],
  };
  const issued = new Set<string>();
  let last: Instant | undefined;
  const play = ({ headers, url }: IncomingMessage, response: ServerResponse): void => {
    const elapsed = clock.now - NOON;
    const document = Math.floor(elapsed / (5 * HOUR));
    const touch = Math.floor(elapsed / (7 * HOUR));
    const etag = `W/"${document}-${touch}"`;
    const date = new Date(NOON + Math.max(document * 5, touch * 7) * HOUR).toUTCString();
    const { "if-none-match": sentTag, "if-modified-since": sentDate } = headers;
    score.polls += 1;
    if (sentTag === undefined && sentDate === undefined) score.unconditional += 1;
    for (const sent of [sentTag, sentDate]) if (sent !== undefined && !issued.has(sent)) score.bogus += 1;
    if (issued.has(`${sentTag}`) && !issued.has(`${sentTag}|${sentDate}`)) score.stale += 1;
    if (headers.cookie !== undefined) score.cookies += 1;
    if (headers.referer !== undefined || url !== "/feed") score.referrers += 1;
    if (last !== undefined) score.gaps.push(clock.now - last);
    last = clock.now;
    for (const mark of [etag, date, `${etag}|${date}`]) issued.add(mark);
    const isSame = sentTag === etag;
    if (isSame) score.notModified += 1;
    response.writeHead(isSame ? 304 : 200, {
      etag,
      "last-modified": date,
      "cache-control": "max-age=3600",
      "set-cookie": "a=1",
    });
    response.end(isSame ? undefined : `<rss>${document}</rss>`);
  };
  return { score, play };
}

async function pollOnce(fetcher: Fetcher, feed: Feed, state: FeedState, now: Instant): Promise<FeedState> {
  const answer = await fetcher.fetch(requestOf(feed, state, "Ressort/1 (+https://news.example/; 3 subscribers)"));
  const outcome = outcomeOf({ feed, state, answer, now });
  const after = stateAfter({
    feed,
    state,
    outcome,
    now,
    newItems: 1,
    ...(outcome.kind === "modified" && { reading: READING }),
  });
  const { at, because } = nextPoll({ state: after, outcome, limits: limitsFor(feed, LIMITS), now, chance: 0 });
  return { ...after, nextDueAt: at, nextBecause: because };
}

test("a week of polling, restarts included, keeps the manners that publishers measure (A-08)", async () => {
  // Given a publisher that keeps score, and a clock of our own
  const clock = { now: NOON };
  const { score, play } = scorer(clock);
  await using publisher = await openPublisher();
  publisher.answer("/feed", play);
  const feed = { ...FEED, url: publisher.url("/feed") };
  let state = NEW_FEED_STATE;

  // When we poll whenever the feed is due, and the program begins anew every day and a half
  for (let restart = 0; restart < 5; restart += 1) {
    state = JSON.parse(JSON.stringify(state));
    await using fetcher = openFetcher({ allowNetworks: ["127.0.0.0/8"], ports: [publisher.port] });
    while (clock.now < NOON + (restart + 1) * 34 * HOUR) {
      state = await pollOnce(fetcher, feed, state, clock.now);
      clock.now = state.nextDueAt ?? Number.POSITIVE_INFINITY;
    }
  }

  // Then only the first request was unconditional, and no other column has an entry
  expect(score).toMatchObject({ unconditional: 1, stale: 0, bogus: 0, cookies: 0, referrers: 0 });
  expect(score.notModified).toBeGreaterThan(10);
  expect(score.polls).toBeGreaterThan(50);
  expect(Math.min(...score.gaps)).toBeGreaterThanOrEqual(HOUR);
});
