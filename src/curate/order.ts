import type { PublisherId } from "../model/ids.ts";
import type { Placed } from "../model/news.ts";
import { type Duration, HOUR, type Instant } from "../model/time.ts";
import type { Topic } from "../model/topic.ts";
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
  const newest = newestOf(standings);
  const halfLife = isAgeless ? Number.POSITIVE_INFINITY : HALF_LIFE;
  const weights = new Map(standings.map((one) => [one, weightOf(one, newest, halfLife)]));
  const weight = (one: Standing): number => weights.get(one) ?? 0;
  const heaviest = (a: Standing, b: Standing): number => weight(b) - weight(a) || oldestFirst(b, a);
  const plain = order === "coverage" ? heaviest : (a: Standing, b: Standing): number => oldestFirst(b, a);
  const pinned = order === "editor" ? (a: Standing, b: Standing): number => (a.pin ?? 0) - (b.pin ?? 0) : plain;
  return [
    ...standings.filter(({ pin }) => pin !== undefined).sort(pinned),
    ...standings.filter(({ pin }) => pin === undefined).sort(plain),
  ];
}

const newestOf = (standings: readonly Standing[]): Instant =>
  standings.reduce((latest, { since }) => Math.max(latest, since), 0);

const weightOf = ({ group, since }: Standing, newest: Instant, halfLife: Duration): number =>
  publishersOf(group.story).size * 2 ** ((since - newest) / halfLife);

/** How many publishers a story needs that began at this moment to weigh as much as this one. */
export const publishersNeeded = ({ group, since }: Standing, began: Instant): number =>
  Math.ceil(publishersOf(group.story).size * 2 ** ((since - began) / HALF_LIFE));

/** By when they came into the topic; a total order, as that of items is. */
export const oldestFirst = (a: Standing, b: Standing): number =>
  a.since - b.since || firstFirst(a.group.first, b.group.first);

export const publishersOf = (items: readonly Placed[]): ReadonlySet<PublisherId> =>
  new Set(items.map(({ item }) => item.publisher));

/** The first that each publisher leads, where a topic bounds them; pins count and stay. */
export function fairly(
  standings: readonly Standing[],
  leadOf: (one: Standing) => Placed | undefined,
  most = Number.POSITIVE_INFINITY,
): readonly Standing[] {
  // who leads is dear to tell
  if (most === Number.POSITIVE_INFINITY) return standings;
  const led = new Map<PublisherId | undefined, number>();
  return standings.filter((one) => {
    const publisher = leadOf(one)?.item.publisher;
    const count = (led.get(publisher) ?? 0) + 1;
    led.set(publisher, count);
    return count <= most || one.pin !== undefined;
  });
}
