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
  const newestFirst = (a: Standing, b: Standing): number => oldestFirst(b, a);
  const plain = order === "coverage" ? heaviestFirst(standings, isAgeless) : newestFirst;
  const pinned = order === "editor" ? (a: Standing, b: Standing): number => (a.pin ?? 0) - (b.pin ?? 0) : plain;
  return [
    ...standings.filter(({ pin }) => pin !== undefined).sort(pinned),
    ...standings.filter(({ pin }) => pin === undefined).sort(plain),
  ];
}

function heaviestFirst(standings: readonly Standing[], isAgeless: boolean): (a: Standing, b: Standing) => number {
  const newest = newestOf(standings);
  const halfLife = isAgeless ? Number.POSITIVE_INFINITY : HALF_LIFE;
  const weights = new Map(standings.map((one) => [one, weightOf(one, newest, halfLife)]));
  const weight = (one: Standing): number => weights.get(one) ?? 0;
  return (a, b) => weight(b) - weight(a) || oldestFirst(b, a);
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

/**
 * As many as there is room for: of those that a publisher leads the first, where a topic bounds them; pins count and
 * stay. Who leads is dear to tell, so others have their turns in between.
 */
export function* fairly(
  standings: readonly Standing[],
  leadOf: (one: Standing) => Placed | undefined,
  { size, most }: { readonly size: number; readonly most: number | undefined },
): Generator<void, readonly Standing[]> {
  if (most === undefined) return standings.slice(0, size);
  const led = new Map<PublisherId | undefined, number>();
  const kept: Standing[] = [];
  for (const one of standings) {
    if (kept.length >= size) break;
    yield;
    const publisher = leadOf(one)?.item.publisher;
    const count = (led.get(publisher) ?? 0) + 1;
    led.set(publisher, count);
    if (count <= most || one.pin !== undefined) kept.push(one);
  }
  return kept;
}
