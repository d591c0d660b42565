import { readFile, stat } from "node:fs/promises";
import { fetchDocument, openFetcher } from "../../src/adapters/http-fetcher.ts";
import { enlist, type OpmlTrouble, readOpml, type Subscription } from "../../src/discover/discover.ts";
import type { Document } from "../../src/model/document.ts";
import type { Enrolment } from "../../src/model/enrolment.ts";
import type { Settings } from "../../src/model/settings.ts";
import { decode } from "../../src/parse/parse.ts";
import { firstRequest } from "../../src/poll/poll.ts";
import { subscriptionAttributes } from "../../src/publish/publish.ts";
import { OperatorError } from "../command.ts";
import { enrolFeeds, RESTART_NOTE } from "./enrol.ts";

/** As what may come from the web. */
const MAX_BYTES = 20 * 1024 * 1024;
/** New feeds that a real import names: enough to look over, --dry-run has shown them all. */
const MOST_SHOWN = 50;

/** Adds the feeds of an OPML list to config/feeds.yaml and tells what became of every outline. */
export async function importOpml(
  settings: Settings,
  options: { readonly configDir: string; readonly from: string; readonly isDryRun: boolean },
): Promise<void> {
  const { configDir, from, isDryRun } = options;
  const reading = readOpml(decode(await documentOf(from, settings)).text);
  if (reading.kind === "unreadable")
    throw new OperatorError(`${from} cannot be imported: ${reading.why}. Nothing was written.`);
  const { subscriptions, repeated, skipped, dropped } = reading;
  const { enrolments, known } = enlist(subscriptions, settings, subscriptionAttributes);
  const file = enrolments.length === 0 ? undefined : enrolFeeds(configDir, settings, enrolments, isDryRun);

  const there = known.map(({ subscription, feed }) => ({ outline: nameOf(subscription), why: `is ${feed.id}` }));
  const lost = [...dropped].map(([name, count]) => ({ outline: name, why: `${count} times` }));
  const newPublishers = enrolments.filter(({ newPublisher }) => newPublisher !== undefined).length;
  say(`${from}: ${count(subscriptions.length, "feed")}`);
  say(`  ${count(enrolments.length, "new feed")}, ${count(newPublishers, "new publisher")}`);
  const shown = isDryRun ? enrolments : enrolments.slice(0, MOST_SHOWN);
  for (const enrolment of shown) say(`    + ${row(enrolment)}`);
  if (shown.length < enrolments.length) say(`    and ${enrolments.length - shown.length} more`);
  list("there already", there);
  list("repeated in the list; the folders of both are kept", repeated);
  list("left out", skipped);
  list("attributes that config/ cannot keep", lost);
  if (file === undefined) say("Nothing to add.");
  else if (isDryRun) say(`Nothing was written to ${file}: without --dry-run it would be.`);
  else say(`Written to ${file}. ${RESTART_NOTE}`);
}

async function documentOf(from: string, settings: Settings): Promise<Document> {
  if (/^https?:\/\//i.test(from)) {
    await using fetcher = openFetcher(settings.poll);
    const document = await fetchDocument(fetcher, firstRequest(from, settings.poll.userAgent));
    if ("kind" in document) throw new OperatorError(`${from} cannot be fetched: ${document.why} (${document.code}).`);
    return document;
  }
  try {
    if ((await stat(from)).size > MAX_BYTES) throw new OperatorError(`${from} is larger than ${MAX_BYTES} bytes.`);
    return { url: "file:", headers: {}, bytes: await readFile(from) };
  } catch (error) {
    if (error instanceof OperatorError) throw error;
    throw new OperatorError(`${from} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function list(title: string, troubles: readonly OpmlTrouble[]): void {
  if (troubles.length === 0) return;
  say(`  ${troubles.length} ${title}:`);
  for (const { outline, why } of troubles) say(`    ${outline}  ${why}`);
}

function row({ feed, newPublisher }: Enrolment): string {
  const section = feed.section === undefined ? "" : `, section ${feed.section}`;
  return `${feed.id}  ${newPublisher === undefined ? "" : "new "}publisher ${feed.publisher}${section}  ${feed.url}`;
}

const nameOf = ({ title, url }: Subscription): string => title ?? url;
const count = (many: number, what: string): string => `${many} ${what}${many === 1 ? "" : "s"}`;
const say = (line: string): void => console.log(line);
