import type { Placed } from "../model/news.ts";
import type { Topic, TopicEntry } from "../model/topic.ts";
import { type Explanation, explain, type Query, showQuery, storyFacts } from "../query/query.ts";
import type { CurateContext } from "./context.ts";
import { firstFirst } from "./election.ts";
import { voicesOf } from "./holding.ts";
import { publishersOf } from "./order.ts";
import type { PreviewedStory } from "./preview.ts";

/** A topic with its query understood. */
export interface Rule {
  readonly topic: Topic;
  readonly query: Query;
}

/** Says by which clauses a story is in or out, before an edit and after it. */
export function judge(before: Rule | undefined, after: Rule, context: Pick<CurateContext, "publishers" | "membersOf">) {
  const voices = voicesOf(context.publishers);
  const { membersOf = () => [] } = context;
  const [old, fresh] = [clausesOf(before?.query), clausesOf(after.query)];

  /** All items of a story, and what the query makes of each. */
  function explained({ query }: Rule, lead: Placed, told: readonly Placed[]) {
    const known = new Map([...told, ...membersOf(lead.decision.story)].map((one) => [one.item.id, one]));
    known.delete(lead.item.id);
    const all: readonly [Placed, ...Placed[]] = [lead, ...[...known.values()].sort(firstFirst)];
    const facts = storyFacts(all, voices);
    return all.map((placed) => ({ placed, why: explain(query, placed, placed.item.arrivedAt, facts) }));
  }

  const takenBy = (rule: Rule | undefined, { lead, others }: TopicEntry): readonly string[] =>
    rule === undefined ? [] : (explained(rule, lead, others)[0]?.why.because ?? []).map(showQuery);

  function keptOutBy(rule: Rule | undefined, { lead, others }: TopicEntry): readonly string[] {
    if (rule === undefined) return [];
    const all = explained(rule, lead, others);
    const { minimumPublishers } = rule.topic;
    if (all.some(({ why }) => why.holds))
      return publishersOf(all.map(({ placed }) => placed)).size < minimumPublishers ? [atLeast(minimumPublishers)] : [];
    return (nearest(all)?.why.because ?? []).map(showQuery);
  }

  function fateOf(entry: TopicEntry, inRule: Rule | undefined, outRule: Rule | undefined): PreviewedStory {
    const taken = takenBy(inRule, entry);
    const kept = keptOutBy(outRule, entry);
    const [own, others] = inRule === after ? [fresh, old] : [old, fresh];
    // what only one of the two rules has: a word that takes it in, or else a clause that keeps it out
    const telling = [
      taken.filter((clause) => !clause.startsWith("-") && !others.has(clause)),
      kept.filter((clause) => !own.has(clause)),
      ...[kept, taken],
    ];
    const decidedBy = telling.find(({ length }) => length > 0) ?? [];
    return { ...storyOf(entry.lead, [entry.lead, ...entry.others]), takenBy: taken, keptOutBy: kept, decidedBy };
  }

  return {
    added: (entry: TopicEntry): PreviewedStory => fateOf(entry, after, before),
    removed: (entry: TopicEntry): PreviewedStory => fateOf(entry, before, after),

    /** @param told items of one story that is out */
    nearMiss(told: readonly Placed[]): PreviewedStory | undefined {
      const [lead] = told.toSorted(firstFirst);
      if (lead === undefined) return undefined;
      const all = explained(after, lead, told);
      const items = all.map(({ placed }) => placed);
      const missing = all.some(({ why }) => why.holds)
        ? lacking(after.topic, publishersOf(items).size)
        : nearest(all.filter(({ placed, why }) => why.isNear && told.includes(placed)))?.why.missing.map(showQuery);
      if (missing?.length !== 1) return undefined;
      const { placed = lead } = nearest(all) ?? {};
      return { ...storyOf(placed, items), takenBy: [], keptOutBy: missing, decidedBy: missing };
    },
  };
}

interface Explained {
  readonly placed: Placed;
  readonly why: Explanation;
}

/** What would have to be otherwise least. */
const nearest = (all: readonly Explained[]): Explained | undefined =>
  all.reduce<Explained | undefined>(
    (least, one) => (least === undefined || one.why.missing.length < least.why.missing.length ? one : least),
    undefined,
  );

const atLeast = (publishers: number): string => `minimumPublishers: ${publishers}`;

const lacking = ({ minimumPublishers }: Topic, publishers: number): readonly string[] =>
  publishers === minimumPublishers - 1 ? [atLeast(minimumPublishers)] : [];

function storyOf({ item, decision }: Placed, told: readonly Placed[]) {
  return {
    story: decision.story,
    item: item.id,
    title: item.title,
    publishers: [...new Set([item.publisher, ...publishersOf(told)])],
    arrivedAt: told.reduce((first, one) => Math.min(first, one.item.arrivedAt), item.arrivedAt),
  };
}

/** Every part of a query, as it is shown. */
function clausesOf(query: Query | undefined): ReadonlySet<string> {
  const found = new Set<string>();
  const walk = (part: Query): void => {
    found.add(showQuery(part));
    if (part.kind === "and" || part.kind === "or") part.of.forEach(walk);
    if (part.kind === "not") walk(part.of);
  };
  if (query !== undefined) walk(query);
  return found;
}
