import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import process from "node:process";
import { DelayedError, type Job, Worker, type WorkerOptions } from "bullmq";
import { type DeliveryStream, deliveryStream } from "../src/adapters/delivery-stream.ts";
import type { DeliverJob, DeliveryEntry, DeliveryKind } from "../src/model/delivery.ts";
import { type Duration, HOUR, SECOND } from "../src/model/time.ts";
import { cron } from "./cron.ts";
import { pause } from "./pause.ts";
import { deliverQueue, WORKER_TIMES } from "./queues.ts";
import type { World } from "./world.ts";

/** What one try came to. */
export type Delivered =
  /** told */
  | { readonly kind: "delivered" }
  /** nobody is there to be told any more, or has been told already */
  | { readonly kind: "needless" }
  /** it went wrong: tried again, after longer and longer waits */
  | { readonly kind: "failed"; readonly why: string }
  /** it was not tried, since others were in the way: no failure, tried again after `wait` */
  | { readonly kind: "busy"; readonly wait: Duration }
  /** never tried again */
  | { readonly kind: "given-up"; readonly why: string };

/**
 * One kind of being told: our hub's subscribers, pings of another hub, alerts. jobsFor() and deliver() may each run twice
 * for one entry, where a worker was killed. So a deliverer writes down what it owes before it sends: asked twice, it
 * tells once.
 */
export interface Deliverer {
  /** `by` of its jobs, and its label in metrics */
  readonly name: DeliveryKind;
  /** whom this entry concerns; where it throws, the entry comes again, up to five times */
  jobsFor(entry: DeliveryEntry): Promise<readonly DeliverJob[]>;
  /**
   * Sends one. What it throws counts as failed.
   * @param tries how often it went wrong before
   */
  deliver(job: DeliverJob, tries: number): Promise<Delivered>;
}

/** Of each kind. Most of the time of a delivery is waiting for an answer, and some take the whole ten seconds. */
const DELIVERIES_AT_ONCE = 300;
const WAIT_FOR_ENTRIES = 2 * SECOND;
/** A worker that did not settle an entry within this is taken to be dead. */
const LOST_AFTER = 15 * SECOND;
const LOST_ROUND = "*/10 * * * * *";
/** An entry that brings its readers down is left, or nobody would be told anything any more. */
const MAX_READINGS = 5;
const READERS_FORGOTTEN_AFTER = HOUR;

const FIRST_RETRY = 5 * SECOND;
const LONGEST_RETRY = 6 * HOUR;
const JITTER = 0.2;

/** Tells what documents have to tell, in the work role: reads the stream of deliveries, and sends. Any number may run. */
export async function openDeliveries(world: World, deliverers: readonly Deliverer[]): Promise<AsyncDisposable> {
  const { settings, keys, log } = world;
  await using stack = new AsyncDisposableStack();
  const stream = deliveryStream(world.redis, keys, `${hostname()}-${process.pid}-${randomUUID().slice(0, 8)}`);
  // where Redis takes nothing now, the reader joins later
  await stream.join().catch(world.redisAway);
  stack.defer(() => stream.leave().catch(() => undefined));

  const options: WorkerOptions = {
    connection: world.connect("deliveries", true),
    prefix: `${settings.redisPrefix}:bull`,
    concurrency: DELIVERIES_AT_ONCE,
    settings: { backoffStrategy: (tries) => retryAfter(tries, Math.random()) },
    ...WORKER_TIMES,
  };
  const workers = deliverers.map((deliverer) => {
    const work = async (job: Job<DeliverJob>, token?: string) => await attempt(world, deliverer, job, token);
    return new Worker<DeliverJob>(deliverQueue(deliverer.name), work, options);
  });
  for (const worker of workers) worker.on("error", world.redisAway);
  stack.defer(async () => void (await Promise.all(workers.map((worker) => worker.close()))));

  const closing = new AbortController();
  const reading = readOn(world, stream, deliverers, closing.signal);
  stack.defer(async () => {
    closing.abort();
    await reading;
  });
  stack.use(
    cron(LOST_ROUND, "deliveries", log, async () => {
      await takeOver(world, stream, deliverers);
      await stream.forgetReaders(READERS_FORGOTTEN_AFTER);
    }),
  );
  const kept = stack.move();
  return { [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

/** 5 s, 15 s, 45 s and so on, at last every six hours; of many that failed together not all come back at once. */
export function retryAfter(tries: number, chance: number): Duration {
  const wait = Math.min(LONGEST_RETRY, FIRST_RETRY * 3 ** Math.max(0, tries - 1));
  return Math.round(wait * (1 - JITTER / 2 + JITTER * chance));
}

/** The failures that BullMQ is to try again. */
class DeliveryFailedError extends Error {
  override readonly name = "DeliveryFailedError";
}

async function attempt(
  world: World,
  deliverer: Deliverer,
  job: Job<DeliverJob>,
  token: string | undefined,
): Promise<string> {
  const { by, to } = job.data;
  const { metrics, log } = world;
  const count = (result: string): void => metrics.deliveries.inc({ by, result });
  const outcome = await deliverer
    .deliver(job.data, job.attemptsMade)
    .catch((error: unknown): Delivered => ({ kind: "failed", why: String(error) }));
  switch (outcome.kind) {
    case "busy":
      await job.moveToDelayed(Date.now() + outcome.wait, token);
      throw new DelayedError();
    case "failed":
      count("failed");
      log.info({ by, to, tries: job.attemptsMade + 1, why: outcome.why }, "deliver.failed");
      throw new DeliveryFailedError(outcome.why);
    case "given-up":
      log.warn({ by, to, why: outcome.why }, "deliver.given-up");
      break;
  }
  count(outcome.kind);
  return outcome.kind;
}

async function readOn(
  world: World,
  stream: DeliveryStream,
  deliverers: readonly Deliverer[],
  signal: AbortSignal,
): Promise<void> {
  const blocking = world.connect("delivery-stream", true);
  signal.addEventListener("abort", () => blocking.disconnect(), { once: true });
  while (!signal.aborted) {
    try {
      const deliveries = await stream.next(blocking, WAIT_FOR_ENTRIES);
      for (const { id, entry } of deliveries) await handOn(world, stream, deliverers, id, entry);
    } catch (error) {
      if (signal.aborted) return;
      world.log.warn({ err: String(error) }, "deliver.read");
      await pause(SECOND, signal);
      await stream.join().catch(() => undefined);
    }
  }
}

async function takeOver(world: World, stream: DeliveryStream, deliverers: readonly Deliverer[]): Promise<void> {
  for (const { id, entry, tries } of await stream.lost(LOST_AFTER)) {
    if (tries <= MAX_READINGS) await handOn(world, stream, deliverers, id, entry);
    else {
      world.log.error({ id, entry, tries }, "deliver.left");
      await stream.settle([id]);
    }
  }
}

/** Settled only once all jobs are queued: what is lost before that, or what one of them could not take, is read again. */
async function handOn(
  { queues, log }: World,
  stream: DeliveryStream,
  deliverers: readonly Deliverer[],
  id: string,
  entry: DeliveryEntry | undefined,
): Promise<void> {
  let isTaken = true;
  if (entry === undefined) log.error({ id }, "deliver.unreadable");
  else
    for (const deliverer of deliverers)
      try {
        await queues.askForDeliveries(await deliverer.jobsFor(entry));
      } catch (error) {
        isTaken = false;
        log.warn({ id, by: deliverer.name, err: String(error) }, "deliver.not-taken");
      }
  if (isTaken) await stream.settle([id]);
}
