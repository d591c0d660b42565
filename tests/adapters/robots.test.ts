import { Redis } from "ioredis";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startEmbeddedRedis } from "../../src/adapters/embedded-redis.ts";
import { keysUnder } from "../../src/adapters/keys.ts";
import { robotsBook } from "../../src/adapters/robots.ts";
import type { Answer } from "../../src/model/answer.ts";
import { DAY, HOUR, SECOND } from "../../src/model/time.ts";
import { temporaryFolder } from "../support/test-settings.ts";

const ORIGIN = "https://paper.example";
const NOW = Date.now();
const RULES = "User-agent: Ressort\nDisallow: /";
const keys = keysUnder("t");
const folder = temporaryFolder();
let server: Awaited<ReturnType<typeof startEmbeddedRedis>>;
let redis: Redis;

beforeAll(async () => {
  server = await startEmbeddedRedis({ dataDir: folder.path });
  redis = new Redis(server.connection.path);
});
beforeEach(async () => {
  await redis.flushall();
});
afterAll(async () => {
  redis.disconnect();
  await server[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

const openBook = () =>
  robotsBook(redis, keys, (answer) => (answer.kind === "answered" ? Buffer.from(answer.bytes).toString() : ""));

/** Somebody who answers a question for robots.txt, and counts how often it was put. */
function publisher(answer: Answer) {
  const asked = { times: 0 };
  return {
    asked,
    ask: async () => {
      asked.times += 1;
      return answer;
    },
  };
}
const found: Answer = { kind: "answered", status: 200, url: ORIGIN, headers: {}, bytes: Buffer.from(RULES) };

test("A-44: a robots.txt is asked for once a day, by one of all workers, and looked up without Redis after that", async () => {
  const { asked, ask } = publisher(found);
  const [one, other] = [openBook(), openBook()];

  expect(await one.rulesFor(ORIGIN, NOW, ask)).toEqual({ kind: "rules", rules: RULES });
  expect(await other.rulesFor(ORIGIN, NOW, ask)).toEqual({ kind: "rules", rules: RULES });
  const commands = async () => Number(/total_commands_processed:(\d+)/.exec(await redis.info("stats"))?.[1]);
  const before = await commands();
  for (let n = 0; n < 100; n += 1) await other.rulesFor(ORIGIN, NOW + HOUR, ask);

  expect(await commands()).toBe(before + 1);
  expect(asked.times).toBe(1);
  expect(await redis.pttl(keys.robots(ORIGIN))).toBeGreaterThan(DAY - HOUR);
});

test("A-44: it is asked for again the day after", async () => {
  const { asked, ask } = publisher(found);
  const one = openBook();
  await one.rulesFor(ORIGIN, NOW, ask);
  await redis.del(keys.robots(ORIGIN)); // as Redis does after a day

  await one.rulesFor(ORIGIN, NOW + DAY, ask);

  expect(asked.times).toBe(2);
});

test("A-44: one that cannot be had forbids nothing, for a day", async () => {
  const { asked, ask } = publisher({ kind: "failed", code: "timeout", why: "" });

  expect(await openBook().rulesFor(ORIGIN, NOW, ask)).toEqual({ kind: "rules", rules: "" });
  expect(await openBook().rulesFor(ORIGIN, NOW, ask)).toEqual({ kind: "rules", rules: "" });
  expect(asked.times).toBe(1);
});

test("A-44: while one worker asks, the others wait; a worker that died is forgotten within a minute", async () => {
  const { asked, ask } = publisher(found);
  const [one, other] = [openBook(), openBook()];
  const meanwhile = other.rulesFor.bind(other, ORIGIN, NOW, ask);
  const seen: unknown[] = [];

  await one.rulesFor(ORIGIN, NOW, async () => {
    seen.push(await meanwhile());
    seen.push(await redis.pttl(keys.robots(ORIGIN)));
    return await ask();
  });

  expect(seen).toEqual([{ kind: "wait", wait: 5 * SECOND }, expect.any(Number)]);
  expect(seen[1]).toBeLessThanOrEqual(60 * SECOND);
  expect(asked.times).toBe(1);
});

test("A-44: where the host is busy nothing is remembered, and the poll waits as it would", async () => {
  const busy = publisher({ kind: "failed", code: "host-busy", why: "", wait: 1234 });
  const one = openBook();

  expect(await one.rulesFor(ORIGIN, NOW, busy.ask)).toEqual({ kind: "wait", wait: 1234 });
  expect(await one.rulesFor(ORIGIN, NOW, publisher(found).ask)).toEqual({ kind: "rules", rules: RULES });
});
