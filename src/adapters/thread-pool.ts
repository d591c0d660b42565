import process from "node:process";
import { setTimeout as pause } from "node:timers/promises";
import { MessageChannel, type MessagePort, type Transferable, threadId, type Worker } from "node:worker_threads";
import { Piscina } from "piscina";
import { type Duration, SECOND } from "../model/time.ts";
import { openPlaces } from "./places.ts";

type ThreadRun<Answer> =
  | { readonly kind: "done"; readonly answer: Answer; readonly took: Duration }
  /** its own processor time was over, or the clock's, which other programs take from it, too */
  | { readonly kind: "overran"; readonly by: "processor" | "clock" }
  | { readonly kind: "died"; readonly why: string };

export interface ThreadPool<Job, Answer> extends AsyncDisposable {
  /** Waits for a free thread, however long that takes; the deadline begins when the thread does. */
  run(job: Job): Promise<ThreadRun<Answer>>;
}

export interface ThreadPoolOptions<Job> {
  readonly threads: number;
  /** processor time; by the clock a job may take `PATIENCE` times as long */
  readonly deadlineMs: Duration;
  /** when there is nothing to do for a while no thread waits for it: each takes some 30 MB */
  readonly isRarelyUsed?: boolean;
  /** memory of one thread's old generation; a job that wants more dies alone */
  readonly memoryMb?: number;
  /** such jobs leave one thread, where there are several, to the others */
  readonly isLong?: (job: Job) => boolean;
  /** aborts where the process has to end: jobs that are not done by then throw */
  readonly calledOff?: AbortSignal;
  /** what of a job moves to the thread instead of being copied: the caller must not look at it again */
  readonly transfer?: (job: Job) => readonly Transferable[];
}

/** What a job gets of a processor that it shares with whatever else runs on the machine. */
const PATIENCE = 5;

/**
 * Threads for work on what strangers sent: a job that overruns or breaks takes its thread with it, not the process.
 * @param entry module that exports `work = threadWork(…)`
 */
export function threadPool<Job, Answer>(entry: URL, options: ThreadPoolOptions<Job>): ThreadPool<Job, Answer> {
  const pool = new Piscina<Started<Job>, Answer>({
    filename: entry.href,
    name: "work",
    minThreads: options.isRarelyUsed ? 0 : 1,
    maxThreads: options.threads,
    idleTimeout: options.isRarelyUsed ? SECOND : 10 * SECOND,
    resourceLimits: { maxOldGenerationSizeMb: options.memoryMb ?? 512 },
  });
  const placesOfLong = openPlaces(Math.max(1, options.threads - 1));
  return {
    async run(job) {
      using _place = options.isLong?.(job) ? await placesOfLong.take(options.calledOff) : undefined;
      options.calledOff?.throwIfAborted();
      return await runWithin(pool, job, options);
    },
    [Symbol.asyncDispose]: () => pool.destroy(),
  };
}

/** The thread's side: says when it begins, since loading modules and waiting for a thread are no part of the job. */
export function threadWork<Job, Answer>(
  work: (job: Job) => Promise<Answer>,
): (started: Started<Job>) => Promise<Answer> {
  return async ({ job, begins }) => {
    const begun: Begun = { thread: threadId, processor: process.threadCpuUsage() };
    begins.postMessage(begun);
    try {
      return await work(job);
    } finally {
      begins.close();
    }
  };
}

interface Started<Job> {
  readonly job: Job;
  readonly begins: MessagePort;
}

interface Begun {
  readonly thread: number;
  readonly processor: NodeJS.CpuUsage;
}

async function runWithin<Job, Answer>(
  pool: Piscina<Started<Job>, Answer>,
  job: Job,
  { deadlineMs, transfer, calledOff }: ThreadPoolOptions<Job>,
): Promise<ThreadRun<Answer>> {
  const { port1: heard, port2: begins } = new MessageChannel();
  const overrun = new AbortController();
  const ended = new AbortController();
  let clock: NodeJS.Timeout | undefined;
  let start = performance.now();
  heard.once("message", ({ thread, processor }: Begun) => {
    start = performance.now();
    clock = setTimeout(() => overrun.abort("clock"), PATIENCE * deadlineMs);
    const worker = pool.threads.find(({ threadId: id }) => id === thread);
    usedUp(worker, processor, deadlineMs, ended.signal).then(
      () => overrun.abort("processor"),
      () => undefined,
    );
  });
  try {
    const signal = calledOff === undefined ? overrun.signal : AbortSignal.any([calledOff, overrun.signal]);
    const answer = await pool.run({ job, begins }, { signal, transferList: [begins, ...(transfer?.(job) ?? [])] });
    return { kind: "done", answer, took: performance.now() - start };
  } catch (error) {
    calledOff?.throwIfAborted();
    if (overrun.signal.aborted) return { kind: "overran", by: overrun.signal.reason };
    return { kind: "died", why: error instanceof Error ? error.message : String(error) };
  } finally {
    ended.abort();
    clearTimeout(clock);
    heard.close();
  }
}

/** Between two looks at a thread, each of which interrupts it. */
const SHORTEST_LOOK: Duration = 10;

/** Resolves once a thread has used so much processor time; rejects where it or its job ends before. */
async function usedUp(
  worker: Worker | undefined,
  before: NodeJS.CpuUsage,
  deadline: Duration,
  ended: AbortSignal,
): Promise<void> {
  for (let left = deadline; left > 0; ) {
    await pause(Math.max(left, SHORTEST_LOOK), undefined, { signal: ended });
    const now = await worker?.cpuUsage();
    if (now === undefined) throw new Error("the thread is gone");
    left = deadline - (now.user + now.system - before.user - before.system) / 1000;
  }
}
