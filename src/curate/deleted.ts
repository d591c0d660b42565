import type { Instant } from "../model/time.ts";
import type { TopicEntry, TopicFeed } from "../model/topic.ts";

/**
 * What withdrawals did to a topic: an entry that nobody is left to tell is deleted; one that another item leads now was
 * changed at that moment.
 * @param was the feed as if nothing had been withdrawn
 * @param still the ids of all that the topic could tell, also beyond its size
 */
export function withDeletions(feed: TopicFeed, was: TopicFeed, still: ReadonlySet<string>): TopicFeed {
  const deleted = was.entries
    .filter(({ iri }) => !still.has(iri))
    .map((entry) => ({ iri: entry.iri, at: withdrawnAt(entry) }));
  const led = new Map(was.entries.filter(hasLost).map((entry) => [entry.iri, entry]));
  const entries = feed.entries.map((entry) => {
    const before = led.get(entry.iri);
    return before === undefined ? entry : { ...entry, updatedAt: Math.max(entry.updatedAt, withdrawnAt(before)) };
  });
  const moments = [feed.updatedAt, ...entries.map(({ updatedAt }) => updatedAt), ...deleted.map(({ at }) => at)];
  return { ...feed, entries, updatedAt: Math.max(...moments), ...(deleted.length > 0 && { deleted }) };
}

/** A digest tells all its stories; another entry is told by its lead. */
const hasLost = ({ lead, others, digest }: TopicEntry): boolean =>
  [lead, ...(digest === undefined ? [] : others)].some(({ item }) => item.withdrawnAt !== undefined);

const withdrawnAt = ({ lead, others }: TopicEntry): Instant =>
  Math.max(...[lead, ...others].map(({ item }) => item.withdrawnAt ?? 0));
