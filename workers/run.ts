import process from "node:process";
import { setTimeout as pause } from "node:timers/promises";
import type { Settings } from "../src/model/settings.ts";
import { type Role, startDaemon } from "./daemon.ts";
import { inTime } from "./in-time.ts";
import type { WorkPace } from "./work.ts";

/** Docker waits 30 s after SIGTERM; what has not finished by then is given back by its lease. */
const GRACE_MS = 20_000;

/** A Redis of ours that does not stop within this is found by the next start. */
const HASTE_MS = 4000;

/** While we stop Redis is asked so often whether it is there, and waited for so long. */
const ASKED_EVERY = 2000;
const PATIENCE = 5000;

/** Ctrl-C reaches us from the terminal and once more through npm: that is one wish, not two. */
const ECHO_MS = 1000;

export type Daemon = Awaited<ReturnType<typeof startDaemon>>;

/**
 * Runs roles until SIGTERM or SIGINT, then drains and leaves with 0; where Redis is away without draining, for what it
 * was not told is done again. A second signal, meant as one, leaves at once.
 */
export async function runUntilStopped(
  settings: Settings,
  roles: readonly Role[],
  greet: (daemon: Daemon) => void,
  pace?: WorkPace,
): Promise<number> {
  const stopped = firstSignal();
  const daemon = await startDaemon(settings, roles, pace);
  greet(daemon);
  const signal = await stopped;
  const { log } = daemon.world;
  log.info({ signal }, "stopping");
  const leave = (code: 0 | 1, why: string) => {
    log.warn({ why }, "stopping.in-haste");
    void leaveInHaste(daemon, code);
  };
  const tooLate = setTimeout(leave, GRACE_MS, 1, "not all has finished in time: what is left is done again");
  void redisIsAway(daemon).then(() =>
    leave(0, "Redis does not answer: what it was not told is done again when it is back"),
  );
  const stoppedAt = Date.now();
  for (const name of SIGNALS)
    process.on(name, () => {
      if (Date.now() - stoppedAt > ECHO_MS) leave(1, "it was asked for once more");
    });
  await daemon[Symbol.asyncDispose]();
  clearTimeout(tooLate);
  log.info("stopped");
  return 0;
}

/** Comes to an end when Redis does not answer. */
async function redisIsAway({ world: { redis } }: Daemon): Promise<void> {
  // what it says does not matter
  const isThere = (): Promise<boolean> =>
    redis
      .ping()
      .catch(() => undefined)
      .then(() => true);
  do await pause(ASKED_EVERY, undefined, { ref: false });
  while (await inTime(isThere(), PATIENCE, false));
}

/** Not without the private Redis: nobody else would stop it. */
async function leaveInHaste({ world }: Daemon, code: 0 | 1): Promise<void> {
  await Promise.race([world.stopRedis(), pause(HASTE_MS)]).catch(() => undefined);
  process.exit(code);
}

const SIGNALS = ["SIGTERM", "SIGINT", "SIGHUP"] as const;

function firstSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    const heard = (signal: NodeJS.Signals) => {
      for (const name of SIGNALS) process.off(name, heard);
      resolve(signal);
    };
    for (const name of SIGNALS) process.on(name, heard);
  });
}
