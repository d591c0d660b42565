import type { openDesk } from "../../src/desk/desk.ts";
import type { DeskOutcome, NewsEntry } from "../../src/model/news.ts";
import type { World } from "../world.ts";

type Desk = ReturnType<typeof openDesk>;

/** The desk's memory is made anew after each. */
const MOST_TRIES = 2;

/** Hands news to a desk. What breaks it twice is passed over, and said of: one entry must not be the end of all news. */
export function deskTries({ log }: Pick<World, "log">) {
  const broken = new Map<string, number>();
  return {
    /** @throws what the desk throws, as long as there are tries left: then the memory is not to be trusted */
    take(desk: Desk, position: string, entry: NewsEntry): DeskOutcome | undefined {
      const tries = broken.get(position) ?? 0;
      if (tries >= MOST_TRIES) {
        log.error({ at: position, kind: entry.kind }, "desk.news-passed-over");
        return undefined;
      }
      try {
        return desk.take(entry);
      } catch (error) {
        broken.set(position, tries + 1);
        throw error;
      }
    },
  };
}

export type DeskTries = ReturnType<typeof deskTries>;
