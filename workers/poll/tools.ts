import type { HostGate } from "../../src/adapters/host-gate.ts";
import type { Fetcher } from "../../src/adapters/http-fetcher.ts";
import type { ThreadPool } from "../../src/adapters/thread-pool.ts";
import type { Reading } from "../../src/model/reading.ts";
import type { Duration } from "../../src/model/time.ts";
import type { Subscriber } from "../websub/subscriber.ts";
import type { World } from "../world.ts";
import type { IllFeeds } from "./ill-feeds.ts";
import type { ReadingJob } from "./reading-thread.ts";
import type { RobotsAsker } from "./robots.ts";

/** What one poll needs beside its feed and lease. */
export interface PollTools {
  readonly world: World;
  readonly fetcher: Fetcher;
  readonly reading: ThreadPool<ReadingJob, Reading>;
  readonly gate: HostGate;
  readonly robots: RobotsAsker;
  readonly lease: Duration;
  /** aborts where the process has to end: whoever has not answered by then is asked by the next one */
  readonly calledOff: AbortSignal;
  readonly ill: Pick<IllFeeds, "tell">;
  readonly sectionWords: readonly string[];
  /** what the request budget leaves a feed with one item a day; the plain law where nobody has reckoned yet */
  readonly intervalAtOneADay?: () => Duration | undefined;
  readonly websub?: Pick<Subscriber, "pushingOf" | "polled">;
}
