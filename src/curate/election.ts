import type { Publisher } from "../model/feed.ts";
import type { PublisherId } from "../model/ids.ts";
import type { Placed } from "../model/news.ts";
import { onePerPage } from "../model/placed.ts";
import type { Topic } from "../model/topic.ts";
import { leadWords } from "./lead-words.ts";

interface Elected {
  readonly lead: Placed;
  /** best first */
  readonly others: readonly Placed[];
  /** why this lead: for people, in the topic's language, without a full stop */
  readonly because: string;
}

/** Elects the item that speaks for its group: one of `candidates`; all other pages of `members` are its others. */
export type Elect = (candidates: readonly Placed[], members: readonly Placed[]) => Elected | undefined;

/**
 * Whom an editor lets speak speaks. Else the publisher's rank decides (the topic's own ranks before the general ones), then the original before a copy, then
 * an item with a teaser before one without, then arrival.
 */
export function election(topic: Topic, publishers: readonly Publisher[]): Elect {
  const voices = new Map(publishers.map((publisher) => [publisher.id, publisher]));
  const rankOf = ({ item: { publisher } }: Placed): number =>
    ownRank(topic, publisher) ?? voices.get(publisher)?.rank ?? UNRANKED;
  const titleOf = ({ item: { publisher } }: Placed): string => voices.get(publisher)?.title ?? publisher;
  const say = leadWords(topic.language);
  const rules: readonly Rule[] = [
    { score: ({ decision }) => (decision.leads ? 0 : 1), words: (lead) => say.editor(titleOf(lead)) },
    { score: rankOf, words: (lead) => say.rank(titleOf(lead), rankOf(lead)) },
    { score: ({ decision }) => (decision.copyOf ? 1 : 0), words: (lead) => say.original(titleOf(lead)) },
    { score: ({ item }) => (item.teaser ? 0 : 1), words: (lead) => say.teaser(titleOf(lead)) },
    { score: ({ item }) => item.arrivedAt, words: (lead) => say.first(titleOf(lead)) },
  ];
  const bestFirst = (a: Placed, b: Placed): number => difference(deciding(rules, a, b), a, b) || firstFirst(a, b);

  return (candidates, members) => {
    const [lead, ...lost] = candidates.toSorted(bestFirst);
    if (!lead) return undefined;
    const others = onePerPage(members.toSorted(bestFirst), lead);
    const rival = lost.find(({ item }) => item.publisher !== lead.item.publisher);
    const count = otherPublishers(lead, others);
    const rest = count === 0 ? "" : `; ${say.others(count)}`;
    const who = titleOf(lead);
    if (!rival) return { lead, others, because: `${count === 0 ? say.alone(who) : say.onlyMatch(who)}${rest}` };
    const words = deciding(rules, lead, rival)?.words(lead) ?? say.together(who);
    return { lead, others, because: `${words}${rest}` };
  };
}

/** By arrival; a total order, as ids are unique. */
export function firstFirst({ item: a }: Placed, { item: b }: Placed): number {
  if (a.arrivedAt !== b.arrivedAt) return a.arrivedAt - b.arrivedAt;
  return a.id === b.id ? 0 : a.id < b.id ? -1 : 1;
}

/** A publisher that the settings no longer name speaks after all others. */
const UNRANKED = Number.MAX_SAFE_INTEGER;

/** `hasOwn`: "constructor" could be a publisher's id. */
const ownRank = ({ ranks }: Topic, publisher: PublisherId): number | undefined =>
  Object.hasOwn(ranks, publisher) ? ranks[publisher] : undefined;

interface Rule {
  /** the lower speaks first */
  readonly score: (placed: Placed) => number;
  readonly words: (lead: Placed) => string;
}

const deciding = (rules: readonly Rule[], a: Placed, b: Placed): Rule | undefined =>
  rules.find(({ score }) => score(a) !== score(b));

const difference = (rule: Rule | undefined, a: Placed, b: Placed): number => (rule ? rule.score(a) - rule.score(b) : 0);

function otherPublishers(lead: Placed, others: readonly Placed[]): number {
  const publishers = new Set(others.map(({ item }) => item.publisher));
  publishers.delete(lead.item.publisher);
  return publishers.size;
}
