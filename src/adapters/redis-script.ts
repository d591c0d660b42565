import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Redis } from "ioredis";

export type ScriptArgument = string | number | Buffer;
export type RedisScript = (redis: Redis, keys: readonly string[], args: readonly ScriptArgument[]) => Promise<unknown>;

/** A Lua script of lua/, sent once a server and called by its hash after that (EVALSHA, NOSCRIPT). */
export function redisScript(name: string): RedisScript {
  const source = readFileSync(new URL(`./lua/${name}.lua`, import.meta.url), "utf8");
  const sha = createHash("sha1").update(source).digest("hex");

  return async (redis, keys, args) => {
    try {
      return await redis.evalsha(sha, keys.length, ...keys, ...args);
    } catch (error) {
      if (!(error instanceof Error && error.message.startsWith("NOSCRIPT"))) throw error;
      return await redis.eval(source, keys.length, ...keys, ...args);
    }
  };
}
