import { type ChildProcess, spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { Redis } from "ioredis";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startEmbeddedRedis } from "../../src/adapters/embedded-redis.ts";
import { keysUnder } from "../../src/adapters/keys.ts";
import { unpackLines } from "../../src/adapters/packed-lines.ts";
import type { NewsEntry } from "../../src/model/news.ts";
import { SECOND } from "../../src/model/time.ts";
import { aTopic, eventually, ROOT, temporaryFolder, testSettings } from "../support/test-settings.ts";
import { newsOf } from "./takeover-news.ts";

/** Real desks in processes of their own over one Redis: whatever happens to one, the next decides as if nothing had. */

const NEWS = newsOf(6000);
/** A desk saves its memory after so many news, or half as many as it has items (workers/desk.ts). */
const SAVED_AFTER = 2000;
/** Well within the time that a save takes. */
const INTO_THE_SAVE_MS = 30;
const WITHIN = 15 * SECOND;
const PATIENCE = 90 * SECOND;

const stack = new AsyncDisposableStack();
let redisUrl: string;
let folder: string;
let undisturbed: Told;

beforeAll(async () => {
  folder = stack.use(temporaryFolder()).path;
  redisUrl = stack.use(await startEmbeddedRedis({ dataDir: folder })).url;
  await using house = openHouse("calm");
  const desk = await house.leader();
  await house.tell(NEWS);
  await house.decided(NEWS.length);
  await end(desk, "SIGTERM");
  undisturbed = await house.told();
}, PATIENCE);

afterAll(() => stack.disposeAsync());

test("a desk that is killed, one that is killed while it saves, and their successor decide as one would have alone", {
  timeout: 2 * PATIENCE,
}, async () => {
  await using house = openHouse("killed");
  const first = await house.leader();
  const second = house.start();
  await house.tell(NEWS);

  await house.decided(1000);
  const afterKill = await house.takeover(() => end(first, "SIGKILL"));
  const third = house.start();
  await house.decided(1000 + SAVED_AFTER);
  await new Promise((resolve) => setTimeout(resolve, INTO_THE_SAVE_MS));
  const afterSave = await house.takeover(() => end(second, "SIGKILL"));
  await house.decided(NEWS.length);
  await end(third, "SIGTERM");

  console.log(`takeover after ${afterKill} ms, and ${afterSave} ms while saving`);
  expect(await house.told()).toEqual(undisturbed);
  expect(Math.max(afterKill, afterSave)).toBeLessThanOrEqual(WITHIN);
});

test("a desk that is held and wakes after another took over writes nothing", { timeout: 2 * PATIENCE }, async () => {
  await using house = openHouse("held");
  const first = await house.leader();
  const second = house.start();
  const most = NEWS.slice(0, 5500);
  await house.tell(most);

  await house.decided(2 * SAVED_AFTER + 500);
  const afterHold = await house.takeover(async () => first.kill("SIGSTOP"));
  await house.decided(most.length);
  const before = await house.everything();
  first.kill("SIGCONT");
  await new Promise((resolve) => setTimeout(resolve, 3 * SECOND));
  const after = await house.everything();
  await house.tell(NEWS.slice(most.length));
  await house.decided(NEWS.length);
  await end(first, "SIGTERM");
  await end(second, "SIGTERM");

  console.log(`takeover after ${afterHold} ms, with a snapshot to read`);
  // what it had committed before it was held, it may still ask others to render
  const changed = Object.keys(after).filter((key) => !isDeepStrictEqual(after[key], before[key]));
  expect(changed.filter((key) => !key.startsWith(":bull:"))).toEqual([]);
  expect(Object.keys(before).filter((key) => !(key in after))).toEqual([]);
  expect(await house.told()).toEqual(undisturbed);
  expect(afterHold).toBeLessThanOrEqual(WITHIN);
});

interface Told {
  readonly stored: Readonly<Record<string, unknown>>;
  readonly memory: readonly string[];
}

