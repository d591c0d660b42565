import type { Placed } from "../../src/model/news.ts";
import type { Duration } from "../../src/model/time.ts";
import { aPlaced, NOON } from "../query/a-placed.ts";

export const PUBLISHERS: readonly string[] = Array.from({ length: 20 }, (_, n) => `p${n}`);
const WORDS = "Gold Bahn Streik Haushalt Wahl Sturm Zinsen Urteil Rente Schule Hafen Brücke Ernte Museum".split(" ");
/** Stories that may be told further, the newest mostly. */
const OPEN = 800;
/** Publishers lose interest. */
const LARGEST = 40;

/** What a desk is told in that time until noon, oldest first: most stories by one publisher, some for days by many. */
export function aBusyDesk(count: number, span: Duration): readonly Placed[] {
  const random = dice(20260310);
  const one = (all: readonly string[]): string => all[Math.floor(random() * all.length)] ?? "";
  const stories: { readonly id: string; readonly section: string; items: number }[] = [];
  return Array.from({ length: count }, (_, n) => {
    const open = stories.slice(-OPEN).filter(({ items }) => items < LARGEST);
    const known = random() < 0.4 ? open[open.length - 1 - Math.floor(random() ** 3 * open.length)] : undefined;
    const story = known ?? { id: `story-${n}`, section: random() < 0.3 ? "politik" : "sport", items: 0 };
    if (known === undefined) stories.push(story);
    story.items += 1;
    return aPlaced({
      ...{ id: `item-${n}`, story: story.id, section: story.section, publisher: one(PUBLISHERS) },
      title: Array.from({ length: 5 }, () => one(WORDS)).join(" "),
      teaser: one(WORDS),
      arrivedAt: Math.floor(NOON - span + ((n + 1) / count) * span),
    });
  });
}

/** The same every time (Park and Miller's generator). */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
