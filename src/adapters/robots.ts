import type { Redis } from "ioredis";
import type { Answer } from "../model/answer.ts";
import { DAY, type Duration, type Instant, MINUTE, SECOND } from "../model/time.ts";
import type { Keys } from "./keys.ts";

/** One worker asks; if it dies, another one may after this. */
const CLAIM: Duration = MINUTE;
const CLAIMED = "?";
const CLAIM_WAIT: Duration = 5 * SECOND;
/** Origins remembered in this process, some hundred bytes each. */
const MAX_ORIGINS = 50_000;

/** RFC 9309 2.5 wants 500 KiB to be read; more is no robots.txt. */
export const ROBOTS_LIMITS = { compressed: 512 * 1024, decoded: 512 * 1024 } as const;

export type RobotsRules =
  | { readonly kind: "rules"; readonly rules: string }
  /** not known yet */
  | { readonly kind: "wait"; readonly wait: Duration };

/**
 * What every origin's robots.txt says of us: asked for once a day by one of all workers, and looked up in memory.
 * @param rulesOf what is kept of an answer; of none, too: a file that cannot be had forbids nothing for a day
 */
export function robotsBook(redis: Redis, keys: Keys, rulesOf: (answer: Answer) => string) {
  const memory = new Map<string, { readonly rules: string; readonly until: Instant }>();

  function remember(origin: string, rules: string, until: Instant): RobotsRules {
    const [oldest] = memory.keys();
    if (memory.size >= MAX_ORIGINS && oldest !== undefined) memory.delete(oldest);
    memory.delete(origin);
    memory.set(origin, { rules, until });
    return { kind: "rules", rules };
  }

  return {
    async rulesFor(origin: string, now: Instant, ask: () => Promise<Answer>): Promise<RobotsRules> {
      const known = memory.get(origin);
      if (known !== undefined && known.until > now) return { kind: "rules", rules: known.rules };
      const key = keys.robots(origin);
      const claimed = await redis.set(key, CLAIMED, "PX", CLAIM, "NX", "GET");
      if (claimed === CLAIMED) return { kind: "wait", wait: CLAIM_WAIT };
      if (claimed !== null) return remember(origin, claimed, now + Math.max(0, await redis.pttl(key)));

      const answer = await ask();
      if (answer.kind === "failed" && answer.wait !== undefined) {
        await redis.del(key);
        return { kind: "wait", wait: answer.wait };
      }
      const rules = rulesOf(answer);
      await redis.set(key, rules, "PX", DAY);
      return remember(origin, rules, now + DAY);
    },
  };
}
