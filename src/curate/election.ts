import type { Publisher } from "../model/feed.ts";
import type { PublisherId } from "../model/ids.ts";
import { bestFirst, type Claim, decidingRule, type LeadRule, readOnce, UNRANKED } from "../model/lead.ts";
import type { Placed } from "../model/news.ts";
import { onePerPage } from "../model/placed.ts";
import type { Instant } from "../model/time.ts";
import type { Topic } from "../model/topic.ts";
import { creditReader } from "./credit.ts";
import { type LeadWords, leadWords } from "./lead-words.ts";

export { firstFirst } from "../model/lead.ts";

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
  /** who of these speaks for them, where nobody asks why */
  readonly leadOf: (candidates: readonly Placed[]) => Placed | undefined;
  /** Elects the item that speaks for its group: one of `candidates`; all other pages of `members` are its others. */
  readonly elect: (candidates: readonly Placed[], members: readonly Placed[]) => Elected | undefined;
}

interface NamedClaim extends Claim {
  readonly who: string;
}

/** Why a lead leads, by what sets it apart from its rival. */
const REASONS: Readonly<Record<LeadRule, (say: LeadWords, lead: NamedClaim, rival: NamedClaim) => string>> = {
  editor: (say, { who }) => say.editor(who),
  rank: (say, { who, rank }) => say.rank(who, rank),
  own: (say, { who }, { credit }) => say.own(who, credit() ?? ""),
  original: (say, { who }) => say.original(who),
  present: (say, { who }) => say.first(who),
  teaser: (say, { who }) => say.teaser(who),
  first: (say, { who }) => say.first(who),
};

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
    const lead = bestOf(standing, announcedAt);
    if (lead === undefined) return undefined;
    const ranked = members.map(claimOf).sort((a, b) => bestFirst(a, b, announcedAt));
    const others = onePerPage(
      ranked.map(({ placed }) => placed),
      lead.placed,
    );
    const count = otherPublishers(lead.placed, others);
    const isRival = ({ placed }: Claim): boolean => placed.item.publisher !== lead.placed.item.publisher;
    const rival = bestOf(standing.filter(isRival), announcedAt);
    const words = rival === undefined ? unrivalled(say, lead.who, count) : reason(say, lead, rival, announcedAt);
    return { lead: lead.placed, others, because: count === 0 ? words : `${words}; ${say.others(count)}` };
  }

  function leadOf(candidates: readonly Placed[]): Placed | undefined {
    if (candidates.length < 2) return candidates[0];
    const standing = candidates.map(claimOf);
    return bestOf(standing, ripeAt(standing))?.placed;
  }

  return { ripeAt: (candidates) => ripeAt(candidates.map(claimOf)), leadOf, elect };
}

function claimReader(topic: Topic, publishers: readonly Publisher[]): (placed: Placed) => NamedClaim {
  const voices = new Map(publishers.map((publisher) => [publisher.id, publisher]));
  const creditOf = creditReader(publishers);
  const known = new Map<Placed, NamedClaim>();
  return (placed) => {
    const claim = known.get(placed) ?? read(placed);
    known.set(placed, claim);
    return claim;
  };

  function read(placed: Placed): NamedClaim {
    const { publisher: id } = placed.item;
    const { title = id, ...publisher } = voices.get(id) ?? { id };
    const credit = readOnce(() => creditOf(placed.item));
    return { placed, who: title, rank: rankOf(topic, publisher), credit };
  }
}

const bestOf = ([one, ...others]: readonly NamedClaim[], announcedAt: Instant): NamedClaim | undefined =>
  others.reduce((best, other) => (best !== undefined && bestFirst(other, best, announcedAt) < 0 ? other : best), one);

/** `hasOwn`: "constructor" could be a publisher's id. */
const rankOf = ({ ranks }: Topic, { id, rank }: { readonly id: PublisherId; readonly rank?: number }): number =>
  (Object.hasOwn(ranks, id) ? ranks[id] : rank) ?? UNRANKED;

const isBest = ({ placed: { decision }, rank, credit }: Claim, best: number): boolean =>
  decision.leads === true || (rank <= best && credit() === undefined && decision.copyOf === undefined);

function reason(say: LeadWords, lead: NamedClaim, rival: NamedClaim, announcedAt: Instant): string {
  const rule = decidingRule(lead, rival, announcedAt);
  return rule === undefined ? say.together(lead.who) : REASONS[rule](say, lead, rival);
}

const unrivalled = (say: LeadWords, who: string, others: number): string =>
  others === 0 ? say.alone(who) : say.onlyMatch(who);

function otherPublishers(lead: Placed, others: readonly Placed[]): number {
  const publishers = new Set(others.map(({ item }) => item.publisher));
  publishers.delete(lead.item.publisher);
  return publishers.size;
}
