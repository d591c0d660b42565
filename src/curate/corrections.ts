import type { Item } from "../model/item.ts";
import type { Placed } from "../model/news.ts";
import type { Passage, Revision } from "../model/revision.ts";
import type { Topic, TopicEntry, TopicFeed } from "../model/topic.ts";

/**
 * What publishers put right in a topic's items, each correction once, the latest first. As with stories, nothing that is
 * older than the topic's window before its newest item.
 */
export function correctionsOf(topic: Topic, candidates: readonly Placed[]): TopicFeed {
  const newest = candidates.reduce((latest, { item }) => Math.max(latest, item.arrivedAt, item.revisedAt ?? 0), 0);
  const words = wordsFor(topic);
  const entries = candidates
    .flatMap((placed) => entriesOf(placed, words))
    .filter(({ publishedAt }) => publishedAt >= newest - topic.window)
    .sort((a, b) => b.publishedAt - a.publishedAt || (a.iri < b.iri ? -1 : 1))
    .slice(0, topic.size);
  return {
    topic: { ...topic, title: words.title(topic.title), description: words.description },
    entries,
    updatedAt: entries.reduce((latest, { updatedAt }) => Math.max(latest, updatedAt), 0),
  };
}

interface Words {
  readonly title: (topic: string) => string;
  readonly description: string;
  readonly corrected: (title: string) => string;
  readonly change: (before: string, after: string) => string;
}

const GERMAN: Words = {
  title: (topic) => `Korrekturen: ${topic}`,
  description: "Was Quellen an Meldungen dieses Themas berichtigt haben",
  corrected: (title) => `Korrigiert: ${title}`,
  change: (before, after) => `Vorher: „${before}“ Jetzt: „${after}“`,
};

const ENGLISH: Words = {
  title: (topic) => `Corrections: ${topic}`,
  description: "What publishers have put right in this topic's items",
  corrected: (title) => `Corrected: ${title}`,
  change: (before, after) => `Before: “${before}” Now: “${after}”`,
};

const wordsFor = ({ language }: Topic): Words => (/^de\b/i.test(language) ? GERMAN : ENGLISH);

function entriesOf({ item, decision }: Placed, words: Words): readonly TopicEntry[] {
  const { revisions = [], content: _, teaser: __, kicker: ___, ...rest } = item;
  return revisions.flatMap((revision, n) => {
    if (revision.weight !== "correction") return [];
    const title = words.corrected(titleAfter(item, revisions.slice(0, n + 1)));
    const teaser = teaserOf(revision, words);
    return [
      {
        // ids of items are for ever, and so are the numbers of their revisions
        iri: `tag:ressort,2026:revision/${item.id}/${revision.number}`,
        story: decision.story,
        lead: { item: { ...rest, title, ...(teaser !== undefined && { teaser }) }, decision },
        others: [],
        publishedAt: revision.at,
        updatedAt: revision.at,
        because: revision.because,
        revision,
      },
    ];
  });
}

/** The title that a revision led to: what later ones made of it is theirs. @param since that revision last */
function titleAfter({ title }: Item, since: readonly Revision[]): string {
  const own = since.at(-1)?.title;
  if (own !== undefined) return textOf(own, "struck");
  const next = since.findLast((revision) => revision.title !== undefined)?.title;
  return next === undefined ? title : textOf(next, "inserted");
}

function teaserOf({ title, teaser, notice }: Revision, words: Words): string | undefined {
  const changed = title ?? teaser;
  const change = changed && words.change(textOf(changed, "inserted"), textOf(changed, "struck"));
  return [change, notice].filter((part) => part !== undefined).join(" ") || undefined;
}

const textOf = (passages: readonly Passage[], but: "struck" | "inserted"): string =>
  passages
    .filter(({ kind }) => kind !== but)
    .map(({ text }) => text)
    .join("")
    .trim();
