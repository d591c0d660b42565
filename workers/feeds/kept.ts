import process from "node:process";
import { pasteable } from "../../src/model/command-line.ts";
import { type FeedId, feedId, SLUG } from "../../src/model/ids.ts";
import { KEPT_REASONS, type KeptDocument, type KeptReason } from "../../src/model/kept.ts";
import { OperatorError, UsageError } from "../command.ts";
import { settingsOrExit } from "../settings.ts";
import { shown } from "../shown.ts";
import { openWorld } from "../world.ts";
import { keptLine } from "./feed-report.ts";

/** Tells which documents of feeds are kept because they could not be read. */
export async function listKept(config: string | undefined, feed: string | undefined): Promise<number> {
  await using world = await openWorld({ ...settingsOrExit(config), logLevel: "error" }, "cli");
  const now = world.now();
  const notes = await world.quarantine.notes(now, feed === undefined ? undefined : idOf(feed));
  for (const note of notes) console.log(keptLine(note, now));
  if (notes.length === 0) console.log("Nothing is kept: every document of the last two weeks could be read.");
  else console.log(`\n"${pasteable("parse kept:FEED")}" reads it again.`);
  return 0;
}

/**
 * The kept documents that `what` names, "kept:FEED" or "kept:FEED:REASON".
 * @throws OperatorError where there is none
 */
export async function keptDocuments(config: string | undefined, what: string): Promise<readonly KeptDocument[]> {
  const [, feed = "", reason] = what.split(":");
  if (reason !== undefined && !isReason(reason))
    throw new UsageError(`"${reason}" is no reason; there are ${KEPT_REASONS.join(", ")}`);
  await using world = await openWorld({ ...settingsOrExit(config), logLevel: "error" }, "cli");
  const notes = await world.quarantine.notes(world.now(), idOf(feed));
  const wanted = notes.filter((note) => reason === undefined || note.reason === reason);
  const found = await Promise.all(wanted.map((note) => world.quarantine.document(note.feed, note.reason)));
  const documents = found.filter((document) => document !== undefined);
  if (documents.length === 0)
    throw new OperatorError(
      `nothing is kept of "${what.slice("kept:".length)}"; "${pasteable("parse --kept")}" lists what is.`,
    );
  return documents;
}

/** What was known when it was put aside: the lines before what is read today. */
export function keptHeading({ feed, reason, why, at, url, headers, size, isCut }: KeptDocument): string {
  return [
    `kept:${feed}:${reason}  ${new Date(at).toISOString()}: ${why}`,
    `from ${url}, ${size} bytes${isCut === true ? " (only their beginning is kept)" : ""}`,
    ...Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`),
  ]
    .map(shown)
    .join("\n");
}

/** Nothing but the bytes, for a file or a pipe. */
export function writeRaw(documents: readonly KeptDocument[]): number {
  const [document, ...more] = documents;
  if (document === undefined || more.length > 0)
    throw new UsageError(`say which: ${documents.map(({ feed, reason }) => `kept:${feed}:${reason}`).join(", ")}`);
  process.stdout.write(document.bytes);
  return 0;
}

function idOf(text: string): FeedId {
  if (!SLUG.test(text)) throw new UsageError(`"${text}" is no feed`);
  return feedId(text);
}

const isReason = (text: string): text is KeptReason => KEPT_REASONS.some((reason) => reason === text);
