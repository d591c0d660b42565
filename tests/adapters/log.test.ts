import { execFileSync } from "node:child_process";
import path from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { startEmbeddedRedis } from "../../src/adapters/embedded-redis.ts";
import { ROOT, temporaryFolder } from "../support/test-settings.ts";

const LOG = pathToFileURL(path.join(ROOT, "src/adapters/log.ts")).href;

/** A command that Redis refuses, with a text of 200 KB, is logged: once as it came, once as the cause of something. */
const REFUSED = `
  import { Redis } from "ioredis";
  import { openLog } from "${LOG}";
  const log = openLog("info", "test");
  const redis = new Redis(process.argv[1]);
  const error = await redis.call("hset", "too", "few", "arguments", "x".repeat(200_000)).catch((refused) => refused);
  log.error({ err: error }, "refused");
  log.error({ err: new Error("y".repeat(200_000), { cause: error }) }, "caused");
  log.warn({ err: "z".repeat(200_000) }, "said");
  redis.disconnect();
`;

test("an error is logged with what it says, not with all that it carries", async () => {
  using folder = temporaryFolder();
  await using redis = await startEmbeddedRedis({ dataDir: folder.path });

  const output = execFileSync(process.execPath, ["--input-type=module", "-e", REFUSED, redis.url], { cwd: ROOT });
  const lines = output.toString().trim().split("\n");
  const [refused, caused] = lines.map((line) => JSON.parse(line));

  expect(refused).toMatchObject({
    msg: "refused",
    err: {
      type: "ReplyError",
      message: expect.stringContaining("wrong number of arguments"),
      stack: expect.stringContaining("ReplyError"),
    },
  });
  expect(caused.err.cause).toContain("wrong number of arguments");
  for (const line of lines) expect(line.length).toBeLessThan(7000);
});
