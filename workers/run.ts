import process from "node:process";
import { setTimeout as pause } from "node:timers/promises";
import type { Settings } from "../src/model/settings.ts";
import { type Role, startDaemon } from "./daemon.ts";
import type { WorkPace } from "./work.ts";

/** Docker waits 30 s after SIGTERM; what has not finished by then is given back by its lease. */
const GRACE_MS = 20_000;

/** A Redis of ours that does not stop within this is found by the next start. */
const HASTE_MS = 4000;

/** Ctrl-C reaches us from the terminal and once more through npm: that is one wish, not two. */
const ECHO_MS = 1000;

export type Daemon = Awaited<ReturnType<typeof startDaemon>>;

/** Runs roles until SIGTERM or SIGINT, then drains and leaves with 0. A second signal, meant as one, leaves at once. */
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
  const leave = () => void leaveInHaste(daemon);
  const tooLate = setTimeout(leave, GRACE_MS);
  const stoppedAt = Date.now();
  for (const name of SIGNALS)
    process.on(name, () => {
      if (Date.now() - stoppedAt > ECHO_MS) leave();
    });
  await daemon[Symbol.asyncDispose]();
  clearTimeout(tooLate);
  log.info("stopped");
  return 0;
}

/** Not without the private Redis: nobody else would stop it. */
async function leaveInHaste({ world }: Daemon): Promise<void> {
  await Promise.race([world.stopRedis(), pause(HASTE_MS)]).catch(() => undefined);
  process.exit(1);
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
