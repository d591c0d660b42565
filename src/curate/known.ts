import type { ItemId } from "../model/ids.ts";
import type { Placed } from "../model/news.ts";
import type { Announcement, TopicFeed } from "../model/topic.ts";
import { firstFirst } from "./election.ts";
import type { Group } from "./groups.ts";

/** As what a topic's readers know its groups. */
export interface Known {
  readonly isAnnounced: (group: Group) => boolean;
  /** The id of each group: none twice (RFC 4287 4.1.1), and where it was announced, as it was announced. */
  readonly irisOf: (groups: readonly Group[]) => ReadonlyMap<Group, string>;
}

/** @param announced the newest first */
export function knownOf(announced: readonly Announcement[]): Known {
  const told = announced.flatMap(({ iri, items }) => items.map((item) => [item, iri] as const));
  const irisOf = Map.groupBy(told, ([item]) => item);
  const isTold = ({ item }: Placed): boolean => irisOf.has(item.id);
  const toldAs = ({ candidates }: Group): readonly string[] =>
    candidates
      .filter(isTold)
      .sort(firstFirst)
      .flatMap(({ item }) => irisOf.get(item.id)?.map(([, iri]) => iri) ?? []);

  return {
    isAnnounced: ({ candidates }) => candidates.some(isTold),
    irisOf(groups) {
      const known = new Map(told.length === 0 ? [] : groups.map((group) => [group, toldAs(group)]));
      // a story under its own name, then what a merge or a split took from its name, then what nobody knows yet
      return namesOf(groups, [
        (group) => (known.get(group)?.includes(group.iri) ? [group.iri] : []),
        (group) => known.get(group) ?? [],
        (group) => [group.iri, `tag:ressort,2026:${group.name}`],
      ]);
    },
  };
}

/** Gives each group the first of its wishes that nobody has: first to all their first wishes, then to the others. */
function namesOf(
  groups: readonly Group[],
  wishes: readonly ((group: Group) => readonly string[])[],
): ReadonlyMap<Group, string> {
  const names = new Map<Group, string>();
  const taken = new Set<string>();
  for (const wish of wishes)
    for (const group of groups) {
      const iri = names.has(group) ? undefined : wish(group).find((one) => !taken.has(one));
      if (iri === undefined) continue;
      names.set(group, iri);
      taken.add(iri);
    }
  return names;
}

/** What is to be remembered once the feed is out. What has just left it may come back, so as much again is kept. */
export function announcementsOf(feed: TopicFeed, before: readonly Announcement[]): readonly Announcement[] {
  const now = feed.entries.map(({ iri, lead, others }) => ({
    iri,
    items: [lead, ...others].map(({ item }): ItemId => item.id),
  }));
  const iris = new Set(now.map(({ iri }) => iri));
  return [...now, ...before.filter(({ iri }) => !iris.has(iri)).slice(0, feed.topic.size)];
}
