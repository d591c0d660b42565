import path from "node:path";
import process from "node:process";
import type { Enrolment } from "../../src/model/enrolment.ts";
import type { Settings } from "../../src/model/settings.ts";
import { checkQuery } from "../../src/road.ts";
import { addFeeds, loadSettings, readFeedsFile, showProblems, writeFeedsFile } from "../../src/settings/settings.ts";
import { OperatorError } from "../command.ts";

export const RESTART_NOTE =
  "A running Ressort reads feeds.yaml when it starts: restart it, and the new ones are polled within seconds.";

/**
 * Adds feeds to config/feeds.yaml if all of config/ is still well with them, or else changes nothing.
 * @param isDryRun true: all is checked, nothing is written
 * @returns the file's path
 */
export function enrolFeeds(
  configDir: string,
  settings: Settings,
  enrolments: readonly Enrolment[],
  isDryRun: boolean,
): string {
  const before = readFeedsFile(configDir);
  const after = addFeeds(before, enrolments);
  const loaded = loadSettings(configDir, process.env, checkQuery, { feeds: after });
  if (loaded.kind === "broken")
    throw new OperatorError(
      `feeds.yaml would no longer be right with them; nothing was written.\n${showProblems(loaded.problems)}`,
    );
  const there = new Map(loaded.settings.feeds.map((feed) => [feed.id, feed]));
  const isWhole =
    there.size === settings.feeds.length + enrolments.length &&
    settings.feeds.every((feed) => there.get(feed.id)?.url === feed.url) &&
    enrolments.every(({ feed }) => there.get(feed.id)?.publisher === feed.publisher);
  if (!isWhole)
    throw new OperatorError("feeds.yaml was changed by somebody else meanwhile; nothing was written. Ask again.");
  if (!isDryRun) write(configDir, before, after, enrolments);
  return path.join(configDir, "feeds.yaml");
}

function write(configDir: string, before: string, after: string, enrolments: readonly Enrolment[]): void {
  try {
    writeFeedsFile(configDir, before, after);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new OperatorError(
      `${path.join(configDir, "feeds.yaml")} was not written: ${why}\nMake it writable, or add this by hand:\n\n${asYaml(enrolments)}`,
    );
  }
}

/** What is added, as it stands in the file, below the id of its publisher. */
export function asYaml(enrolments: readonly Enrolment[]): string {
  const whole = enrolments.map(({ feed, newPublisher }) => ({
    feed,
    newPublisher: newPublisher ?? { id: feed.publisher, title: KNOWN },
  }));
  return addFeeds("", whole).replaceAll(`    title: ${KNOWN}\n`, "").trimEnd();
}

const KNOWN = "(known)";
