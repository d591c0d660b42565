import { schedule } from "node-cron";
import type { Log } from "../src/adapters/log.ts";

/** Runs a task by node-cron's clock, one at a time; one that fails is logged and comes again. */
export function cron(pattern: string, name: string, log: Log, task: () => Promise<unknown>): AsyncDisposable {
  const calm = async () => {
    await task().catch((error: unknown) => log.warn({ err: String(error), task: name }, "cron.failed"));
  };
  const scheduled = schedule(pattern, calm, {
    name,
    noOverlap: true,
    logger: {
      // a round that is still running when the next is due is no event
      info: () => undefined,
      warn: (message) => log.debug({ task: name, message }, "cron"),
      debug: () => undefined,
      error: (message) => log.error({ task: name, message: String(message) }, "cron"),
    },
  });
  return {
    async [Symbol.asyncDispose]() {
      await scheduled.stop();
    },
  };
}
