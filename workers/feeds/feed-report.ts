import { pasteable } from "../../src/model/command-line.ts";
import type { Feed, FeedState, Publisher } from "../../src/model/feed.ts";
import type { KeptNote } from "../../src/model/kept.ts";
import { isoOf, showDuration } from "../../src/model/time.ts";
import { mayRefresh } from "../../src/poll/poll.ts";
import { englishIdentity, englishPollReason } from "../../src/serve/serve.ts";
import { shown } from "../shown.ts";

export const isIll = ({ health }: FeedState): boolean => health !== "ok" && health !== "new";

/** One feed in a list: health, how it has been, what comes next; the trouble in a line of its own. */
export function feedLine(feed: Feed, state: FeedState, now: number): string {
  const { health, succeededAt, lastError } = state;
  const read = succeededAt === undefined ? "never read" : `read ${ago(succeededAt, now)}`;
  const facts = [read, rateOf(state), nextOf(state, now)].filter((fact) => fact !== undefined).join("  ");
  const line = `${health.padEnd(10)} ${feed.id.padEnd(32)} ${facts}`;
  if (!isIll(state)) return line;
  const since = state.healthSince === undefined ? "" : `for ${showDuration(now - state.healthSince)}, `;
  return `${line}\n${" ".repeat(11)}${since}${failuresOf(state)}: ${shown(lastError ?? "?")}`;
}

/** All that an operator may want to know of one feed at night. */
export function feedReport(
  feed: Feed,
  publisher: Publisher,
  state: FeedState,
  kept: readonly KeptNote[],
  now: number,
): string {
  const { health, healthSince, lastError, hints = {} } = state;
  const refresh = mayRefresh(state, now);
  const rows: readonly (readonly [string, string | undefined])[] = [
    ["title", feed.title ?? state.title],
    ["publisher", `${publisher.title} (${publisher.id}, rank ${publisher.rank})`],
    ["section", feed.section],
    ["health", healthSince === undefined ? health : `${health} since ${when(healthSince, now)}`],
    ["trouble", isIll(state) ? `${failuresOf(state)}: ${lastError ?? "?"}` : undefined],
    ["way out", wayOut(feed, state)],
    ["last poll", state.polledAt === undefined ? "never" : when(state.polledAt, now)],
    ["last read", state.succeededAt === undefined ? "never" : when(state.succeededAt, now)],
    ["new items", state.freshAt === undefined ? undefined : `last ${when(state.freshAt, now)}`],
    ["silent", state.silentSince === undefined ? undefined : `since ${when(state.silentSince, now)}`],
    ["items", itemsOf(state)],
    ["identity", state.identity && englishIdentity(state.identity)],
    ["rate", rateOf(state)],
    ["next poll", nextOf(state, now)?.replace(/^next /, "")],
    ["refresh", refresh.kind === "may" ? "may be asked for now" : `again ${when(refresh.at, now)}`],
    [
      "validators",
      Object.entries(state.validators)
        .map(([name, value]) => `${name} ${value}`)
        .join(", "),
    ],
    ["hub", hints.hub],
    ["moved", state.movedTo === undefined ? undefined : `to ${state.movedTo}, seen ${state.movedCount ?? 1} times`],
  ];
  const known = rows.flatMap(([name, value]) => (value === undefined || value === "" ? [] : [row(name, value)]));
  return [`${feed.id}  ${feed.url}`, ...known, ...kept.map((note) => row("kept", keptLine(note, now)))].join("\n");
}

/** A document that was put aside, and how to look at it. */
export function keptLine({ feed, reason, why, at, size, isCut }: KeptNote, now: number): string {
  const cut = isCut === true ? ", only its beginning" : "";
  return `kept:${feed}:${reason}  ${when(at, now)}, ${size} bytes${cut}: ${why}`;
}

const row = (name: string, value: string): string => shown(`  ${name.padEnd(11)} ${value}`);

function wayOut({ id, url }: Feed, { health, lastError = "", homeUrl }: FeedState): string | undefined {
  if (health === "failing" && lastError.startsWith("html"))
    return `a page is there now: "${pasteable("feeds add --dry-run", homeUrl ?? new URL("/", url).href)}" looks for its feeds`;
  if (health === "failing" && lastError.startsWith("unreadable"))
    return `"${pasteable("parse", `kept:${id}`)}" reads it again`;
  if (health === "missing" || health === "gone")
    return "it is asked for now and then; take it out of feeds.yaml to end that";
  return undefined;
}

function itemsOf({ itemCount, usualCount, thinSince }: FeedState): string | undefined {
  if (itemCount === undefined) return undefined;
  const usual = thinSince === undefined || usualCount === undefined ? "" : `, usually ${Math.round(usualCount)}`;
  return `${itemCount} in the last document${usual}`;
}

const failuresOf = ({ failures }: FeedState): string =>
  failures === 1 ? "1 failure" : `${failures} failures in a row`;

function rateOf({ rate }: FeedState): string | undefined {
  if (rate === undefined) return undefined;
  return rate >= 1 ? `${Math.round(rate)} a day` : `${(rate * 30).toFixed(1)} a month`;
}

function nextOf({ nextDueAt, nextReasons = [] }: FeedState, now: number): string | undefined {
  if (nextDueAt === undefined) return undefined;
  const reasons = nextReasons.flatMap((reason) => englishPollReason(reason) ?? []);
  const next =
    nextDueAt <= now ? `due for ${showDuration(now - nextDueAt)}` : `next in ${showDuration(nextDueAt - now)}`;
  return reasons.length === 0 ? next : `${next}: ${reasons.join("; ")}`;
}

const ago = (at: number, now: number): string => `${showDuration(Math.max(0, now - at))} ago`;

function when(at: number, now: number): string {
  const distance = at > now ? `in ${showDuration(at - now)}` : ago(at, now);
  return `${isoOf(at).slice(0, 19)}Z (${distance})`;
}
