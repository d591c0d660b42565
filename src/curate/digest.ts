import type { ItemId } from "../model/ids.ts";
import type { Placed } from "../model/news.ts";
import type { Instant } from "../model/time.ts";
import type { Announcement, DigestRule, Topic, TopicEntry, TopicFeed } from "../model/topic.ts";
import type { CurateContext } from "./context.ts";
import { digestWords } from "./digest-words.ts";
import { type Period, periodsOf } from "./period.ts";

/** As many as a feed can hold. */
const MOST_DIGESTS = 500;

export interface Times {
  /** what readers know; none for a page */
  readonly announced: readonly Announcement[];
  readonly now: Instant;
  /** no digest of periods that were over by then */
  readonly oldest: Instant;
}

interface Press extends Times {
  /** a period's best stories, as they were when it ended */
  readonly storiesOf: (period: Period) => Generator<void, readonly TopicEntry[]>;
  /** each of these items as the story that it leads; what is gone or spiked is left out */
  readonly storiesLedBy: (items: readonly ItemId[], period: Period) => Generator<void, readonly TopicEntry[]>;
}

/**
 * One entry a period, made of what had arrived when it ended. What readers have been told of stays as it was: the same
 * stories in the same order, less what publishers withdrew and editors spiked since then.
 */
export function* digestsOf(topic: Topic, rule: DigestRule, press: Press): Generator<void, TopicFeed> {
  const { over, next } = digestPeriods(topic, rule, press);
  const entries: TopicEntry[] = [];
  for (const { period, iri, told } of over) {
    const stories = yield* told === undefined ? press.storiesOf(period) : press.storiesLedBy(told.items, period);
    entries.push(...digestOf(topic, rule, iri, period, stories));
  }
  const updatedAt = entries.reduce((latest, entry) => Math.max(latest, entry.updatedAt), 0);
  return { topic, entries, updatedAt, heldUntil: next };
}

/** When the first period began of which readers have no digest yet, and are to have one; Infinity: they have all. */
export function untoldSince(topic: Topic, rule: DigestRule, times: Times): Instant {
  const { over } = digestPeriods(topic, rule, times);
  return Math.min(...over.flatMap(({ period, told }) => (told === undefined ? period.from : [])));
}

/** A page has all digests of its window; the newest item says what time it is where nobody else does. */
export function timesOf(
  { window }: Topic,
  candidates: readonly Placed[],
  { announced = [], now }: Pick<CurateContext, "announced" | "now">,
): Times {
  const newest = candidates.reduce((latest, { item }) => Math.max(latest, item.arrivedAt), 0);
  const oldest = candidates.length === 0 ? Number.POSITIVE_INFINITY : newest - window;
  return { announced, now: now ?? newest, oldest };
}

/** Ids of digests begin so; topic, kind and day follow. */
const DIGESTS = "tag:ressort,2026:digest/";

function digestPeriods(topic: Topic, rule: DigestRule, { announced, now, oldest }: Times) {
  const most = Math.min(topic.size, MOST_DIGESTS);
  const { over, next } = periodsOf(rule, now, { until: Math.max(0, oldest), most });
  const named = over.map((period) => {
    const name = `/${rule.every}/${period.day}`;
    // told under the id that the topic had then
    const told = announced.find(({ iri }) => iri.startsWith(DIGESTS) && iri.endsWith(name));
    return { period, iri: told?.iri ?? `${DIGESTS}${topic.id}${name}`, told };
  });
  // an edit never announces what is old
  const isOld = (period: Period): boolean => announced.length > 0 && period.to <= (topic.editedAt ?? 0);
  return { over: named.filter(({ period, told }) => told !== undefined || !isOld(period)), next };
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
