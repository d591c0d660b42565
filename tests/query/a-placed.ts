import { feedId, itemId, publisherId, sectionId, storyId } from "../../src/model/ids.ts";
import type { Item } from "../../src/model/item.ts";
import type { Placed } from "../../src/model/news.ts";
import type { Instant } from "../../src/model/time.ts";

export const NOON: Instant = Date.parse("2026-03-10T12:00:00Z");

export interface Wanted {
  readonly id?: string;
  readonly title?: string;
  readonly teaser?: string;
  readonly publisher?: string;
  readonly feed?: string;
  readonly language?: string;
  readonly permalink?: string;
  readonly author?: string;
  readonly category?: string;
  readonly arrivedAt?: Instant;
  readonly publishedAt?: Instant;
  readonly revisedAt?: Instant;
  readonly section?: string;
  readonly story?: string;
  readonly storyIri?: string;
  readonly copyOf?: string;
}

/** An item in its place; what a test does not name is the same in all. */
export function aPlaced(wanted: Wanted = {}): Placed {
  const { id = "item-1", story = id, section, copyOf } = wanted;
  return {
    item: anItem(id, wanted),
    decision: {
      item: itemId(id),
      story: storyId(story),
      storyIri: wanted.storyIri ?? `https://abendblatt.example/${story}`,
      reasons: [],
      ...(section !== undefined && { section: sectionId(section) }),
      ...(copyOf !== undefined && { copyOf: itemId(copyOf) }),
    },
  };
}

function anItem(id: string, wanted: Wanted): Item {
  const { title = "Ein Titel", teaser, language, permalink, author, category, publishedAt, revisedAt } = wanted;
  const publisher = wanted.publisher ?? "abendblatt";
  return {
    id: itemId(id),
    iri: `https://abendblatt.example/${id}`,
    feed: feedId(wanted.feed ?? `${publisher}-alles`),
    publisher: publisherId(publisher),
    title,
    arrivedAt: wanted.arrivedAt ?? NOON,
    revision: 0,
    digest: JSON.stringify([title, teaser]),
    ...(teaser !== undefined && { teaser }),
    ...(language !== undefined && { language }),
    ...(permalink !== undefined && { permalink }),
    ...(author !== undefined && { authors: [{ name: author }] }),
    ...(category !== undefined && { categories: [{ term: category }] }),
    ...(publishedAt !== undefined && { publishedAt }),
    ...(revisedAt !== undefined && { revisedAt }),
  };
}
