import { compressed } from "../src/adapters/compress.ts";
import type { OutputFormat, ServedDocument } from "../src/model/published.ts";
import { SECOND } from "../src/model/time.ts";
import { namesOf, type QueryNames, showQuery } from "../src/query/query.ts";
import { type CompiledTopic, republishSearch } from "../src/road.ts";
import { readSearch, type Search, searchPageOf } from "../src/search/search.ts";
import type { View } from "../src/serve/serve.ts";
import type { Newsroom } from "./newsroom.ts";
import type { TopicBook } from "./topic-book.ts";
import type { World } from "./world.ts";

/** Finished search feeds are few and small; the oldest go first. */
const KEPT_SEARCHES = 200;
const SEARCH_FEED_SIZE = 50;
/** A search feed may be this much behind the index: it is sent with max-age=60 anyway. */
const SEARCH_FEED_AGE = 15 * SECOND;

interface KeptSearch {
  readonly madeAt: number;
  readonly version: number;
  readonly document: Promise<ServedDocument>;
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

  async function render({ query, text }: Search, format: OutputFormat): Promise<ServedDocument> {
    const { hits } = await newsroom.search.ask(query, {
      limit: 4 * SEARCH_FEED_SIZE,
      now: world.now(),
      order: "newest",
    });
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
    if (known !== undefined && (known.version === version || world.now() - known.madeAt < SEARCH_FEED_AGE))
      return known;
    const fresh = { madeAt: world.now(), version, document: render(search, format) };
    fresh.document.catch(() => kept.delete(key));
    kept.delete(key);
    kept.set(key, fresh);
    const [oldest] = kept.keys();
    if (kept.size > KEPT_SEARCHES && oldest !== undefined) kept.delete(oldest);
    return fresh;
  }

  return {
    async search(typed, turned) {
      const search = read(typed);
      return search.kind === "bad"
        ? search
        : await searchPageOf(newsroom.search, search, { ...turned, now: world.now() });
    },
    async searchDocument(typed, format) {
      const search = read(typed);
      return search.kind === "bad" ? search : await keptSearch(search, format).document;
    },
  };
}

/** What searches may name; made anew when the topics change. */
function namesIn({ settings }: Pick<World, "settings">, book: Pick<TopicBook, "current">): () => QueryNames {
  let of: readonly CompiledTopic[] | undefined;
  let names: QueryNames = {};
  return () => {
    const topics = book.current();
    if (of !== topics) names = namesOf({ ...settings, topics: topics.map(({ topic }) => topic) });
    of = topics;
    return names;
  };
}
