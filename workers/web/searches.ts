import { compressed } from "../../src/adapters/compress.ts";
import { keepNewest } from "../../src/model/keep-newest.ts";
import type { OutputFormat, ServedDocument } from "../../src/model/published.ts";
import { SECOND } from "../../src/model/time.ts";
import { isListed } from "../../src/model/topic.ts";
import { namesOf, type QueryNames, showQuery } from "../../src/query/query.ts";
import { type CompiledTopic, republishSearch } from "../../src/road.ts";
import { readSearch, type Search, searchPageOf } from "../../src/search/search.ts";
import type { Busy, View } from "../../src/serve/serve.ts";
import type { TopicBook } from "../topics/topic-book.ts";
import type { World } from "../world.ts";
import type { Newsroom } from "./newsroom.ts";

/** Finished search feeds are few and small; the oldest go first. */
const KEPT_SEARCHES = 200;
const SEARCH_FEED_SIZE = 50;
/** A search feed may be this much behind the index: it is sent with max-age=60 anyway. */
const SEARCH_FEED_AGE = 15 * SECOND;

/** They take turns, each a few milliseconds: with more of them a cheap one would wait for more than a second. */
const MOST_AT_ONCE = 32;
/** Each of them uses a quarter of a second at the most, and most do far less. */
const BUSY: Busy = { kind: "busy", seconds: 2 };

interface KeptSearch {
  readonly madeAt: number;
  readonly version: number;
  readonly document: Promise<ServedDocument | Busy>;
  readonly abandoned: AbortController;
  waiting: number;
  isMade?: boolean;
}

/** Searches as pages and as feeds, answered from the index. However a search is typed, it is one feed and rendered once. */
export function openSearches(
  world: Pick<World, "settings" | "now">,
  newsroom: Pick<Newsroom, "search" | "membersOf">,
  book: Pick<TopicBook, "current">,
): Pick<View, "search" | "searchDocument"> {
  const { settings } = world;
  const kept = new Map<string, KeptSearch>();
  const names = namesIn(world, book);
  const read = (typed: string) => readSearch(typed, names());

  let searching = 0;
  async function amongFew<Found>(search: () => Promise<Found>): Promise<Found | Busy> {
    if (searching >= MOST_AT_ONCE) return BUSY;
    searching += 1;
    try {
      return await search();
    } finally {
      searching -= 1;
    }
  }

  async function render({ query, text }: Search, format: OutputFormat, signal: AbortSignal) {
    const { hits } = await newsroom.search.ask(query, {
      limit: 4 * SEARCH_FEED_SIZE,
      now: world.now(),
      order: "newest",
      signal,
    });
    // what is cut for nobody waits must not be kept for others
    if (signal.aborted) return BUSY;
    const publishing = republishSearch(text, hits, newsroom.membersOf, format, settings);
    if (publishing?.kind !== "published") throw new Error(`search feed refused: ${publishing?.why.join("; ")}`);
    return await compressed(publishing.document);
  }

  /** One rendering serves all who ask meanwhile. */
  function keptSearch(search: Search, format: OutputFormat): KeptSearch {
    // the topics that it asks for may have changed, and the text is the same
    const key = `${format} ${search.text}\n${showQuery(search.query)}`;
    const { version } = newsroom.search;
    const known = kept.get(key);
    if (known !== undefined && (known.version === version || Math.abs(world.now() - known.madeAt) < SEARCH_FEED_AGE))
      return known;
    const abandoned = new AbortController();
    const document = amongFew(() => render(search, format, abandoned.signal));
    const fresh: KeptSearch = { madeAt: world.now(), version, document, abandoned, waiting: 0 };
    const forget = (): void => {
      if (kept.get(key) === fresh) kept.delete(key);
    };
    document.then((made) => {
      fresh.isMade = true;
      if ("kind" in made) forget();
    }, forget);
    abandoned.signal.addEventListener("abort", forget);
    keepNewest(kept, key, fresh, KEPT_SEARCHES);
    return fresh;
  }

  /** Who hangs up waits no more; without anybody who does it is not made. */
  function awaited(search: KeptSearch, signal?: AbortSignal): KeptSearch["document"] {
    search.waiting += 1;
    signal?.addEventListener("abort", () => {
      search.waiting -= 1;
      if (search.waiting === 0 && !search.isMade) search.abandoned.abort();
    });
    return search.document;
  }

  return {
    async search(typed, turned, signal) {
      const search = read(typed);
      if (search.kind === "bad") return search;
      return await amongFew(() => searchPageOf(newsroom.search, search, { ...turned, now: world.now(), signal }));
    },
    async searchDocument(typed, format, signal) {
      const search = read(typed);
      return search.kind === "bad" ? search : await awaited(keptSearch(search, format), signal);
    },
  };
}

/** What searches may name; made anew when the topics change. */
function namesIn({ settings }: Pick<World, "settings">, book: Pick<TopicBook, "current">): () => QueryNames {
  let of: readonly CompiledTopic[] | undefined;
  let names: QueryNames = {};
  return () => {
    const topics = book.current();
    if (of !== topics) names = namesForReaders({ ...settings, topics: topics.map(({ topic }) => topic) });
    of = topics;
    return names;
  };
}

/** Who knows an unlisted topic may ask for it; nobody hears of it. */
function namesForReaders(known: Parameters<typeof namesOf>[0]): QueryNames {
  const listed = [...known.sections, ...known.topics.filter(isListed)];
  return { ...namesOf(known), listedTopics: listed.map(({ id }) => id) };
}
