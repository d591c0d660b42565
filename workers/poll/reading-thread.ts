import { threadWork } from "../../src/adapters/thread-pool.ts";
import type { Document } from "../../src/model/document.ts";
import type { Reading } from "../../src/model/reading.ts";
import { readRecollection } from "../../src/recall/recall.ts";
import { read, readNew } from "../../src/road.ts";

export interface ReadingJob extends Document {
  readonly sectionWords: readonly string[];
  /** what is remembered of the feed's last document, as it is stored; "" nothing; absent: all is read, nothing traced */
  readonly last?: string;
}

/** What the threads of the reading pool run (src/adapters/thread-pool.ts). */
export const work = threadWork<ReadingJob, Reading>(({ sectionWords, last, ...document }) =>
  last === undefined
    ? read(document, sectionWords)
    : readNew(document, sectionWords, last === "" ? undefined : readRecollection(last)),
);
