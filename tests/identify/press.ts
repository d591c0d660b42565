import { type Identified, identify, keysOf } from "../../src/identify/identify.ts";
import type { Feed, FeedIdentity } from "../../src/model/feed.ts";
import { feedId, publisherId } from "../../src/model/ids.ts";
import type { Draft } from "../../src/model/item.ts";
import type { KnownItem } from "../../src/model/known-item.ts";
import { DAY, type Instant } from "../../src/model/time.ts";

export const FEED: Feed = {
  id: feedId("paper"),
  publisher: publisherId("paper"),
  url: "https://paper.example/feed.xml",
  title: "The Paper",
  fullContent: false,
};

/** 2026-03-02, a Monday, 12:00 GMT */
export const NOON = Date.UTC(2026, 2, 2, 12);

type More = Partial<Parameters<typeof identify>[0]>;

/** A feed and its memory: what the store does between two documents. */
export function openPress(feed: Feed = FEED, more: More = {}) {
  const memory = new Map<string, KnownItem>();
  let identity: FeedIdentity | undefined;
  return {
    memory,
    identity: () => identity,
    read(drafts: readonly Draft[], now: Instant = NOON, own: More = {}): Identified {
      const keys = drafts.flatMap(keysOf);
      const known = new Map(
        keys.flatMap((key) => {
          const record = memory.get(key);
          return record === undefined ? [] : [[key, record] as const];
        }),
      );
      const state = identity === undefined ? {} : { identity };
      const identified = identify({ feed, drafts, known, authority: "news.example", now, state, ...more, ...own });
      for (const [key, record] of identified.known) memory.set(key, { ...record, seen: now - (now % DAY) });
      identity = identified.identity;
      return identified;
    },
  };
}

/** A draft that has everything; change what the test is about. */
export const draft = (more: Partial<Draft> = {}): Draft => ({
  guid: "https://paper.example/?p=1",
  permalink: "https://paper.example/politics/harbour",
  title: "Harbour reopens",
  teaser: "After three weeks the ferries run again.",
  content: "<p>After three weeks the ferries run again. The first left at six.</p>",
  publishedAt: NOON - 3_600_000,
  ...more,
});

/** `name` differs from every other draft in everything. */
export const other = (name: string, more: Partial<Draft> = {}): Draft =>
  draft({
    guid: `guid-${name}`,
    permalink: `https://paper.example/${name}`,
    title: `Title of ${name}`,
    teaser: `Teaser of ${name}`,
    content: `<p>Text of ${name}</p>`,
    ...more,
  });

export function without(given: Draft, ...fields: readonly (keyof Draft)[]): Draft {
  return Object.fromEntries(Object.entries(given).filter(([name]) => !fields.includes(name as keyof Draft)));
}
