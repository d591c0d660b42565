import type { Act, Editing } from "../model/editing.ts";
import type { ItemId } from "../model/ids.ts";
import type { Instant } from "../model/time.ts";
import type { Topic } from "../model/topic.ts";
import type { Group } from "./groups.ts";

/** What editors did to a topic's groups, as it stands at one moment. */
export interface Acts {
  readonly isSpiked: (group: Group) => boolean;
  /** its place among the pins, from 0; undefined where none that lives holds for it */
  readonly pinOf: (group: Group) => number | undefined;
  readonly titleOf: (group: Group) => string | undefined;
  /** before it the group is not shown */
  readonly embargoOf: (group: Group) => Instant | undefined;
  /** when the group's entry last changed by a title or the end of an embargo; 0 where it never did */
  readonly changedAt: (group: Group) => Instant;
  /** when anything in the topic last changed by an act; 0 where nothing did */
  readonly lastAt: Instant;
  /** when the first of the pins that live ends */
  readonly pinsUntil: Instant;
}

/** @param now pins and embargoes are decided for this moment */
export function actsOf(
  { oneEntryAStory }: Topic,
  { pins, spikes, retitles, embargoes }: Editing,
  groups: readonly Group[],
  now: Instant,
): Acts {
  const find = finder(groups, oneEntryAStory, [...pins, ...spikes, ...retitles, ...embargoes]);
  const living = pins.filter(({ until = Number.POSITIVE_INFINITY }) => until > now);
  const spiked = assigned(spikes, oneEntryAStory ? find.spiked : find.shown);
  const pinned = assigned(living, find.shown);
  const titled = assigned(retitles, find.shown);
  const embargoed = assigned(embargoes, find.shown);
  const passed = (moment: Instant): Instant => (moment <= now ? moment : 0);
  const moments = [
    ...[...spiked.values(), ...titled.values()].map(({ at }) => at),
    ...[...embargoed.values(), ...assigned(pins, find.shown).values()].flatMap(({ at, until = at }) => [at, until]),
  ];
  return {
    isSpiked: (group) => spiked.has(group),
    pinOf(group) {
      const pin = pinned.get(group);
      return pin && living.indexOf(pin);
    },
    titleOf: (group) => titled.get(group)?.title.trim() || undefined,
    embargoOf: (group) => embargoed.get(group)?.until,
    changedAt: (group) => Math.max(passed(titled.get(group)?.at ?? 0), passed(embargoed.get(group)?.until ?? 0)),
    lastAt: moments.map(passed).reduce((latest, moment) => Math.max(latest, moment), 0),
    pinsUntil: [...pinned.values()].reduce(
      (first, { until = first }) => Math.min(first, until),
      Number.POSITIVE_INFINITY,
    ),
  };
}

type Find = (act: Act) => Group | undefined;

/** Which group an act of these holds for: see Act. */
function finder(groups: readonly Group[], oneEntryAStory: boolean, acts: readonly Act[]) {
  // groups have thousands of items, and acts name few
  const items = new Set(acts.map(({ item }) => item));
  const byItem = new Map<ItemId, Group>();
  const byIri = new Map<string, Group>();
  for (const group of acts.length === 0 ? [] : groups) {
    for (const { item } of group.members) if (items.has(item.id)) byItem.set(item.id, group);
    byIri.set(group.first.decision.storyIri, group);
  }
  const shown: Find = ({ item, iri }) => byItem.get(item) ?? (oneEntryAStory ? byIri.get(iri) : undefined);
  return {
    shown,
    spiked: ({ item, iri }: Act) => {
      const own = byItem.get(item);
      return own?.first.decision.storyIri === iri ? own : byIri.get(iri);
    },
  };
}

/** Of several acts of a kind on one group the latest holds. */
function assigned<Kind extends Act>(acts: readonly Kind[], find: Find): ReadonlyMap<Group, Kind> {
  const found = new Map<Group, Kind>();
  for (const act of acts) {
    const group = find(act);
    if (group !== undefined && act.at > (found.get(group)?.at ?? Number.NEGATIVE_INFINITY)) found.set(group, act);
  }
  return found;
}
