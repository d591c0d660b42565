import type { AlertStory } from "../model/alert.ts";
import type { Section } from "../model/section.ts";
import type { Settings } from "../model/settings.ts";

/** What we read of a topic's JSON feed: our own document, so it is as publish/ writes it. */
interface Entry {
  readonly id: string;
  readonly url: string;
  readonly title: string;
  readonly summary?: string;
  readonly date_published?: string;
  readonly date_modified?: string;
  readonly tags?: readonly string[];
  readonly language?: string;
  readonly _source: { readonly title: string; readonly feed_url: string };
  readonly _story: { readonly url: string; readonly others: AlertStory["others"] };
}

type Press = Pick<Settings, "publishers" | "feeds" | "sections">;

/**
 * These of the stories in a topic's JSON feed, oldest news first. They are read out of the document that subscribers
 * get, so that alert and feed cannot disagree; what has left it meanwhile is told no more.
 */
export function storiesIn(json: string, ids: readonly string[], press: Press): readonly AlertStory[] {
  if (ids.length === 0) return [];
  const wanted = new Set(ids);
  const { items } = JSON.parse(json) as { readonly items: readonly Entry[] };
  return items
    .filter(({ id }) => wanted.has(id))
    .map((entry) => storyOf(entry, press))
    .toReversed();
}

function storyOf(entry: Entry, press: Press): AlertStory {
  const { id, title, url, summary, language, _story, date_published: published, date_modified: modified } = entry;
  const updatedAt = Date.parse(modified ?? published ?? "");
  const section = sectionOf(entry.tags, press.sections);
  return {
    ...{ id, title, url, publisher: publisherOf(entry, press) },
    ...{ publishedAt: Date.parse(published ?? modified ?? ""), updatedAt },
    ...(section !== undefined && { section }),
    ...(summary !== undefined && { teaser: summary }),
    ...(language !== undefined && { language }),
    storyUrl: _story.url,
    others: _story.others,
  };
}

/** The feed names its source by the feed's title; an alert says whose it is. */
function publisherOf({ _source }: Entry, { feeds, publishers }: Press): string {
  const owner = feeds.find(({ url }) => url === _source.feed_url)?.publisher;
  return publishers.find(({ id }) => id === owner)?.title ?? _source.title;
}

/** Our section is the first of the tags, where there is one. */
function sectionOf([first]: readonly string[] = [], sections: readonly Section[]): string | undefined {
  return sections.some(({ titles }) => Object.values(titles).includes(first ?? "")) ? first : undefined;
}
