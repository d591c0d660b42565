import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { hostGate } from "../../src/adapters/host-gate.ts";
import { openFetcher } from "../../src/adapters/http-fetcher.ts";
import { threadPool } from "../../src/adapters/thread-pool.ts";
import { DAY, HOUR, type Instant, MINUTE, SECOND } from "../../src/model/time.ts";
import { robotsAsker } from "../../workers/poll/robots.ts";
import { type PollTools, pollFeed } from "../../workers/poll.ts";
import { openWorld, type World } from "../../workers/world.ts";
import { ORIGINS, openScoreServer, WEEK_BEGINS } from "../support/score-server.ts";
import { aFeed, aPublisher, temporaryFolder, testSettings } from "../support/test-settings.ts";

const RESTARTS = 5;
const LEASE = MINUTE;

/** Real time goes on between the leaps. */
function openClock(begin: Instant) {
  let [from, at] = [Date.now(), begin];
  const now = (): Instant => at + Date.now() - from;
  return {
    now,
    leapTo(instant: Instant): void {
      if (instant > now()) [from, at] = [Date.now(), instant];
    },
  };
}

/** Polls what is due, whenever something is due, until the clock says so. */
async function work(tools: PollTools, clock: ReturnType<typeof openClock>, until: Instant): Promise<void> {
  const { world, lease } = tools;
  const feedById = new Map(world.settings.feeds.map((feed) => [feed.id, feed]));
  await world.feeds.schedule([...feedById.keys()], clock.now(), 0);
  for (;;) {
    const [, next] = await world.redis.zrange(world.keys.due, "0", "0", "WITHSCORES");
    if (next === undefined || Number(next) >= until) return;
    clock.leapTo(Number(next));
    const claimedAt = clock.now();
    const claims = await world.feeds.claim(claimedAt, 100, lease, { overdueAfter: DAY, aSecond: 100 });
    const asked = claims.map(({ feed }) => ({ feed, token: randomUUID() }));
    const leases = asked.length === 0 ? [] : await world.feeds.takeLeases(asked, { now: claimedAt, lease, claimedAt });
    await Promise.all(
      leases.map(async (answer) => {
        const feed = feedById.get(answer.feed);
        if (answer.kind === "taken" && feed !== undefined) await pollFeed(tools, feed, answer);
      }),
    );
  }
}

/** The program between two restarts: its own Redis, fetcher and readers. */
async function live(settings: World["settings"], clock: ReturnType<typeof openClock>, until: Instant): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const world = { ...stack.use(await openWorld(settings, "work")), now: clock.now };
  const fetcher = stack.use(openFetcher(settings.poll));
  const reading: PollTools["reading"] = stack.use(
    threadPool(new URL("../../workers/poll/reading-thread.ts", import.meta.url), {
      threads: 1,
      deadlineMs: 5 * SECOND,
    }),
  );
  const gate = hostGate(world.redis, world.keys, { gap: 0, concurrency: 50, longest: MINUTE });
  const { signal: calledOff } = new AbortController();
  const robots = robotsAsker(world, fetcher, calledOff);
  await work(
    {
      world,
      fetcher,
      reading,
      gate,
      robots,
      calledOff,
      lease: LEASE,
      ill: { tell: () => undefined },
      sectionWords: [],
    },
    clock,
    until,
  );
}

test("A-08: a week of polling with five restarts keeps the manners that publishers measure, whatever kind they are", async () => {
  // Given publishers of every kind, each keeping score of us
  const clock = openClock(WEEK_BEGINS);
  await using stack = new AsyncDisposableStack();
  using folder = temporaryFolder();
  const servers = await Promise.all(ORIGINS.map(async (origin) => stack.use(await openScoreServer(origin, clock.now))));
  const base = testSettings({ dataDir: folder.path });
  const settings = testSettings({
    dataDir: folder.path,
    poll: { ...base.poll, minInterval: 15 * MINUTE },
    publishers: [aPublisher("paper")],
    feeds: servers.map((server, n) => aFeed(`kind-${n}`, "paper", server.url("/feed"))),
  });

  // When a week goes by, and the program and its Redis begin anew five times in it
  for (let life = 1; life <= RESTARTS + 1; life += 1)
    await live(settings, clock, WEEK_BEGINS + (life * 7 * DAY) / (RESTARTS + 1));

  // Then no column has an entry that should have none
  const table = ORIGINS.map(({ name }, n) => ({ name, ...servers[n]?.score }));
  if (process.env["TEST_LOG"] === "1") console.table(table);
  for (const [n, { name, gap }] of ORIGINS.entries()) {
    expect(table[n]).toMatchObject({
      name,
      bogus: 0,
      outOfSequence: 0,
      cookies: 0,
      referrers: 0,
      queries: 0,
      tooEarly: 0,
    });
    expect(servers[n]?.score.shortestGap, name).toBeGreaterThanOrEqual(gap);
    // without validators nothing can be conditional
    if (name === "none") continue;
    // a feed that has moved for good begins anew at its new address
    expect(table[n]).toMatchObject({ name, unconditional: name === "301 over two hops" ? 2 : 1 });
    if (gap < 12 * HOUR) expect(servers[n]?.score.notModified, name).toBeGreaterThan(10);
  }
}, 60_000);
