import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import process from "node:process";
import { expect, test } from "vitest";
import { startEmbeddedRedis } from "../../src/adapters/embedded-redis.ts";
import type { Duration } from "../../src/model/time.ts";
import { aFeed, aPublisher, eventually, ROOT, temporaryFolder, testSettings } from "../support/test-settings.ts";

/** Two are under way at times, and no worker holds a lease of three seconds longer than that. */
const MAX_DELAY: Duration = 300;
/** What a loaded machine may take between a turn and the arrival; without any gap it would be far less than this allows. */
const SLACK: Duration = 800;

/** Answers everything after a while, and remembers who was there when. */
async function openCounter(gap: Duration) {
  const starts: number[] = [];
  const paths = new Set<string>();
  let underWay = 0;
  let most = 0;
  const server = createServer((request, response) => {
    starts.push(performance.now());
    paths.add(request.url ?? "");
    underWay += 1;
    most = Math.max(most, underWay);
    setTimeout(
      () => {
        underWay -= 1;
        response.writeHead(200, { "content-type": "application/rss+xml", "cache-control": "max-age=86400" });
        // fresh for a day: nobody comes back within the test
        response.end(`<rss version="2.0"><channel><title>t</title><link>https://t.example/</link></channel></rss>`);
      },
      Math.min(gap, MAX_DELAY),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    starts,
    paths,
    most: (): number => most,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function openWorkers(count: number, settingsFile: string) {
  const workers: ChildProcess[] = Array.from({ length: count }, () =>
    spawn(process.execPath, [path.join(ROOT, "tests", "support", "role-process.ts"), settingsFile, "work"], {
      stdio: ["ignore", "ignore", "inherit"],
    }),
  );
  return {
    async [Symbol.asyncDispose]() {
      for (const worker of workers) worker.kill("SIGKILL");
      await Promise.all(workers.map((worker) => worker.exitCode ?? worker.signalCode ?? once(worker, "exit")));
    },
  };
}

test.each([
  { feeds: 300, gap: 30 },
  { feeds: 8, gap: 1000 },
])(
  "A-17, C-11: four workers together ask one host for $feeds feeds two at once, $gap ms apart",
  async ({ feeds, gap }) => {
    // Given feeds of one host, due at once, and four processes that share a Redis
    await using counter = await openCounter(gap);
    using folder = temporaryFolder();
    await using redis = await startEmbeddedRedis({ dataDir: folder.path });
    const base = testSettings({ dataDir: folder.path });
    const settings = {
      ...base,
      redisUrl: redis.connection.path,
      poll: { ...base.poll, concurrency: 50, perHostGap: gap, perHostConcurrency: 2 },
      publishers: [aPublisher("one")],
      feeds: Array.from({ length: feeds }, (_, n) => aFeed(`f-${n}`, "one", `http://127.0.0.1:${counter.port}/${n}`)),
    };
    const file = path.join(folder.path, "settings.json");
    writeFileSync(file, JSON.stringify(settings));

    // When all of them have been polled
    await using _ = await openWorkers(4, file);
    await eventually("every feed polled", () => (counter.paths.size === feeds ? true : undefined), 90_000);

    // Then never more than two requests were under way, and any few in a row kept the distance of as many gaps
    const { starts } = counter;
    const few = feeds / 4;
    const spans = starts.slice(few).map((at, n) => at - (starts[n] ?? 0));
    const [first = 0, last = 0] = [starts[0], starts.at(-1)];
    console.info(
      `${starts.length} requests in ${Math.round(last - first)} ms, at the least ${gap * (feeds - 1)}; ` +
        `${few} gaps: ${Math.round(Math.min(...spans))} ms at the shortest; most at once: ${counter.most()}`,
    );
    expect(counter.most()).toBeLessThanOrEqual(2);
    expect(Math.min(...spans)).toBeGreaterThan(few * gap - SLACK);
    expect(last - first).toBeGreaterThan((feeds - 1) * gap - SLACK);
  },
  120_000,
);
