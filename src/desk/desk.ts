import type { Publisher } from "../model/feed.ts";
import type { StoryId } from "../model/ids.ts";
import type { DeskOutcome, NewsEntry, Placed } from "../model/news.ts";
import type { Section } from "../model/section.ts";
import type { Instant } from "../model/time.ts";
import { adopt } from "./adopt.ts";
import { type Memory, newMemory } from "./memory.ts";
import { bookOf } from "./section-book.ts";
import { readSectionWords } from "./section-words.ts";
import { setBack } from "./set-back.ts";
import { linesOf, memoryOf } from "./snapshot.ts";
import { takeCorrected, takeNew, takeRevised, takeWithdrawn, type Work } from "./take.ts";

export { countUnknownNames, type UnknownName } from "./unknown-names.ts";

export interface DeskSettings {
  readonly sections: readonly Section[];
  readonly publishers: readonly Publisher[];
}

/**
 * One item in, decisions with reasons out: copy of what, part of which story, under which section. The only time it
 * knows is `arrivedAt`, and the order of the entries is the truth: the same entries make the same outcomes, whether
 * or not the desk was put away and restored in between.
 */
export interface Desk {
  take(entry: NewsEntry): DeskOutcome;
  /** Items that a desk of before has placed, oldest first, where the snapshot was lost. */
  adopt(placed: readonly Placed[]): void;
  /**
   * Where a clock was ahead that is right now: nothing was later than `now`. Who decides the same again needs a snapshot
   * of after it.
   * @returns whether anything was
   */
  setBack(now: Instant): boolean;
  /** Does it hold this story, under the id that it has now? */
  tells(story: StoryId): boolean;
  /** Lines, for restoreDesk; nothing may be taken until the last is read. */
  snapshot(): Iterable<string>;
  readonly size: { readonly items: number; readonly texts: number; readonly stories: number; readonly terms: number };
}

export const openDesk = (settings: DeskSettings): Desk =>
  deskOf(settings, newMemory(settings.sections.map(({ id }) => id)));

/** @returns undefined where the snapshot is broken or of another version */
export function restoreDesk(settings: DeskSettings, snapshot: Iterable<string>): Desk | undefined {
  const memory = memoryOf(
    snapshot,
    settings.sections.map(({ id }) => id),
  );
  return memory && deskOf(settings, memory);
}

function deskOf(settings: DeskSettings, memory: Memory): Desk {
  readSectionWords();
  const languages = new Map(
    settings.publishers.flatMap(({ id, language }) => (language ? [[id, language] as const] : [])),
  );
  const work: Work = { memory, book: bookOf(settings.sections), languages };
  return {
    take: (entry) => {
      switch (entry.kind) {
        case "new":
          return takeNew(work, entry.item);
        case "revised":
          return takeRevised(work, entry.item);
        case "withdrawn":
          return takeWithdrawn(work, entry.item);
        case "corrected":
          return takeCorrected(work, entry);
      }
    },
    adopt: (placed) => adopt(work, placed),
    setBack: (now) => setBack(memory, now),
    tells: (story) => memory.taken.has(story),
    snapshot: () => linesOf(memory),
    get size() {
      return sizeOf(memory);
    },
  };
}

function sizeOf(memory: Memory): Desk["size"] {
  const rooms = [...memory.rooms.values()];
  const sum = (count: (room: (typeof rooms)[number]) => number) => rooms.reduce((all, room) => all + count(room), 0);
  return {
    items: memory.items.size,
    texts: sum((room) => room.texts.bySerial.size),
    stories: sum((room) => room.stories.bySerial.size),
    terms: sum((room) => room.frequencies.texted.size + room.classifier.counts.size),
  };
}
