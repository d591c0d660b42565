import process from "node:process";
import { createInterface } from "node:readline/promises";
import { openFetcher } from "../../src/adapters/http-fetcher.ts";
import { threadPool } from "../../src/adapters/thread-pool.ts";
import { domainOf, likelySection, openRegister, type Register, webAddress } from "../../src/discover/discover.ts";
import { pasteable } from "../../src/model/command-line.ts";
import type { Enrolment } from "../../src/model/enrolment.ts";
import type { SectionId } from "../../src/model/ids.ts";
import { nearest } from "../../src/model/nearest.ts";
import type { Reading } from "../../src/model/reading.ts";
import type { Settings } from "../../src/model/settings.ts";
import { SECOND } from "../../src/model/time.ts";
import { OperatorError, UsageError } from "../command.ts";
import type { ReadingJob } from "../poll/reading-thread.ts";
import { shown } from "../shown.ts";
import { type Finding, type FoundFeed, findFeeds } from "./discover.ts";
import { asYaml, enrolFeeds, RESTART_NOTE } from "./enrol.ts";
import { feedWithSameItems } from "./known-items.ts";
import { showFound, twins } from "./show-found.ts";

export interface AddOptions {
  readonly configDir: string;
  readonly address: string;
  readonly pick?: string | undefined;
  readonly publisher?: string | undefined;
  readonly section?: string | undefined;
  readonly title?: string | undefined;
  readonly isDryRun: boolean;
  /** also where a feed of ours brings the same items */
  readonly anyway: boolean;
}

const READING_DEADLINE = 2 * SECOND;

/** Finds the feeds at an address, shows them, and adds the one that is meant to config/feeds.yaml. */
export async function addFeed(settings: Settings, options: AddOptions): Promise<number> {
  const address = addressOf(options.address);
  const section = sectionOf(settings, options.section);
  const register = openRegister(settings);
  refuseKnown(register, address);
  const finding = await look(settings, address);
  if ("why" in finding)
    throw new OperatorError(`${address} cannot be looked at: ${wayOut(finding.why, options.address)}`);
  showFinding(register, finding);
  const found = await choose(finding, options);
  if (found === undefined) return 2;
  refuseKnown(register, found.url);
  await refuseSameItems(settings, found, options.anyway);

  const enrolment = enrol(register, finding, found, options, section);
  showProposal(settings, register, found, enrolment, section);
  const file = enrolFeeds(options.configDir, settings, [enrolment], options.isDryRun);
  console.log(
    options.isDryRun
      ? `\nNothing was written to ${file}: without --dry-run it would be.`
      : `\nAdded to ${file} as ${enrolment.feed.id}. ${RESTART_NOTE}`,
  );
  return 0;
}

const WAY_OUT = "Look at it in a browser; where it shows a feed's address, give that one.";

function wayOut(why: string, typed: string): string {
  const words = `${shown(why)}.`;
  if (why.includes("(blocked-")) return words;
  if (!/^(?:https?|feed|itpc|pcast|rss|podcast):/i.test(typed))
    return `${words}\nIf it has no https, write http://${typed}.`;
  return `${words}\n${WAY_OUT}`;
}

function addressOf(text: string): string {
  const address = webAddress(/^[a-z][a-z0-9+.-]*:/i.test(text) && !/^[\w.-]+:\d/.test(text) ? text : `https://${text}`);
  if (address === undefined) throw new UsageError(`"${text}" is no http(s) address without user name and password`);
  return address;
}

function sectionOf({ sections }: Settings, text: string | undefined): SectionId | undefined {
  if (text === undefined) return undefined;
  const ids = sections.map(({ id }) => id);
  const section = ids.find((id) => id === text);
  if (section !== undefined) return section;
  const meant = nearest(text, ids);
  throw new UsageError(
    `there is no section "${text}"; ${meant === undefined ? `there are ${ids.join(", ")}` : `is it ${meant}?`}`,
  );
}

function refuseKnown(register: Register, address: string): void {
  const known = register.feedAt(address);
  if (known === undefined) return;
  throw new OperatorError(
    `it is there already as ${known.id}: ${known.url}\n"${pasteable("feeds show", known.id)}" tells how it is.`,
  );
}

async function look(settings: Settings, address: string): Promise<Finding | { readonly why: string }> {
  await using fetcher = openFetcher(settings.poll);
  await using reading = threadPool<ReadingJob, Reading>(new URL("../poll/reading-thread.ts", import.meta.url), {
    threads: 1,
    deadlineMs: READING_DEADLINE,
  });
  const { userAgent, perHostGap: gap } = settings.poll;
  const say = (asked: string): void => console.error(`asking ${asked}`);
  return await findFeeds({ fetcher, reading, userAgent, gap, say }, address);
}

