/**
 * Loaded into a process that is measured (node --import): answers each message of its parent with how long its event
 * loop was blocked at the most since the last one, and with its memory.
 */
import { monitorEventLoopDelay } from "node:perf_hooks";
import process from "node:process";
import { isMainThread } from "node:worker_threads";

export interface LoopReport {
  /** ms by the clock, others on the machine included */
  readonly longestBlock: number;
  /** ms of the thread's own processor time between two turns of its event loop */
  readonly longestTurn: number;
  readonly processorMs: number;
  /** bytes */
  readonly memory: NodeJS.MemoryUsage;
  /** resident since the start */
  readonly mostRss: number;
}

const RESOLUTION_MS = 1;

if (isMainThread && process.send !== undefined) {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  let [longestTurn, before] = [0, threadMs()];
  setInterval(() => {
    const now = threadMs();
    longestTurn = Math.max(longestTurn, now - before);
    before = now;
  }, RESOLUTION_MS).unref();
  process.on("message", () => {
    const { user, system } = process.cpuUsage();
    const report: LoopReport = {
      longestBlock: delay.max / 1e6,
      longestTurn,
      processorMs: (user + system) / 1000,
      memory: process.memoryUsage(),
      mostRss: process.resourceUsage().maxRSS * 1024,
    };
    delay.reset();
    longestTurn = 0;
    process.send?.(report);
  });
  // the channel to the parent keeps no process alive
  process.channel?.unref();
}

function threadMs(): number {
  // Linux brings a thread's time up to date here
  process.cpuUsage();
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
