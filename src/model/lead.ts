import type { PublisherId } from "./ids.ts";
import type { Item } from "./item.ts";
import type { Placed } from "./news.ts";
import type { Instant } from "./time.ts";

/** What an item has to say for itself where a story looks for the one that speaks for it. */
export interface Claim {
  readonly placed: Placed;
  /** its publisher's; the lower speaks first */
  readonly rank: number;
  /** whose text it carries, where that is not its publisher's own; read when it is asked for */
  readonly credit: () => string | undefined;
}

/** By what one item comes before another. */
export type LeadRule = "editor" | "rank" | "own" | "original" | "present" | "teaser" | "first";

/** The lower speaks first. */
type Score = (claim: Claim, announcedAt: Instant) => number;

/**
 * Whom an editor lets speak speaks. Else the publisher's rank decides, then an own text before a reprint, then the first
 * before its copies. Between equals speaks who was there when the story was announced, with a teaser before without,
 * then who was first: so nothing but a better one takes the lead from an announced one.
 */
const RULES: readonly (readonly [LeadRule, Score])[] = [
  ["editor", ({ placed }) => (placed.decision.leads ? 0 : 1)],
  ["rank", ({ rank }) => rank],
  ["own", ({ credit }) => (credit() === undefined ? 0 : 1)],
  ["original", ({ placed }) => (placed.decision.copyOf ? 1 : 0)],
  ["present", ({ placed: { item } }, announcedAt) => (item.arrivedAt > announcedAt ? 1 : 0)],
  ["teaser", ({ placed: { item } }, announcedAt) => (item.teaser || item.arrivedAt > announcedAt ? 0 : 1)],
  ["first", ({ placed: { item } }) => item.arrivedAt],
];

/** What sets the two apart; undefined where only their ids do. */
export function decidingRule(a: Claim, b: Claim, announcedAt: Instant): LeadRule | undefined {
  return deciding(a, b, announcedAt)?.[0];
}

/** A total order, as ids are unique. */
export function bestFirst(a: Claim, b: Claim, announcedAt: Instant): number {
  const [, score] = deciding(a, b, announcedAt) ?? [];
  return score === undefined ? firstFirst(a.placed, b.placed) : score(a, announcedAt) - score(b, announcedAt);
}

const deciding = (a: Claim, b: Claim, announcedAt: Instant): readonly [LeadRule, Score] | undefined =>
  RULES.find(([, score]) => score(a, announcedAt) !== score(b, announcedAt));

/** By arrival; a total order, as ids are unique. */
export function firstFirst({ item: a }: Placed, { item: b }: Placed): number {
  if (a.arrivedAt !== b.arrivedAt) return a.arrivedAt - b.arrivedAt;
  return a.id === b.id ? 0 : a.id < b.id ? -1 : 1;
}

/** How publishers rank and whose text an item carries: in general, not in one topic. */
export interface Voices {
  /** undefined: after all others */
  rankOf(publisher: PublisherId): number | undefined;
  creditOf(item: Item): string | undefined;
}

/** A publisher that the settings no longer name speaks after all others. */
export const UNRANKED = Number.MAX_SAFE_INTEGER;

/** Who speaks for a story that nobody announces: on its page, in searches, in topics without ranks of their own. */
export function speakerOf([first, ...others]: readonly [Placed, ...Placed[]], voices: Voices): Placed {
  if (others.length === 0) return first;
  const firstAt = others.reduce((least, { item }) => Math.min(least, item.arrivedAt), first.item.arrivedAt);
  const claims = others.map((placed) => claimOf(placed, voices));
  return claims.reduce((best, claim) => (bestFirst(claim, best, firstAt) < 0 ? claim : best), claimOf(first, voices))
    .placed;
}

function claimOf(placed: Placed, { rankOf, creditOf }: Voices): Claim {
  const { item } = placed;
  return { placed, rank: rankOf(item.publisher) ?? UNRANKED, credit: readOnce(() => creditOf(item)) };
}

/** Credits are read from texts, which costs more than all else here. */
export function readOnce(read: () => string | undefined): () => string | undefined {
  let known: { readonly value: string | undefined } | undefined;
  return () => {
    known ??= { value: read() };
    return known.value;
  };
}
