import type { PublisherId } from "../model/ids.ts";
import type { Placed } from "../model/news.ts";
import { HOUR, type Instant } from "../model/time.ts";
import type { Topic, TopicEntry } from "../model/topic.ts";
import { firstFirst } from "./election.ts";
import type { Group } from "./groups.ts";

/** A group with what editors did to it. */
export interface Standing {
  readonly group: Group;
  /** when it came into the topic: its first arrival, or the end of its embargo */
  readonly since: Instant;
  /** its place among the pins, from 0 */
  readonly pin?: number;
  readonly title?: string;
  /** not shown before it */
  readonly embargo?: Instant;
  /** when an act last changed how it is told; 0 where none did */
  readonly changedAt: Instant;
}

/** Half a day later a story needs twice as many publishers for the same weight: morning and evening papers. */
const HALF_LIFE = 12 * HOUR;

/** Pins first. The age that lessens a story's weight is reckoned from the newest of them, so the same groups stand alike. */
export function inOrder(
  { order, isAgeless = false }: Pick<Topic, "order"> & { readonly isAgeless?: boolean },
  standings: readonly Standing[],
): readonly Standing[] {
  const newest = standings.reduce((latest, { since }) => Math.max(latest, since), 0);
  const halfLife = isAgeless ? Number.POSITIVE_INFINITY : HALF_LIFE;
  const weights = new Map(
    standings.map((one) => [one, publishersOf(one.group.story).size * 2 ** ((one.since - newest) / halfLife)]),
  );
  const weight = (one: Standing): number => weights.get(one) ?? 0;
  const heaviest = (a: Standing, b: Standing): number => weight(b) - weight(a) || oldestFirst(b, a);
  const plain = order === "coverage" ? heaviest : (a: Standing, b: Standing): number => oldestFirst(b, a);
  const pinned = order === "editor" ? (a: Standing, b: Standing): number => (a.pin ?? 0) - (b.pin ?? 0) : plain;
  return [
    ...standings.filter(({ pin }) => pin !== undefined).sort(pinned),
    ...standings.filter(({ pin }) => pin === undefined).sort(plain),
  ];
}

/** By when they came into the topic; a total order, as that of items is. */
export const oldestFirst = (a: Standing, b: Standing): number =>
  a.since - b.since || firstFirst(a.group.first, b.group.first);

export const publishersOf = (items: readonly Placed[]): ReadonlySet<PublisherId> =>
  new Set(items.map(({ item }) => item.publisher));

/** The first that each publisher leads, where a topic bounds them; pins count and stay. */
export function fairly(entries: readonly TopicEntry[], most = Number.POSITIVE_INFINITY): readonly TopicEntry[] {
  const led = new Map<PublisherId, number>();
  return entries.filter(({ lead: { item }, pinned }) => {
    const count = (led.get(item.publisher) ?? 0) + 1;
    led.set(item.publisher, count);
    return count <= most || pinned === true;
  });
}
