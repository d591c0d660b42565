import type { Document } from "../../src/model/document.ts";
import type { Reading } from "../../src/model/reading.ts";
import type { World } from "../world.ts";
import type { PollTools } from "./tools.ts";

type ReadingTools = Pick<PollTools, "reading" | "sectionWords"> & { readonly world: Pick<World, "metrics"> };

/**
 * A document, read in a thread of its own.
 * @param last what is remembered of the feed's last document, "" where that is nothing; without it all is read
 */
export async function readDocument(
  { world, reading, sectionWords }: ReadingTools,
  { url, headers, bytes }: Document,
  last?: string,
): Promise<Reading> {
  const job = { url, headers, bytes, sectionWords, ...(last !== undefined && { last }) };
  const first = await reading.run(job);
  // on a machine that was busy with other things the document is not to blame
  const run = first.kind === "overran" && first.by === "clock" ? await reading.run(job) : first;
  const isPart = run.kind === "done" && run.answer.kind === "read" && run.answer.trace?.left !== undefined;
  world.metrics.parses.inc({ extent: isPart ? "part" : "whole" });
  switch (run.kind) {
    case "done":
      return run.answer;
    case "overran":
      return { kind: "unreadable", why: "reading it took too long", cause: "overran" };
    case "died":
      return { kind: "unreadable", why: run.why, cause: "died" };
  }
}
