import path from "node:path";
import { type Desk, openDesk } from "../../src/desk/desk.ts";
import { type FeedId, type ItemId, itemId, type PublisherId, type SectionId } from "../../src/model/ids.ts";
import type { Decision, NewsEntry, NewsItem } from "../../src/model/news.ts";
import { HOUR } from "../../src/model/time.ts";
import { readSections } from "../../src/settings/settings.ts";

export const SECTIONS = readSections(path.join(import.meta.dirname, "..", "..", "config"));
export const SETTINGS = { sections: SECTIONS, publishers: [] };
export const MORNING = Date.UTC(2026, 2, 2, 6);

export interface Sketch {
  readonly id?: string;
  readonly title: string;
  readonly teaser?: string;
  readonly publisher?: string;
  readonly url?: string;
  /** hours after the first morning */
  readonly hour?: number;
  readonly language?: string;
  readonly iri?: string;
  readonly feedSection?: string;
  readonly categories?: NewsItem["categories"];
  readonly sectionWord?: string;
}

let count = 0;

/** An item as the commit would tell it, with what the test does not care about filled in. */
export function itemOf(sketch: Sketch): NewsItem {
  count += 1;
  const id = sketch.id ?? `item-${count}`;
  return {
    id: itemId(id),
    iri: sketch.iri ?? `https://example.org/${id}`,
    feed: "feed" as FeedId,
    publisher: (sketch.publisher ?? "kurier") as PublisherId,
    title: sketch.title,
    language: sketch.language ?? "de",
    arrivedAt: MORNING + (sketch.hour ?? 0) * HOUR,
    revision: 0,
    digest: sketch.title,
    ...(sketch.teaser === undefined ? {} : { teaser: sketch.teaser }),
    ...(sketch.url === undefined ? {} : { permalink: sketch.url }),
    ...(sketch.feedSection === undefined ? {} : { feedSection: sketch.feedSection as SectionId }),
    ...(sketch.categories === undefined ? {} : { categories: sketch.categories }),
    ...(sketch.sectionWord === undefined ? {} : { sectionWord: sketch.sectionWord }),
  };
}

export const newEntry = (sketch: Sketch): NewsEntry => ({ kind: "new", item: itemOf(sketch) });

/** Where everything is after all entries, as a consumer would know it. */
export class Newsroom {
  readonly desk: Desk;
  private readonly known = new Map<ItemId, Decision>();

  constructor(desk: Desk = openDesk(SETTINGS)) {
    this.desk = desk;
  }

  tell(...sketches: readonly Sketch[]): readonly ItemId[] {
    return sketches.map((sketch) => {
      const entry = newEntry(sketch);
      this.take(entry);
      if (entry.kind !== "new") throw new Error("a sketch makes a new item");
      return entry.item.id;
    });
  }

  take(entry: NewsEntry): ReturnType<Desk["take"]> {
    const outcome = this.desk.take(entry);
    for (const decision of outcome.decisions) this.known.set(decision.item, decision);
    for (const { item, story, storyIri } of outcome.moved) {
      const before = this.known.get(item);
      if (before !== undefined) this.known.set(item, { ...before, story, storyIri });
    }
    return outcome;
  }

  knows(id: ItemId): boolean {
    return this.known.has(id);
  }

  on(id: ItemId | undefined): Decision {
    const decision = id === undefined ? undefined : this.known.get(id);
    if (decision === undefined) throw new Error(`nothing was decided on ${id}`);
    return decision;
  }

  reasons(about: "copy" | "story" | "section") {
    return [...this.known.values()].flatMap(({ reasons }) => reasons.filter((reason) => reason.about === about));
  }

  reason(id: ItemId | undefined, about: "copy" | "story" | "section") {
    return this.on(id).reasons.find((reason) => reason.about === about);
  }
}