/** A Redis prefix of its own, its news and its desks. */
function openHouse(prefix: string) {
  const settings = testSettings({
    ...{ dataDir: folder, redisUrl, redisPrefix: prefix },
    topics: [aTopic("alles", "*"), aTopic("sport", "section:sport")],
  });
  const file = path.join(folder, `${prefix}.json`);
  writeFileSync(file, JSON.stringify(settings));
  const redis = new Redis(redisUrl);
  const keys = keysUnder(prefix);
  const desks: ChildProcess[] = [];
  const positions: string[] = [];
  const position = () => redis.hget(keys.desk, "position");

  function start(): ChildProcess {
    const script = path.join(ROOT, "tests", "support", "role-process.ts");
    const desk = spawn(process.execPath, [script, file, "desk"], { stdio: ["ignore", "ignore", "inherit"] });
    desks.push(desk);
    return desk;
  }

  return {
    start,

    /** The first desk, once it leads. */
    async leader(): Promise<ChildProcess> {
      const desk = start();
      await eventually("a desk leads", async () => (await redis.hget(keys.desk, "owner")) ?? undefined);
      return desk;
    },

    /** Items and news as the commit of a poll writes them. */
    async tell(news: readonly NewsEntry[]): Promise<void> {
      const pipeline = redis.pipeline();
      for (const entry of news) {
        if (entry.kind === "new" || entry.kind === "revised") {
          pipeline.set(keys.item(entry.item.id), JSON.stringify(entry.item));
          pipeline.zadd(keys.items, entry.item.arrivedAt, entry.item.id);
        }
        pipeline.xadd(keys.news, "*", "entry", JSON.stringify(entry));
      }
      const answers = await pipeline.exec();
      for (const [error, answer] of answers ?? []) {
        if (error !== null) throw error;
        if (typeof answer === "string" && answer.includes("-")) positions.push(answer);
      }
    },

    async decided(count: number): Promise<void> {
      await eventually(
        `${count} news decided`,
        async () => positions.indexOf((await position()) ?? "") + 1 >= count || undefined,
        PATIENCE,
      );
    },

    /** @returns ms from when a desk is gone to the first decision of the next */
    async takeover(gone: () => Promise<unknown>): Promise<number> {
      const started = performance.now();
      await gone();
      const left = await position();
      await eventually("the next desk decides", async () => ((await position()) !== left ? true : undefined), PATIENCE);
      return Math.round(performance.now() - started);
    },

    /** All that readers could tell two runs apart by, and what the desk remembers. */
    async told(): Promise<Told> {
      const packed = await redis.getBuffer(keys.snapshot);
      const stored = await read([keys.aliases, keys.place("*"), keys.story("*"), keys.topic("*")]);
      return { stored, memory: packed === null ? [] : [...(await unpackLines(packed))] };
    },

    /** Every key; of the lease all but its end. */
    async everything(): Promise<Readonly<Record<string, unknown>>> {
      const { [":desk"]: _, ...all } = await read([`${prefix}:*`]);
      return { ...all, desk: await redis.hmget(keys.desk, "fence", "owner", "position", "snapshotPosition") };
    },

    async [Symbol.asyncDispose]() {
      await Promise.all(desks.map((desk) => end(desk, "SIGKILL")));
      redis.disconnect();
    },
  };

  async function read(patterns: readonly string[]): Promise<Readonly<Record<string, unknown>>> {
    const found: Record<string, unknown> = {};
    for (const pattern of patterns)
      for await (const batch of redis.scanStream({ match: pattern, count: 1000 }))
        for (const key of batch as string[]) found[key.slice(prefix.length)] = await contentOf(key);
    return found;
  }

  async function contentOf(key: string): Promise<unknown> {
    switch (await redis.type(key)) {
      case "hash":
        return await redis.hgetall(key);
      case "zset":
        return await redis.zrange(key, "0", "-1", "WITHSCORES");
      case "stream":
        return await redis.xrange(key, "-", "+");
      default:
        return await redis.getBuffer(key);
    }
  }
}

function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once("exit", () => resolve());
    child.kill(signal);
  });
}
