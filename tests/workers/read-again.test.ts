import path from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { openMetrics } from "../../src/adapters/metrics.ts";
import { threadPool } from "../../src/adapters/thread-pool.ts";
import type { Reading } from "../../src/model/reading.ts";
import type { ReadingJob } from "../../workers/poll/reading-thread.ts";
import { readDocument } from "../../workers/poll.ts";
import { temporaryFolder } from "../support/test-settings.ts";

const RSS = `<rss version="2.0"><channel><title>Hafenblatt</title><item><title>Sturm</title></item></channel></rss>`;

test("a document that found no processor in its time is read once more before it is to blame", async () => {
  using folder = temporaryFolder();
  await using reading = threadPool<ReadingJob, Reading>(new URL("./read-again-thread.ts", import.meta.url), {
    threads: 1,
    deadlineMs: 1000,
  });
  const tools = { world: { metrics: openMetrics("test") }, reading, sectionWords: [] };
  const url = pathToFileURL(path.join(folder.path, "feed")).href;

  const read = await readDocument(tools, { url, headers: {}, bytes: Buffer.from(RSS) });

  expect(read).toMatchObject({ kind: "read", drafts: [{ title: "Sturm" }] });
});
