import type { ItemId } from "../model/ids.ts";
import type { Instant } from "../model/time.ts";
import type { Announcement, DigestRule, Topic, TopicEntry, TopicFeed } from "../model/topic.ts";
import { digestWords } from "./digest-words.ts";
import { type Period, periodsOf } from "./period.ts";

/** As many as a feed can hold. */
const MOST_DIGESTS = 500;

interface Press {
  /** what readers know; none for a page */
  readonly announced: readonly Announcement[];
  readonly now: Instant;
  /** no digest of periods that were over by then */
  readonly oldest: Instant;
  /** a period's best stories, as they were when it ended */
  readonly storiesOf: (period: Period) => readonly TopicEntry[];
  /** each of these items as the story that it leads; what is gone or spiked is left out */
  readonly storiesLedBy: (items: readonly ItemId[], period: Period) => readonly TopicEntry[];
}

/**
 * One entry a period, made of what had arrived when it ended. What readers have been told of stays as it was: the same
 * stories in the same order, less what publishers withdrew and editors spiked since then.
 */
export function digestsOf(topic: Topic, rule: DigestRule, press: Press): TopicFeed {
  const { announced, now, oldest } = press;
  const { over, next } = periodsOf(rule, now, { until: Math.max(0, oldest), most: Math.min(topic.size, MOST_DIGESTS) });
  const entries = over.flatMap((period) => {
    const iri = `tag:ressort,2026:digest/${topic.id}/${rule.every}/${period.day}`;
    const told = announced.find((one) => one.iri === iri);
    // an edit never announces what is old
    if (told === undefined && announced.length > 0 && period.to <= (topic.editedAt ?? 0)) return [];
    const stories = told === undefined ? press.storiesOf(period) : press.storiesLedBy(told.items, period);
    return digestOf(topic, rule, iri, period, stories);
  });
  const updatedAt = entries.reduce((latest, entry) => Math.max(latest, entry.updatedAt), 0);
  return { topic, entries, updatedAt, heldUntil: next };
}

function digestOf(
  topic: Topic,
  rule: DigestRule,
  iri: string,
  period: Period,
  stories: readonly TopicEntry[],
): readonly TopicEntry[] {
  const [first, ...others] = stories;
  if (first === undefined) return [];
  const words = digestWords(topic.language);
  return [
    {
      ...{ iri, story: first.story, lead: first.lead, others: others.map(({ lead }) => lead) },
      title: words.title(topic.title, rule, period),
      publishedAt: period.to,
      // what its publishers corrected since, and what editors did
      updatedAt: stories.reduce((latest, { updatedAt }) => Math.max(latest, updatedAt), period.to),
      because: words.because(stories.length),
      digest: { ...period, stories },
    },
  ];
}
