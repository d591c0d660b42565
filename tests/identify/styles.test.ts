import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Draft } from "../../src/model/item.ts";
import { DAY, HOUR, MINUTE } from "../../src/model/time.ts";
import { NOON, openPress, other, without } from "./press.ts";

/** How software that knows no better names the items of a feed. `take` counts its documents. */
const STYLES = {
  "one page for all": (item, n) => ({ ...item, permalink: "https://paper.example/news", guid: `g${n}` }),
  "one page for all, no guids": (item) => without({ ...item, permalink: "https://paper.example/news" }, "guid"),
  "one guid for all": (item) => ({ ...item, guid: "https://paper.example/feed" }),
  "the day as guid": (item) => ({ ...item, guid: new Date(item.publishedAt ?? 0).toISOString().slice(0, 10) }),
  "the place as guid": (item, _, place) => ({ ...item, guid: String(place) }),
  "places on one page": (item, n) => ({ ...item, permalink: `https://paper.example/live-1234567#p${n}` }),
  "one title for all": (item) => ({ ...item, title: "News at eight" }),
  "one title and teaser for all": (item) => ({
    ...item,
    title: "The weather",
    teaser: "Today's outlook.",
    content: "",
  }),
  "one title and slug for all": (item, n) => ({
    ...item,
    title: "The weather",
    permalink: `https://paper.example/${n}/the-weather-in-all-regions`,
  }),
  "a number of the desk in every address": (item, n) => ({ ...item, permalink: `https://paper.example/1034567/x${n}` }),
  "guids by day of the week": (item, n) => ({ ...item, guid: `item-${n % 7}` }),
  "nothing but text": (item) => without(item, "guid", "permalink", "publishedAt"),
  "a new guid in every document": (item, n, _, take) => ({ ...item, guid: `${n}-${take}` }),
  "a token in every guid and link": (item, n, _, take) => {
    const address = `https://paper.example/n${n}?t=${take}`;
    return { ...item, guid: address, permalink: address };
  },
  "another domain every week": (item, n, _, take) => {
    const address = `https://paper${Math.floor(take / 7)}.example/n${n}`;
    return { ...item, guid: address, permalink: address };
  },
  "a headline in guid and link that is edited in every document": (item, n, _, take) => {
    const address = `https://paper.example/headline-${take}-${1_234_567 + n}.html`;
    return { ...item, guid: address, permalink: address, title: `Title ${n}, take ${take}` };
  },
  "a guid that follows the text, which is edited in every document": (item, n, _, take) => ({
    ...item,
    guid: `sha-${n}-${take}`,
    teaser: `Text ${n}, take ${take}`,
  }),
} as const satisfies Record<string, (item: Draft, n: number, place: number, take: number) => Draft>;

const feeds = fc.record({
  /** items a document */
  window: fc.integer({ min: 1, max: 8 }),
  /** how many new items each document brings */
  steps: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 25 }),
  every: fc.constantFrom(HOUR, 5 * HOUR, DAY),
});

describe("each item of a feed is announced once, and none is lost, with", () => {
  test.each(Object.entries(STYLES))("%s", (_, style) => {
    fc.assert(
      fc.property(feeds, ({ window, steps, every }) => {
        const press = openPress();
        const announced: string[] = [];
        let newest = window;
        for (const [take, step] of [0, ...steps].entries()) {
          newest += Math.min(step, window);
          const drafts = Array.from({ length: window }, (_, place) => {
            const n = newest - place;
            return style(other(`n${n}`, { publishedAt: NOON + n * every + 7 * MINUTE }), n, place, take);
          });
          announced.push(...press.read(drafts, NOON + newest * every + HOUR).fresh.map(({ id }) => id));
        }
        expect(announced).toHaveLength(newest);
        expect(new Set(announced).size).toBe(newest);
      }),
      { numRuns: 300 },
    );
  });
});
