import { pasteable } from "../model/command-line.ts";
import { type Fragment, html } from "./html.ts";
import type { Paper } from "./paper.ts";
import type { FeedReport } from "./view.ts";

/** The documents of a feed that are kept because they could not be read, and the command that reads them again. */
export function keptNote({ words, times, now }: Paper, { feed, kept = [] }: FeedReport): Fragment {
  return kept.map(
    ({ reason, at }) =>
      html` <span class="small">${words.kept[reason]} ${times.at(at, now)}: <code>${pasteable("parse", `kept:${feed.id}:${reason}`)}</code></span>`,
  );
}