function showFinding(register: Register, { page, feeds, missed, untried }: Finding): void {
  if (page !== undefined) {
    const name = page.siteName ?? page.title;
    console.log(
      `${page.url} is a web page${name === undefined ? "" : `, "${shown(name)}"`}. Feeds found: ${feeds.length}\n`,
    );
  }
  const same = twins(feeds);
  for (const [n, feed] of feeds.entries()) {
    const thereAs = register.feedAt(feed.url)?.id;
    console.log(`${showFound(feed, { number: n + 1, sameAs: same[n], thereAs, now: Date.now() })}
`);
  }
  for (const { candidate, why } of missed)
    if (candidate.because !== "guessed") console.log(shown(`no feed: ${candidate.url}  ${why}`));
  for (const { url, title } of untried.slice(0, MAX_SHOWN)) console.log(shown(`not asked: ${url}  ${title ?? ""}`));
  if (untried.length > MAX_SHOWN) console.log(`not asked: ${untried.length - MAX_SHOWN} more`);
}

const MAX_SHOWN = 30;

/** @returns undefined where the operator has to say which */
async function choose({ page, feeds }: Finding, { pick, address }: AddOptions): Promise<FoundFeed | undefined> {
  if (feeds.length === 0)
    throw new OperatorError(`no feed was found at ${page?.url ?? address}, nor where most sites have one.\n${WAY_OUT}`);
  const number = pick ?? (feeds.length === 1 ? "1" : await ask(feeds.length));
  if (number === undefined) {
    console.log(`Which one? Ask again with --pick N, N from 1 to ${feeds.length}, or with the one address.`);
    return undefined;
  }
  const found = feeds[Number(number) - 1];
  if (found === undefined) throw new UsageError(`--pick ${number}: there are 1 to ${feeds.length}`);
  return found;
}

async function ask(count: number): Promise<string | undefined> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) return undefined;
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(`Which one, 1 to ${count}? (Enter: none) `);
  terminal.close();
  return answer.trim() === "" ? undefined : answer.trim();
}

async function refuseSameItems(settings: Settings, { reading }: FoundFeed, anyway: boolean): Promise<void> {
  const known = await feedWithSameItems(settings, reading.drafts);
  if (known === undefined) return;
  const words = `${known.shared} of its ${known.asked} items came with the feed ${known.feed} already`;
  if (known.shared < known.asked * MOST || anyway) console.log(`Note: ${words}.`);
  else throw new OperatorError(`${words}: it would be polled for nothing.\nAdd --anyway to add it all the same.`);
}

/** So much in common is the same feed at another address, or a part of one that we have. */
const MOST = 0.8;

/** Longer ones are a publisher's accident. */
const MAX_TITLE = 200;

function enrol(
  register: Register,
  { page }: Finding,
  { url, candidate, reading }: FoundFeed,
  { publisher, title }: AddOptions,
  section: SectionId | undefined,
): Enrolment {
  const { profile } = reading;
  const isVouched = page !== undefined && candidate?.because !== "guessed";
  const claimed =
    profile.homeUrl !== undefined && domainOf(profile.homeUrl) === domainOf(url) ? profile.homeUrl : undefined;
  return register.enrol({
    url,
    title: title ?? (profile.title ?? candidate?.title)?.slice(0, MAX_TITLE).trim(),
    homeUrl: isVouched ? new URL("/", page.url).href : claimed,
    publisher,
    publisherTitle: page?.siteName,
    language: profile.language,
    section,
  });
}

function showProposal(
  { sections }: Settings,
  register: Register,
  { url, reading }: FoundFeed,
  enrolment: Enrolment,
  section: SectionId | undefined,
): void {
  const { feed, newPublisher } = enrolment;
  const home = reading.profile.homeUrl;
  const claimed = home === undefined ? undefined : register.publisherAt(home);
  const permalinks = reading.drafts.flatMap(({ permalink }) => permalink ?? []);
  const title = reading.profile.title;
  const likely = likelySection({ url, title, publisher: newPublisher?.title ?? feed.publisher, permalinks }, sections);
  console.log(`\n${asYaml([enrolment])}\n`);
  if (newPublisher !== undefined)
    console.log(`${newPublisher.id} is a new publisher; --publisher ID|NAME files it with another or names this one.`);
  if (claimed !== undefined && claimed !== feed.publisher)
    console.log(`It says that it belongs to ${home}: if so, add --publisher ${claimed}.`);
  if (section === undefined && likely !== undefined)
    console.log(`Is every item of it ${likely.section}? (${likely.because}) Then add --section ${likely.section}.`);
}
