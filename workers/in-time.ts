import { setTimeout as pause } from "node:timers/promises";
import type { Duration } from "../src/model/time.ts";

/** What was asked for, if it comes while somebody waits for it, else `late`. */
export async function inTime<Answer, Late>(
  asked: Promise<Answer>,
  patience: Duration,
  late: Late,
): Promise<Answer | Late> {
  const enough = new AbortController();
  try {
    return await Promise.race([asked, pause(patience, late, { signal: enough.signal })]);
  } finally {
    enough.abort();
  }
}
