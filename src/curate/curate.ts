import type { Publisher } from "../model/feed.ts";
import type { StoryId } from "../model/ids.ts";
import type { Placed } from "../model/news.ts";
import type { Instant } from "../model/time.ts";
import type { Topic, TopicEntry, TopicFeed } from "../model/topic.ts";
import { type Elect, election, firstFirst } from "./election.ts";
import { type Group, groupsOf } from "./groups.ts";

export interface CurateContext {
  readonly publishers: readonly Publisher[];
  /**
   * All items of a story, also those that the topic's query does not match: their publishers count towards
   * `minimumPublishers`, and a story's entry names them among its others.
   */
  readonly membersOf?: (story: StoryId) => readonly Placed[];
}

/**
 * What a topic shows of the items that match it, in whatever order they are given: each story once, newest first by its
 * first arrival. A story leaves when its first arrival leaves the window, so no entry is ever dated or placed anew.
 */
export function curate(topic: Topic, candidates: readonly Placed[], context: CurateContext): TopicFeed {
  const newest = candidates.reduce((latest, { item }) => Math.max(latest, item.arrivedAt), 0);
  const groups = groupsOf(topic, candidates, context.membersOf)
    .filter(({ first }) => first.item.arrivedAt >= newest - topic.window)
    .filter(({ story }) => publishersOf(story).size >= topic.minimumPublishers)
    .sort((a, b) => firstFirst(a.first, b.first));
  const elect = election(topic, context.publishers);
  const taken = new Set<string>();
  const entries = groups
    .flatMap((group) => entryOf(group, iriOf(group, taken), elect) ?? [])
    .reverse()
    .slice(0, topic.size);
  return { topic, entries, updatedAt: entries.reduce((latest, entry) => Math.max(latest, entry.updatedAt), 0) };
}

const publishersOf = (items: readonly Placed[]): ReadonlySet<string> =>
  new Set(items.map(({ item }) => item.publisher));

/** No two entries of a document may share an id (RFC 4287 4.1.1): what came first keeps it. */
function iriOf({ iri, name }: Group, taken: Set<string>): string {
  const own = taken.has(iri) ? `tag:ressort,2026:${name}` : iri;
  taken.add(own);
  return own;
}

/** Enough to show that many tell it; the story's page has the rest. */
const MOST_OTHERS = 20;

function entryOf(group: Group, iri: string, elect: Elect): TopicEntry | undefined {
  const elected = elect(group.candidates, group.members);
  if (!elected) return undefined;
  const { lead, others, because } = elected;
  const publishedAt = dateOf(group.first);
  const updatedAt = Math.max(lead.item.revisedAt ?? 0, lead.item.arrivedAt, publishedAt);
  const { story } = lead.decision;
  return { iri, story, lead, others: others.slice(0, MOST_OTHERS), publishedAt, updatedAt, because };
}

/** Some publishers date items in the future; arrival bounds it. */
const dateOf = ({ item }: Placed): Instant => Math.min(item.publishedAt ?? item.arrivedAt, item.arrivedAt);
