import { existsSync, writeFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { threadWork } from "../../src/adapters/thread-pool.ts";
import type { Reading } from "../../src/model/reading.ts";
import { read } from "../../src/road.ts";
import type { ReadingJob } from "../../workers/poll/reading-thread.ts";

/** Reads as the program's threads do, but the first time as on a machine that leaves it no processor. */
export const work = threadWork<ReadingJob, Reading>(async ({ sectionWords, last: _, ...document }) => {
  const mark = `${fileURLToPath(document.url)}.tried`;
  if (!existsSync(mark)) {
    writeFileSync(mark, "");
    await pause(60_000);
  }
  return await read(document, sectionWords);
});
