import type { PreviewedStories, PreviewedStory } from "../../src/curate/curate.ts";
import type { Settings } from "../../src/model/settings.ts";
import { clipped, shown } from "../shown.ts";
import type { PreviewReport } from "./preview.ts";

/** Stories of each kind on the terminal; --json has more. */
const SHOWN = 15;
const CLAUSES = 5;
const NAMED = 4;

/** What an edit does, for editors, in local time. */
export function showPreview({ days, items, tookMs, gone, own, topics }: PreviewReport, settings: Settings): string[] {
  const titles = new Map(settings.publishers.map(({ id, title }) => [id, title]));
  const about = `the last ${days} days, ${items} items, ${(tookMs / 1000).toFixed(1)} s`;
  const lines = [...gone.map((id) => `${id}: is not in the file; its feed would end`), ...ownLines(own)];
  if (topics.length === 0 && own !== undefined) return lines;
  if (topics.length === 0) return [...lines, "nothing is changed: the topics are as they are in force"];
  return [...lines, ...topics.flatMap((topic) => topicLines(topic)), `\n${about}`];

  function topicLines({ topic, isNew, before, after, unchanged, ...kinds }: PreviewReport["topics"][number]): string[] {
    const from = isNew ? "new" : `${before} stories before`;
    return [
      `\n${topic}: ${from}, ${after} after; ${unchanged} unchanged, ${kinds.added.total} added, ${kinds.removed.total} removed`,
      ...block("+", "added", kinds.added),
      ...block("-", "removed", kinds.removed),
      ...block("?", "just missed, by one clause only", kinds.nearMisses),
    ];
  }

  function block(sign: string, words: string, { stories, total, decidedBy, unjudged = 0 }: PreviewedStories): string[] {
    if (total + unjudged === 0) return [];
    const clauses = decidedBy.slice(0, CLAUSES).map((one) => `${clipped(one.clause)} (${one.stories})`);
    const more = total - SHOWN;
    return [
      `\n${sign} ${total} ${words}${clauses.length === 0 ? "" : `; decided by ${clauses.join(", ")}`}`,
      ...stories.slice(0, SHOWN).map((story) => storyLine(sign, story)),
      ...(more > 0 ? [`  and ${more} more`] : []),
      ...(unjudged > 0 ? [`  ${unjudged} older stories were not looked at`] : []),
    ];
  }

  function storyLine(sign: string, { title, publishers, arrivedAt, decidedBy }: PreviewedStory): string {
    const named = publishers.slice(0, NAMED).map((id) => titles.get(id) ?? id);
    const who = [...named, ...(publishers.length > NAMED ? [`${publishers.length - NAMED} more`] : [])].join(", ");
    const why = decidedBy.map(clipped).join(", ");
    return shown(`${sign} ${localTime.format(arrivedAt)}  ${title}  (${who})${why === "" ? "" : `  [${why}]`}`);
  }
}

/** Which rules the running one goes by is known only as a fingerprint. */
function ownLines(own: PreviewReport["own"]): readonly string[] {
  if (own === undefined) return [];
  const { running } = own;
  const differing =
    running === undefined || running.length === 0
      ? ""
      : ` Ressort has been running by other rules than it says of: ${running.join(", ")}.`;
  return [
    `this file is the topics.yaml in force itself: it cannot be compared with itself.${differing}`,
    "Put it back as it was, edit a copy instead, and preview the copy.",
  ];
}

/** Swedes write "2026-11-23 15:27". */
const localTime = new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeStyle: "short" });
