import { addressKey, type Candidate, usualAddresses, type WebPage } from "../../src/discover/discover.ts";
import { hostKeyOf } from "../../src/poll/poll.ts";
import { type ReadFeed, type Visit, type VisitTools, visitor } from "./visit.ts";

export interface FoundFeed {
  /** where it will be polled */
  readonly url: string;
  /** absent where the operator gave the feed's own address */
  readonly candidate?: Candidate;
  readonly reading: ReadFeed;
}

export interface Finding {
  /** the page that the operator's address led to; absent where it was a feed */
  readonly page?: WebPage & { readonly url: string };
  readonly feeds: readonly FoundFeed[];
  /** what did not turn out to be a feed, and why */
  readonly missed: readonly { readonly candidate: Candidate; readonly why: string }[];
  /** named by the page, but not asked for: there were enough */
  readonly untried: readonly Candidate[];
}

/** A site is asked no more than this for one operator's question. */
const MAX_DECLARED = 10;
const MAX_LINKED = 8;
const MAX_GUESSED = 11;

/**
 * The feeds at an address: the feed itself, or those that the page there declares; else those that it links to; else
 * the first at a usual address. One request at a time, no host more often than a poller would.
 * @returns or why the address itself cannot be looked at
 */
export async function findFeeds(tools: VisitTools, address: string): Promise<Finding | { readonly why: string }> {
  const visit = visitor(tools);
  const first = await visit(address);
  if (first.kind === "trouble") return { why: first.why };
  if (first.kind === "feed") return { feeds: [{ url: first.url, reading: first.reading }], missed: [], untried: [] };

  const search = openSearch(visit, first.url);
  const of = (because: Candidate["because"]) => first.page.candidates.filter((one) => one.because === because);
  await search.ask(of("declared"), { most: MAX_DECLARED });
  if (search.feeds.length === 0) await search.ask(of("linked"), { most: MAX_LINKED });
  // "RSS" at the foot of a page often leads to a page about feeds
  if (search.feeds.length === 0) await search.ask(search.named, { most: MAX_LINKED });
  if (search.feeds.length === 0) await search.ask(usualAddresses(first.url), { most: MAX_GUESSED, isOneEnough: true });
  const { feeds, missed, named } = search;
  const untried = search.unasked([...first.page.candidates, ...named]);
  return { page: { ...first.page, url: first.url }, feeds, missed, untried };
}

/** Asks candidates, each once, and sorts what they are. */
function openSearch(visit: (address: string) => Promise<Visit>, pageUrl: string) {
  const feeds: FoundFeed[] = [];
  const missed: { readonly candidate: Candidate; readonly why: string }[] = [];
  /** by pages that were thought to be feeds */
  const named: Candidate[] = [];
  const asked = new Set([addressKey(pageUrl)]);
  /** hosts that have asked to be left alone */
  const closed = new Set<string>();

  const unasked = (candidates: readonly Candidate[]): readonly Candidate[] => {
    const fresh = candidates.filter(({ url }) => !asked.has(addressKey(url)));
    return [...new Map(fresh.map((one) => [addressKey(one.url), one])).values()];
  };
  const sort = (candidate: Candidate, visited: Visit): void => {
    if (visited.kind === "feed") {
      const { url, reading } = visited;
      const isKnown = feeds.some((feed) => addressKey(feed.url) === addressKey(url));
      if (!isKnown) feeds.push({ url, candidate, reading });
      return;
    }
    if (visited.kind === "page") named.push(...visited.page.candidates);
    else if (visited.isClosed) closed.add(hostKeyOf(candidate.url));
    missed.push({ candidate, why: visited.kind === "page" ? "a web page, not a feed" : visited.why });
  };

  return {
    feeds,
    missed,
    named,
    unasked,
    async ask(candidates: readonly Candidate[], how: { readonly most: number; readonly isOneEnough?: true }) {
      for (const candidate of unasked(candidates).slice(0, how.most)) {
        if (closed.has(hostKeyOf(candidate.url))) continue;
        asked.add(addressKey(candidate.url));
        sort(candidate, await visit(candidate.url));
        if (how.isOneEnough && feeds.length > 0) return;
      }
    },
  };
}
