import type { Publisher } from "../model/feed.ts";
import type { PublisherId } from "../model/ids.ts";
import type { Placed } from "../model/news.ts";
import { onePerPage } from "../model/placed.ts";
import type { Instant } from "../model/time.ts";
import type { Topic } from "../model/topic.ts";
import { creditReader } from "./credit.ts";
import { type LeadWords, leadWords } from "./lead-words.ts";

interface Elected {
  readonly lead: Placed;
  /** best first */
  readonly others: readonly Placed[];
  /** why this lead: for people, in the topic's language, without a full stop */
  readonly because: string;
}

export interface Election {
  /** when a story may be announced: its time to wait is over, or it has a copy that no other can better */
  readonly ripeAt: (candidates: readonly Placed[]) => Instant;
  /** Elects the item that speaks for its group: one of `candidates`; all other pages of `members` are its others. */
  readonly elect: (candidates: readonly Placed[], members: readonly Placed[]) => Elected | undefined;
}

/** What an item has to say for itself. */
interface Claim {
  readonly placed: Placed;
  readonly who: string;
  readonly rank: number;
  /** whose text it carries, where that is not its publisher's own; read when it is asked for */
  readonly credit: () => string | undefined;
}

interface Rule {
  /** the lower speaks first */
  readonly score: (claim: Claim, ripeAt: Instant) => number;
  readonly words: (say: LeadWords, lead: Claim, rival: Claim) => string;
}

/**
 * Whom an editor lets speak speaks. Else the publisher's rank decides (the topic's own ranks before the general ones),
 * then an own text before a reprint, then the first before its copies. Between equals speaks who was there when the
 * story was announced, with a teaser before without, then who was first: so nothing but a better one takes the lead
 * from an announced one.
 */
const RULES: readonly Rule[] = [
  { score: ({ placed }) => (placed.decision.leads ? 0 : 1), words: (say, { who }) => say.editor(who) },
  { score: ({ rank }) => rank, words: (say, { who, rank }) => say.rank(who, rank) },
  {
    score: ({ credit }) => (credit() === undefined ? 0 : 1),
    words: (say, { who }, { credit }) => say.own(who, credit() ?? ""),
  },
  { score: ({ placed }) => (placed.decision.copyOf ? 1 : 0), words: (say, { who }) => say.original(who) },
  { score: ({ placed }, ripeAt) => (placed.item.arrivedAt > ripeAt ? 1 : 0), words: (say, { who }) => say.first(who) },
  {
    score: ({ placed: { item } }, ripeAt) => (item.teaser || item.arrivedAt > ripeAt ? 0 : 1),
    words: (say, { who }) => say.teaser(who),
  },
  { score: ({ placed }) => placed.item.arrivedAt, words: (say, { who }) => say.first(who) },
];

export function election(topic: Topic, publishers: readonly Publisher[]): Election {
  const claimOf = claimReader(topic, publishers);
  const best = publishers.reduce((least, publisher) => Math.min(least, rankOf(topic, publisher)), UNRANKED);
  const say = leadWords(topic.language);

  function ripeAt(claims: readonly Claim[]): Instant {
    const { hold = 0 } = topic;
    const ends = claims.map((claim) => claim.placed.item.arrivedAt + (hold === 0 || isBest(claim, best) ? 0 : hold));
    return ends.reduce((least, end) => Math.min(least, end), Number.MAX_SAFE_INTEGER);
  }

  function elect(candidates: readonly Placed[], members: readonly Placed[]): Elected | undefined {
    const standing = candidates.map(claimOf);
    const announcedAt = ripeAt(standing);
    const bestFirst = (a: Claim, b: Claim): number =>
      difference(deciding(a, b, announcedAt), a, b, announcedAt) || firstFirst(a.placed, b.placed);
    const [lead, ...lost] = standing.sort(bestFirst);
    if (lead === undefined) return undefined;
    const ranked = members.map(claimOf).sort(bestFirst);
    const others = onePerPage(
      ranked.map(({ placed }) => placed),
      lead.placed,
    );
    const count = otherPublishers(lead.placed, others);
    const rival = lost.find(({ placed }) => placed.item.publisher !== lead.placed.item.publisher);
    const words = rival === undefined ? unrivalled(say, lead.who, count) : reason(say, lead, rival, announcedAt);
    return { lead: lead.placed, others, because: count === 0 ? words : `${words}; ${say.others(count)}` };
  }

  return { ripeAt: (candidates) => ripeAt(candidates.map(claimOf)), elect };
}

/** By arrival; a total order, as ids are unique. */
export function firstFirst({ item: a }: Placed, { item: b }: Placed): number {
  if (a.arrivedAt !== b.arrivedAt) return a.arrivedAt - b.arrivedAt;
  return a.id === b.id ? 0 : a.id < b.id ? -1 : 1;
}

function claimReader(topic: Topic, publishers: readonly Publisher[]): (placed: Placed) => Claim {
  const voices = new Map(publishers.map((publisher) => [publisher.id, publisher]));
  const creditOf = creditReader(publishers);
  const known = new Map<Placed, Claim>();
  return (placed) => {
    const claim = known.get(placed) ?? read(placed);
    known.set(placed, claim);
    return claim;
  };

  function read(placed: Placed): Claim {
    const { publisher: id } = placed.item;
    const { title = id, ...publisher } = voices.get(id) ?? { id };
    let credit: { readonly to: string | undefined } | undefined;
    return {
      ...{ placed, who: title, rank: rankOf(topic, publisher) },
      credit() {
        credit ??= { to: creditOf(placed.item) };
        return credit.to;
      },
    };
  }
}

/** A publisher that the settings no longer name speaks after all others. */
const UNRANKED = Number.MAX_SAFE_INTEGER;

/** `hasOwn`: "constructor" could be a publisher's id. */
const rankOf = ({ ranks }: Topic, { id, rank }: { readonly id: PublisherId; readonly rank?: number }): number =>
  (Object.hasOwn(ranks, id) ? ranks[id] : rank) ?? UNRANKED;

const isBest = ({ placed: { decision }, rank, credit }: Claim, best: number): boolean =>
  decision.leads === true || (rank <= best && credit() === undefined && decision.copyOf === undefined);

const deciding = (a: Claim, b: Claim, ripeAt: Instant): Rule | undefined =>
  RULES.find(({ score }) => score(a, ripeAt) !== score(b, ripeAt));

const difference = (rule: Rule | undefined, a: Claim, b: Claim, ripeAt: Instant): number =>
  rule === undefined ? 0 : rule.score(a, ripeAt) - rule.score(b, ripeAt);

const reason = (say: LeadWords, lead: Claim, rival: Claim, ripeAt: Instant): string =>
  deciding(lead, rival, ripeAt)?.words(say, lead, rival) ?? say.together(lead.who);

const unrivalled = (say: LeadWords, who: string, others: number): string =>
  others === 0 ? say.alone(who) : say.onlyMatch(who);

function otherPublishers(lead: Placed, others: readonly Placed[]): number {
  const publishers = new Set(others.map(({ item }) => item.publisher));
  publishers.delete(lead.item.publisher);
  return publishers.size;
}
