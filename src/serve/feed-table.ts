import type { FeedState } from "../model/feed.ts";
import { publisherPath } from "./headline.ts";
import { type Fragment, type Html, html } from "./html.ts";
import { keptNote } from "./kept-note.ts";
import type { Paper } from "./paper.ts";
import { pushNote } from "./push-note.ts";
import type { FeedReport } from "./view.ts";

/** A feed that an operator should look at. One that was never polled is only waiting. */
export const isIll = ({ state }: FeedReport): boolean => state.health !== "ok" && state.health !== "new";

/** A feed that is well, and yet its publisher may want to hear of it. */
export const isSilent = ({ state }: FeedReport): boolean => state.health === "ok" && state.silentSince !== undefined;

/** Ill feeds first, the longest ill before the others; then the silent, those that wait, and the well ones, by title. */
export function byNeed(reports: readonly FeedReport[]): readonly FeedReport[] {
  const rank = (report: FeedReport): number =>
    isIll(report) ? 0 : isSilent(report) ? 1 : report.state.health === "new" ? 2 : 3;
  return [...reports].sort(
    (one, other) =>
      rank(one) - rank(other) ||
      (isIll(one) ? (one.state.healthSince ?? 0) - (other.state.healthSince ?? 0) : 0) ||
      titleOf(one).localeCompare(titleOf(other)),
  );
}

/** What an operator asks of a feed: is it well, since when, what went wrong, when is the next try and why then. */
export function feedTable(paper: Paper, reports: readonly FeedReport[], withPublisher: boolean): Html {
  const { words } = paper;
  return html`<table class="feeds">
<thead><tr><th scope="col">${words.feed}</th><th scope="col">${words.healthColumn}</th><th scope="col">${words.lastError}</th><th scope="col">${words.lastSuccess}</th><th scope="col">${words.nextPoll}</th></tr></thead>
<tbody>${reports.map((report) => feedRow(paper, report, withPublisher))}</tbody>
</table>`;
}

function feedRow(paper: Paper, report: FeedReport, withPublisher: boolean): Html {
  const { words, times, now } = paper;
  const { feed, publisher, state } = report;
  return html`<tr>
<th scope="row">${withPublisher && html`<a class="publisher" href="${publisherPath(publisher.id)}">${publisher.title}</a> `}<span dir="auto">${titleOf(report)}</span> <span class="url">${shownUrl(feed.url)}</span></th>
<td data-label="${words.healthColumn}"><span class="health ${state.health}">${words.health[state.health]}</span>${
    state.healthSince !== undefined &&
    html` <span class="small">${words.since} ${times.at(state.healthSince, now)}</span>`
  }${state.failures > 0 && html` <span class="small">${words.failuresInARow(state.failures)}</span>`}${notices(paper, report)}</td>
<td data-label="${words.lastError}" class="error">${lastError(paper, state)}${keptNote(paper, report)}</td>
<td data-label="${words.lastSuccess}">${state.succeededAt === undefined ? words.never : times.from(state.succeededAt, now)}</td>
<td data-label="${words.nextPoll}">${nextPoll(paper, state)}${pushNote(paper, report)}</td>
</tr>
`;
}

/** In the words of the page, where there are any; the noted ones, which say more, on hovering. */
function lastError({ words }: Paper, { lastError: noted }: FeedState): Fragment {
  if (noted === undefined) return "–";
  const said = words.feedTrouble(noted);
  return said === undefined ? noted : html`<span title="${noted}">${said}</span>`;
}

/** What is odd about a feed that is well. */
function notices({ words, times, now }: Paper, { state }: FeedReport): Fragment {
  const { silentSince, thinSince, itemCount, usualCount, identity } = state;
  const knownBy = identity && words.identity(identity);
  return [
    silentSince !== undefined &&
      html` <span class="small"><strong>${words.silent}</strong>: ${words.silentSince} ${times.at(silentSince, now)}</span>`,
    thinSince !== undefined &&
      itemCount !== undefined &&
      usualCount !== undefined &&
      html` <span class="small">${words.thin(itemCount, Math.round(usualCount))}, ${words.since} ${times.at(thinSince, now)}</span>`,
    knownBy !== undefined && html` <span class="small">${knownBy}</span>`,
  ];
}

function nextPoll({ words, times, now }: Paper, { nextDueAt, nextReasons = [], health }: FeedState): Fragment {
  if (nextDueAt === undefined) return health === "gone" ? "–" : words.notPlanned;
  return html`${nextDueAt < now ? html`${words.overdue} ${times.at(nextDueAt, now)}` : times.from(nextDueAt, now)}${
    nextReasons.length > 0 &&
    html` <span class="small">${nextReasons.flatMap((reason) => words.pollReason(reason) ?? []).join("; ")}</span>`
  }`;
}

/** Whoever pays for a feed may have its key in the address: in the name, or after the question mark. */
function shownUrl(url: string): string {
  const { host = "", pathname = "", search = "" } = URL.parse(url) ?? {};
  return host + pathname + (search === "" ? "" : "?…");
}

const titleOf = ({ feed, state }: FeedReport): string => feed.title ?? state.title ?? feed.id;
