import type { Publishing } from "../model/published.ts";
import { type Duration, type Instant, MINUTE } from "../model/time.ts";
import type { Topic, TopicEntry, TopicFeed } from "../model/topic.ts";
import { publicIri } from "./address.ts";
import { type Addresses, archiveAddresses } from "./addresses.ts";
import type { Site } from "./credits.ts";
import { archiveEdition, editionOf } from "./edition.ts";
import { cutArchives, type Filing, isNotedIn, latestArchive, noted, postponed, rememberedSince } from "./filing.ts";
import { released } from "./released.ts";
import type { Telling } from "./telling.ts";

/** All that one rendering of a topic puts into the world, at once or not at all. */
export interface Issue {
  readonly current: readonly Publishing[];
  /** cut just now, for ever */
  readonly archives: readonly Publishing[];
  /** paths of archives that are kept no longer */
  readonly dropped: readonly string[];
  readonly filing: Filing;
  /** more archives are due: to be issued again at once */
  readonly isMore: boolean;
}

export interface IssueContext {
  readonly filing: Filing;
  readonly now: Instant;
  /** of archives */
  readonly retention: Duration;
  /** ids of stories, as the desk named them, that editors took out: what has left by their hand goes into no archive */
  readonly spiked: readonly string[];
  /** what it would show were it as large as you like; absent: what does not fit was not meant to be told */
  readonly whole?: () => readonly TopicEntry[];
  /** by the number of the latest archive */
  readonly addresses: (archives: number) => Addresses;
}

/**
 * A topic feed as its three current documents, and what leaves them as archives (RFC 5005 4): a reader who follows
 * prev-archive from here finds all that was ever told, as far as it is kept.
 */
export function issue(feed: TopicFeed, site: Site, context: IssueContext): Issue {
  const { topic, deleted = [] } = feed;
  const { edition, unfit } = editionOf(feed, site, context.addresses(0));
  const shown = new Set(edition.tellings.map(({ iri }) => iri));
  const gone = [...deleted.map(({ iri }) => iri), ...context.spiked].map((iri) => publicIri(iri, site.publicUrl));
  const missed = editionOf({ ...feed, entries: missedOf(feed, site, context) }, site, context.addresses(0));
  const told = [...missed.edition.tellings, ...edition.tellings];
  const filing = noted(context.filing, told, new Set(gone.filter((iri) => !shown.has(iri))));
  const cutting = cutArchives(filing, shown, { ...context, size: topic.size });
  const archives = [...cutting.cut].flatMap(([number, tellings]) => archive(topic, site, number, tellings));
  // a mistake of ours: what should have gone into it waits
  const isSound = archives.every(({ kind }) => kind === "published");
  const toldUntil = Math.max(context.filing.toldUntil ?? 0, ...feed.entries.map(arrivalOf));
  const next = { ...(isSound ? cutting.filing : postponed(filing)), toldUntil };
  const addresses = context.addresses(latestArchive(next));
  return {
    current: released({ ...edition, ...addresses }, unfit, addresses),
    archives,
    dropped: isSound ? cutting.dropped.flatMap((number) => pathsOf(archiveAddresses(topic, site, number))) : [],
    filing: next,
    isMore: isSound && cutting.isMore,
  };
}

/**
 * What came in one burst that was larger than the feed: nobody was shown it, but it was meant for all. There can be such
 * only where even the last that is shown came no earlier than what was told before.
 */
function missedOf(
  { topic, entries }: TopicFeed,
  { publicUrl }: Site,
  { filing, whole = () => [], now, retention }: IssueContext,
): readonly TopicEntry[] {
  const last = entries.findLast(({ pinned }) => pinned !== true);
  const isBurst = last !== undefined && arrivalOf(last) >= (filing.toldUntil ?? 0) - OUT_OF_ORDER;
  if (entries.length < topic.size || !isBurst) return [];
  const isNoted = isNotedIn(filing);
  const earliest = rememberedSince(filing, now - retention);
  return whole().filter(({ iri, updatedAt }) => !isNoted(publicIri(iri, publicUrl)) && updatedAt >= earliest);
}

/** Polls end in another order than they began, and desks catch up: so late an item may come after one that is younger. */
export const OUT_OF_ORDER: Duration = MINUTE;

const arrivalOf = ({ lead }: TopicEntry): Instant => lead.item.arrivedAt;

function archive(topic: Topic, site: Site, number: number, tellings: readonly Telling[]): readonly Publishing[] {
  const addresses = archiveAddresses(topic, site, number);
  return released(archiveEdition(topic, tellings.toReversed(), site, addresses), [], addresses);
}

const pathsOf = ({ path }: Addresses): readonly string[] => Object.values(path);
