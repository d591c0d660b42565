import type { ItemId, PublisherId, StoryId } from "../model/ids.ts";
import type { Placed } from "../model/news.ts";
import type { Instant } from "../model/time.ts";
import type { TopicEntry } from "../model/topic.ts";
import { anyWordOf, percolator } from "../query/query.ts";
import type { CurateContext } from "./context.ts";
import { holdingInSteps } from "./holding.ts";
import { judge, type Rule } from "./judge.ts";
import { storiesOf } from "./stories.ts";

export interface PreviewedStory {
  readonly story: StoryId;
  /** the item that leads it, or did, or comes nearest */
  readonly item: ItemId;
  readonly title: string;
  /** who tells it, the leader first */
  readonly publishers: readonly PublisherId[];
  /** of the first item that counts */
  readonly arrivedAt: Instant;
  /** by what it is in, or was; clauses in our query language, or an option as topics.yaml has it: "minimumPublishers: 3" */
  readonly takenBy: readonly string[];
  /** by what it is out, or was */
  readonly keptOutBy: readonly string[];
  /** of both what the other rule does not have */
  readonly decidedBy: readonly string[];
}

/** Stories of one fate. */
export interface PreviewedStories {
  /** the newest first, not all where there are many */
  readonly stories: readonly PreviewedStory[];
  readonly total: number;
  /** older ones of which nobody has looked whether they belong here, where there are such */
  readonly unjudged?: number;
  /** the clauses that decided most of the newest thousand */
  readonly decidedBy: readonly { readonly clause: string; readonly stories: number }[];
}

/** What an edit of a topic does to the stories of some time, whatever the size and window of its feed. */
export interface TopicPreview {
  /** how many stories it had, and has */
  readonly before: number;
  readonly after: number;
  readonly unchanged: number;
  readonly added: PreviewedStories;
  readonly removed: PreviewedStories;
  /** in by neither rule, and out of the new one by a single clause */
  readonly nearMisses: PreviewedStories;
}

export type PreviewContext = Pick<CurateContext, "publishers" | "membersOf" | "editing">;

/** Of each kind: as many as an editor looks through; and so many that the counts of clauses tell enough. */
const MOST_LISTED = 200;
const MOST_JUDGED = 1000;
const MOST_CLAUSES = 20;

/**
 * Curation run twice. Items are taken one after the other and compared step by step, so that whoever has others to serve
 * can pause in between.
 * @param before the rule as it is; absent: the topic is new
 */
export function previewer(before: Rule | undefined, after: Rule) {
  const anyWord = anyWordOf(after.query);
  const sieve = { before: [] as Placed[], after: [] as Placed[], near: [] as Placed[] };
  const percolate = percolator([
    ...(before === undefined ? [] : [{ query: before.query, into: sieve.before }]),
    { query: after.query, into: sieve.after },
    ...(anyWord === undefined ? [] : [{ query: anyWord, into: sieve.near }]),
  ]);
  return {
    take(placed: Placed): void {
      for (const { into } of percolate(placed, placed.item.arrivedAt)) into.push(placed);
    },
    preview: (context: PreviewContext) => compared(before, after, sieve, context),
  };
}

type Sieve = Readonly<Record<"before" | "after" | "near", readonly Placed[]>>;

function* compared(
  before: Rule | undefined,
  after: Rule,
  sieve: Sieve,
  context: PreviewContext,
): Generator<void, TopicPreview> {
  const why = judge(before, after, context);
  const old = before === undefined ? [] : yield* shownBy(before, sieve.before, context);
  const fresh = yield* shownBy(after, sieve.after, context);
  const isOneForOne = before?.topic.oneEntryAStory === after.topic.oneEntryAStory;
  const keyOf = ({ iri, story }: TopicEntry): string => (isOneForOne ? iri : story);
  const [oldKeys, freshKeys] = [new Set(old.map(keyOf)), new Set(fresh.map(keyOf))];
  const added = fresh.filter((entry) => !oldKeys.has(keyOf(entry)));
  yield;
  const removed = old.filter((entry) => !freshKeys.has(keyOf(entry)));
  const shown = new Set([...old, ...fresh].map(({ story }) => story));
  yield;
  const outside = Map.groupBy(
    [...sieve.near, ...sieve.after].filter(({ decision }) => !shown.has(decision.story)),
    ({ decision }) => decision.story,
  );
  yield;
  const near = newestFirst(outside);
  const missed = (yield* each(near.slice(0, MOST_JUDGED), why.nearMiss)).filter((story) => story !== undefined);
  return {
    ...{ before: oldKeys.size, after: freshKeys.size, unchanged: oldKeys.intersection(freshKeys).size },
    added: listed(yield* each(added.slice(0, MOST_JUDGED), why.added), added.length),
    removed: listed(yield* each(removed.slice(0, MOST_JUDGED), why.removed), removed.length),
    nearMisses: {
      ...listed(missed, missed.length),
      ...(near.length > MOST_JUDGED && { unjudged: near.length - MOST_JUDGED }),
    },
  };
}

/** The items of each story, by when the first of them came. */
function newestFirst(stories: ReadonlyMap<StoryId, readonly Placed[]>): readonly (readonly Placed[])[] {
  const begun = [...stories].map(([story, items]) => ({ story, items, at: firstArrivalOf(items) }));
  return begun.sort((a, b) => b.at - a.at || (a.story < b.story ? -1 : 1)).map(({ items }) => items);
}

const firstArrivalOf = (items: readonly Placed[]): Instant =>
  items.reduce((first, { item }) => Math.min(first, item.arrivedAt), Number.POSITIVE_INFINITY);

/** All stories that a rule lets in, however old, whatever there is room for. */
function* shownBy(
  { topic, query }: Rule,
  items: readonly Placed[],
  context: PreviewContext,
): Generator<void, readonly TopicEntry[]> {
  const { hold: _, mostPerPublisher: __, related: ___, order: ____, editedAt: _____, ...plain } = topic;
  const endless = { ...plain, size: Number.POSITIVE_INFINITY, window: Number.POSITIVE_INFINITY };
  const held = yield* holdingInSteps(query, items, context.membersOf, context.publishers);
  const { entries } = yield* storiesOf(endless, held, context);
  return entries;
}

function* each<One, Made>(all: readonly One[], make: (one: One) => Made): Generator<void, readonly Made[]> {
  const made: Made[] = [];
  for (const one of all) {
    yield;
    made.push(make(one));
  }
  return made;
}

function listed(stories: readonly PreviewedStory[], total: number): PreviewedStories {
  const counts = new Map<string, number>();
  for (const { decidedBy } of stories)
    for (const clause of decidedBy) counts.set(clause, (counts.get(clause) ?? 0) + 1);
  return {
    stories: stories.toSorted((a, b) => b.arrivedAt - a.arrivedAt || (a.item < b.item ? -1 : 1)).slice(0, MOST_LISTED),
    total,
    decidedBy: [...counts]
      .map(([clause, count]) => ({ clause, stories: count }))
      .sort((a, b) => b.stories - a.stories || (a.clause < b.clause ? -1 : 1))
      .slice(0, MOST_CLAUSES),
  };
}
