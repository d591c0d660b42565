import type { Draft } from "../../src/model/item.ts";
import { DAY, isoOf, showDuration } from "../../src/model/time.ts";
import { shown } from "../shown.ts";
import type { FoundFeed } from "./discover.ts";

/** Enough to see what a feed is about. */
const SAMPLES = 3;
/** Letters of text from which on most readers are spared the way to the page. */
const FULL_TEXT = 1500;
const MAX_TITLE = 100;

/** What an operator wants to see of a feed before adding it. */
export function showFound(
  { url, candidate, reading }: FoundFeed,
  about: {
    readonly number: number;
    /** number of an earlier one with the same items */
    readonly sameAs?: number | undefined;
    /** id of the feed that it is already */
    readonly thereAs?: string | undefined;
    readonly now: number;
  },
): string {
  const { profile, drafts, format, hints, repairs } = reading;
  const newest = newestOf(drafts);
  const { number, sameAs, thereAs, now } = about;
  const facts = [
    format,
    `${drafts.length} items`,
    newest === undefined ? "no dates" : `newest ${isoOf(newest)} (${showDuration(Math.max(0, now - newest))} ago)`,
    rateOf(drafts),
    profile.language ?? drafts.find(({ language }) => language !== undefined)?.language,
    textOf(drafts),
  ];
  const notes = [
    thereAs !== undefined && `there already as ${thereAs}`,
    sameAs !== undefined && `the same items as ${sameAs}`,
    hints.hub !== undefined && `WebSub hub ${hints.hub}`,
    hints.ttl !== undefined && `asks for ${showDuration(hints.ttl)} between polls`,
    repairs.length > 0 && `mended: ${repairs.join(", ")}`,
  ];
  const lines = [
    `${String(number).padStart(2)}  ${profile.title ?? candidate?.title ?? "(no title)"}`,
    `${url}${candidate === undefined ? "" : `  (${WORDS[candidate.because]})`}`,
    facts.filter((fact) => fact !== undefined).join(", "),
    notes.filter((note) => note !== false).join("; "),
    ...drafts.slice(0, SAMPLES).map(showDraft),
  ];
  return lines
    .filter((line) => line !== "")
    .map(shown)
    .join("\n    ");
}

const WORDS = {
  declared: "declared by the page",
  linked: "the page links to it",
  guessed: "at a usual address",
} as const;

function showDraft({ publishedAt, updatedAt, title = "(no title)" }: Draft): string {
  const at = publishedAt ?? updatedAt;
  const short = title.length > MAX_TITLE ? `${title.slice(0, MAX_TITLE)}…` : title;
  return `- ${at === undefined ? "no date" : isoOf(at).slice(0, 16).replace("T", " ")}  ${short}`;
}

const datesOf = (drafts: readonly Draft[]): readonly number[] =>
  drafts.flatMap(({ publishedAt, updatedAt }) => publishedAt ?? updatedAt ?? []);

function newestOf(drafts: readonly Draft[]): number | undefined {
  const dates = datesOf(drafts);
  return dates.length === 0 ? undefined : dates.reduce((latest, date) => Math.max(latest, date));
}

function rateOf(drafts: readonly Draft[]): string | undefined {
  const dates = datesOf(drafts);
  if (dates.length < 3) return undefined;
  const span = dates.reduce((a, b) => Math.max(a, b)) - dates.reduce((a, b) => Math.min(a, b));
  if (span === 0) return undefined;
  const aDay = ((dates.length - 1) * DAY) / span;
  return aDay >= 1 ? `about ${Math.round(aDay)} a day` : `about ${Math.max(1, Math.round(aDay * 30))} a month`;
}

function textOf(drafts: readonly Draft[]): string {
  const long = drafts.filter(({ content = "" }) => content.length > FULL_TEXT).length;
  if (drafts.length > 0 && long * 2 >= drafts.length) return "full texts";
  return drafts.some(({ teaser }) => teaser !== undefined) ? "teasers" : "titles only";
}

/** For each feed the number (from 1) of an earlier one that has most of its items: RSS and Atom of one thing. */
export function twins(feeds: readonly FoundFeed[]): readonly (number | undefined)[] {
  const pages = feeds.map(({ reading }) => new Set(reading.drafts.flatMap(({ permalink }) => permalink ?? [])));
  return pages.map((own, n) => {
    const at = pages.slice(0, n).findIndex((other) => {
      const shared = [...own].filter((page) => other.has(page)).length;
      return own.size > 0 && shared >= MOST * own.size;
    });
    return at < 0 ? undefined : at + 1;
  });
}

const MOST = 0.8;
