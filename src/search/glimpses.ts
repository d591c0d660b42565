import type { FeedId, ItemId, PublisherId, SectionId, StoryId } from "../model/ids.ts";
import type { Instant } from "../model/time.ts";
import type { Glimpse } from "./glimpse.ts";

/** Glimpses of a part's items in columns: as objects they would take several times the memory. */
export interface Glimpses {
  readonly ids: readonly ItemId[];
  /** instants */
  readonly arrivals: Float64Array;
  readonly stories: Uint32Array;
  readonly feeds: Uint32Array;
  readonly publishers: Uint32Array;
  readonly languages: Uint32Array;
  readonly sections: Uint32Array;
  /** those columns have places in here; at the first of them stands the name of what has none */
  readonly names: readonly string[];
  /** what few have, by the item's place */
  readonly rest: ReadonlyMap<number, Rest>;
}

interface Rest {
  readonly item: { readonly revisedAt?: Instant };
  readonly decision: Pick<Glimpse["decision"], "alsoIn" | "copyOf">;
}

export function packGlimpses(all: readonly Glimpse[]): Glimpses {
  const places = new Map([["", 0]]);
  const placeOf = (name = ""): number => {
    const place = places.get(name) ?? places.size;
    places.set(name, place);
    return place;
  };
  const column = (nameOf: (glimpse: Glimpse) => string | undefined): Uint32Array =>
    Uint32Array.from(all, (glimpse) => placeOf(nameOf(glimpse)));
  return {
    ids: all.map(({ item }) => item.id),
    stories: column(({ decision }) => decision.story),
    arrivals: Float64Array.from(all, ({ item }) => item.arrivedAt),
    feeds: column(({ item }) => item.feed),
    publishers: column(({ item }) => item.publisher),
    languages: column(({ item }) => item.language),
    sections: column(({ decision }) => decision.section),
    names: [...places.keys()],
    rest: new Map(all.flatMap((glimpse, at) => restOf(glimpse, at))),
  };
}

function restOf({ item: { revisedAt }, decision: { alsoIn, copyOf } }: Glimpse, at: number): readonly [number, Rest][] {
  if (revisedAt === undefined && alsoIn === undefined && copyOf === undefined) return [];
  const decision = { ...(alsoIn !== undefined && { alsoIn }), ...(copyOf !== undefined && { copyOf }) };
  return [[at, { item: revisedAt === undefined ? {} : { revisedAt }, decision }]];
}

export function glimpseAt(columns: Glimpses, at: number): Glimpse | undefined {
  const { names, arrivals, rest } = columns;
  const id = columns.ids[at];
  if (id === undefined) return undefined;
  const nameAt = (column: Uint32Array): string => names[column[at] ?? 0] ?? "";
  const [language, section] = [nameAt(columns.languages), nameAt(columns.sections) as SectionId];
  const [feed, publisher] = [nameAt(columns.feeds) as FeedId, nameAt(columns.publishers) as PublisherId];
  const story = nameAt(columns.stories) as StoryId;
  const arrivedAt = arrivals[at] ?? 0;
  const item = language === "" ? { id, feed, publisher, arrivedAt } : { id, feed, publisher, arrivedAt, language };
  const decision = section === "" ? { story } : { story, section };
  const more = rest.get(at);
  return more === undefined
    ? { item, decision }
    : { item: { ...item, ...more.item }, decision: { ...decision, ...more.decision } };
}
