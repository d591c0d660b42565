import { createTask } from "node-cron";
import type { Log } from "../src/adapters/log.ts";
import { type Duration, type Instant, MINUTE, SECOND } from "../src/model/time.ts";

/** A clock that was put right is noticed within this. */
const LONGEST_WAIT: Duration = SECOND;
/** What is later than this was missed while the machine slept or its clock was put forward, and is left out. */
const MISSED: Duration = MINUTE;

/**
 * Runs a task when its pattern says (node-cron, with seconds), one at a time; one that fails is logged and comes again.
 * The time is looked at again and again: node-cron's own timer waits for as long as a clock was ahead that is put back,
 * and goes through every run that was missed where it is put forward.
 */
export function cron(pattern: string, name: string, log: Log, task: () => Promise<unknown>): AsyncDisposable {
  const times = createTask(pattern, () => undefined);
  const following = (): Instant => times.getNextRuns(1)[0]?.getTime() ?? Number.POSITIVE_INFINITY;
  let next = following();
  let lookedAt = Date.now();
  let isRunning = false;
  let timer = setTimeout(look, waitUntil(next));

  async function run(): Promise<void> {
    isRunning = true;
    await task().catch((error: unknown) => log.warn({ err: String(error), task: name }, "cron.failed"));
    isRunning = false;
  }

  function look(): void {
    const now = Date.now();
    const isDue = now >= next && now - next < MISSED;
    if (isDue && !isRunning) void run();
    if (now >= next || now < lookedAt) next = following();
    lookedAt = now;
    timer = setTimeout(look, waitUntil(next));
  }

  return {
    async [Symbol.asyncDispose]() {
      clearTimeout(timer);
      await times.destroy();
    },
  };
}

const waitUntil = (next: Instant): Duration => Math.min(LONGEST_WAIT, Math.max(0, next - Date.now()));
