import type { ItemId } from "../model/ids.ts";
import type { Placed } from "../model/news.ts";
import type { Duration, Instant } from "../model/time.ts";
import { asksOfStory, matches, type Query, type StoryFacts } from "../query/query.ts";
import type { FullText } from "./full-text.ts";
import { type Glimpse, split } from "./glimpse.ts";
import type { ItemShelf } from "./item-shelf.ts";
import type { Hit } from "./part.ts";
import { planOf } from "./plan.ts";
import { bestOf, weightOf } from "./ranking.ts";
import type { Timeline } from "./timeline.ts";
import { turns } from "./turns.ts";

export interface FindOptions {
  readonly limit: number;
  /** so many of them, the best, are not read, as far as all are counted: somebody has them already */
  readonly from?: (total: number) => number;
  readonly now: Instant;
  readonly order?: "relevance" | "newest";
  /** is told of every hit, also of those beyond the limit */
  readonly each?: (glimpse: Glimpse) => void;
  /** processor time that ask() may use; 250 ms unless told */
  readonly budget?: Duration;
  /** who asked has gone: nothing more is looked for, and what was found is all */
  readonly signal?: AbortSignal | undefined;
}

export interface Found {
  readonly hits: readonly Placed[];
  readonly total: number;
  /** it took too long, or nobody waits any more: these are the hits among the newest items, and there may be more */
  readonly isCut?: true;
}

interface Searched {
  readonly words: Pick<FullText, "search">;
  readonly shelf: Pick<ItemShelf, "get" | "peek" | "glimpse">;
  readonly arrivals: Pick<Timeline, "newest">;
  readonly factsOf: (glimpse: Glimpse) => StoryFacts | undefined;
}

/** What one reader's search may take from all others (D-04). */
const BUDGET: Duration = 250;
/** Some milliseconds each. */
const AT_A_GLANCE = 2000;
const CLOSELY = 10;

/** Every hit is counted, and seen for what its total and its facets tell; all but the best are forgotten again. */
export function finder(searched: Searched) {
  const { inTurns, within } = turns();

  return {
    find(query: Query, options: FindOptions): Found {
      const walk = walkThrough(searched, query, options);
      while (!walk.steps.next().done);
      while (!walk.reading.next().done);
      return walk.found();
    },

    async ask(query: Query, options: FindOptions): Promise<Found> {
      const { budget = BUDGET, signal } = options;
      const walk = walkThrough(searched, query, options);
      const isWhole = await within({ budget, signal }, walk.steps);
      const isRead = await within({ budget: Number.POSITIVE_INFINITY, signal }, walk.reading);
      return isWhole && isRead ? walk.found() : { ...walk.found(), isCut: true };
    },

    /** other work on what is kept, a turn at a time like the searches */
    inTurns,
  };
}

/** `found` as far as the steps have come. */
function walkThrough({ words, shelf, arrivals, factsOf }: Searched, query: Query, options: FindOptions) {
  const { limit, now, order = "relevance", each } = options;
  const { tree, rest } = planOf(query);
  const holds = rest && condition(rest, now, { shelf, factsOf });
  const best = bestOf(limit);
  const read: Placed[] = [];
  let total = 0;

  function* steps(): Generator<void, void> {
    let looked = 0;
    for (const hits of tree ? words.search(tree) : everything()) {
      for (const { id, score, arrivedAt } of hits) {
        if (holds?.isCostly && ++looked % CLOSELY === 0) yield;
        if (holds && !holds.of(id)) continue;
        total++;
        const glimpse = each && shelf.glimpse(id);
        if (glimpse) each(glimpse);
        if (order === "newest") best.offer(id, 0, arrivedAt);
        else if (score >= best.least()) best.offer(id, weightOf(score, arrivedAt, now), arrivedAt);
      }
      yield;
    }
  }

  function* everything(): Generator<readonly Hit[], void> {
    let hits: Hit[] = [];
    for (const id of arrivals.newest()) {
      const glimpse = shelf.glimpse(id);
      if (glimpse) hits.push({ id, score: 1, arrivedAt: glimpse.item.arrivedAt });
      if (hits.length < AT_A_GLANCE) continue;
      yield hits;
      hits = [];
    }
    yield hits;
  }

  function* reading(): Generator<void, void> {
    for (const { id } of best.hits().slice(options.from?.(total))) {
      const placed = shelf.get(id);
      if (placed) read.push(placed);
      yield;
    }
  }

  return {
    steps: steps(),
    /** the best, when it is known which those are */
    reading: reading(),
    found: (): Found => ({ hits: read, total }),
  };
}

/** What the words do not tell: first what can be seen without reading the item. */
function condition(rest: Query, now: Instant, { shelf, factsOf }: Pick<Searched, "factsOf"> & Pick<Searched, "shelf">) {
  const { atAGlance, closely } = split(rest);
  const asksStory = asksOfStory(rest);
  return {
    isCostly: closely.length > 0 || asksStory,
    of(id: ItemId): boolean {
      const glimpse = shelf.glimpse(id);
      if (glimpse === undefined) return false;
      const facts = asksStory ? factsOf(glimpse) : undefined;
      // split() has seen to it that the fields that are asked for are there
      if (!atAGlance.every((part) => matches(part, glimpse as Placed, now, facts))) return false;
      if (closely.length === 0) return true;
      const placed = shelf.peek(id);
      return placed !== undefined && closely.every((part) => matches(part, placed, now, facts));
    },
  };
}
