import { type Html, html } from "./html.ts";
import type { Paper } from "./paper.ts";
import type { FeedReport } from "./view.ts";

/** Who pushes a feed, since and until when; or why nobody does though the publisher names a hub. */
export function pushNote({ words, times, now }: Paper, { push }: FeedReport): Html | false {
  if (push === undefined) return false;
  const { hub, state, since, until, trouble } = push;
  return html` <span class="small push">${words.push[state](URL.parse(hub)?.host ?? hub)}${
    since !== undefined && html` ${words.since} ${times.at(since, now)}`
  }${until !== undefined && html`, ${words.pushUntil[state]} ${times.at(until, now)}`}${
    trouble !== undefined && html`: ${trouble}`
  }</span>`;
}
