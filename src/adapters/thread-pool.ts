import { MessageChannel, type MessagePort, type Transferable } from "node:worker_threads";
import { Piscina } from "piscina";
import { type Duration, SECOND } from "../model/time.ts";

type ThreadRun<Answer> =
  | { readonly kind: "done"; readonly answer: Answer; readonly took: Duration }
  | { readonly kind: "overran" }
  | { readonly kind: "died"; readonly why: string };

export interface ThreadPool<Job, Answer> extends AsyncDisposable {
  /** Waits for a free thread, however long that takes; the deadline begins when the thread does. */
  run(job: Job): Promise<ThreadRun<Answer>>;
}

export interface ThreadPoolOptions<Job> {
  readonly threads: number;
  readonly deadlineMs: Duration;
  /** memory of one thread's old generation; a job that wants more dies alone */
  readonly memoryMb?: number;
  /** what of a job moves to the thread instead of being copied: the caller must not look at it again */
  readonly transfer?: (job: Job) => readonly Transferable[];
}

/**
 * Threads for work on what strangers sent: a job that overruns or breaks takes its thread with it, not the process.
 * @param entry module that exports `work = threadWork(…)`
 */
export function threadPool<Job, Answer>(entry: URL, options: ThreadPoolOptions<Job>): ThreadPool<Job, Answer> {
  const pool = new Piscina<Started<Job>, Answer>({
    filename: entry.href,
    name: "work",
    minThreads: 1,
    maxThreads: options.threads,
    idleTimeout: 10 * SECOND,
    resourceLimits: { maxOldGenerationSizeMb: options.memoryMb ?? 512 },
  });
  return {
    run: (job) => runWithin(pool, job, options.deadlineMs, options.transfer?.(job) ?? []),
    [Symbol.asyncDispose]: () => pool.destroy(),
  };
}

/** The thread's side: says when it begins, since loading modules and waiting for a thread are no part of the job. */
export function threadWork<Job, Answer>(
  work: (job: Job) => Promise<Answer>,
): (started: Started<Job>) => Promise<Answer> {
  return async ({ job, begins }) => {
    begins.postMessage("begins");
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

async function runWithin<Job, Answer>(
  pool: Piscina<Started<Job>, Answer>,
  job: Job,
  deadline: Duration,
  moved: readonly Transferable[],
): Promise<ThreadRun<Answer>> {
  const { port1: heard, port2: begins } = new MessageChannel();
  const overrun = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let start = performance.now();
  heard.once("message", () => {
    start = performance.now();
    timer = setTimeout(() => overrun.abort(), deadline);
  });
  try {
    const answer = await pool.run({ job, begins }, { signal: overrun.signal, transferList: [begins, ...moved] });
    return { kind: "done", answer, took: performance.now() - start };
  } catch (error) {
    if (overrun.signal.aborted) return { kind: "overran" };
    return { kind: "died", why: error instanceof Error ? error.message : String(error) };
  } finally {
    clearTimeout(timer);
    heard.close();
  }
}
