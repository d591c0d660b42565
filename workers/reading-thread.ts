import { threadWork } from "../src/adapters/thread-pool.ts";
import type { Document } from "../src/model/document.ts";
import type { Reading } from "../src/model/reading.ts";
import { read } from "../src/road.ts";

export interface ReadingJob extends Document {
  readonly sectionWords: readonly string[];
}

/** What the threads of the reading pool run (src/adapters/thread-pool.ts). */
export const work = threadWork<ReadingJob, Reading>((job) => read(job, job.sectionWords));
