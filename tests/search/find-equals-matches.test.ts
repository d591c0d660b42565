import fc from "fast-check";
import { expect, test } from "vitest";
import { type ItemId, itemId, storyId } from "../../src/model/ids.ts";
import type { Placed } from "../../src/model/news.ts";
import { asksOfStory, matches, parseQuery, type Query, type StoryFacts, storyFacts } from "../../src/query/query.ts";
import {
  type Glimpse,
  openSearch,
  type Pack,
  type PackedPart,
  pack,
  type SearchIndex,
} from "../../src/search/search.ts";
import { NOON } from "../query/a-placed.ts";
import { somePlaced, someQuery } from "../query/arbitrary.ts";

type Change =
  | { readonly kind: "put"; readonly placed: Placed }
  | { readonly kind: "load"; readonly placed: readonly Placed[] }
  | { readonly kind: "drop"; readonly id: ItemId }
  | { readonly kind: "move"; readonly id: ItemId; readonly to: string }
  | { readonly kind: "alias"; readonly from: string; readonly into: string };

const someId = fc.integer({ min: 1, max: 12 }).map((n) => itemId(`item-${n}`));
const someStory = fc.integer({ min: 1, max: 4 }).map((n) => `story-${n}`);
const someChange: fc.Arbitrary<Change> = fc.oneof(
  { weight: 6, arbitrary: somePlaced.map((placed) => ({ kind: "put", placed }) as const) },
  fc.array(somePlaced, { maxLength: 5 }).map((placed) => ({ kind: "load", placed }) as const),
  { weight: 2, arbitrary: someId.map((id) => ({ kind: "drop", id }) as const) },
  fc.record({ kind: fc.constant("move" as const), id: someId, to: someStory }),
  fc.record({ kind: fc.constant("alias" as const), from: someStory, into: someStory }),
);
const someChanges = fc.array(someChange, { maxLength: 40 });

test("the index finds exactly the items that the query matches, whatever was put, dropped and moved before", async () => {
  const someIndex = fc.record({
    part: fc.constantFrom(1, 2, 5, 4096),
    isPackedMeanwhile: fc.boolean(),
    isPackable: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(
      someChanges,
      someQuery,
      someIndex,
      async (changes, text, { part, isPackedMeanwhile, isPackable }) => {
        const query = queryOf(text);
        const unpackable = { pack: async () => Promise.reject(new Error("the thread died")) };
        const index = openSearch({ part, ...(!isPackable && unpackable) });
        const kept = new Map<ItemId, Placed>();

        for (const change of changes) {
          apply(change, index, kept);
          if (isPackedMeanwhile) await index.loaded();
        }

        const expected = [...kept.values()].filter((placed) => matches(query, placed, NOON, factsOf(placed, index)));
        await index.loaded();
        const { hits, total } = index.find(query, { limit: 100, now: NOON });
        expect(new Set(hits)).toEqual(new Set(expected));
        expect(hits.length).toBe(expected.length);
        expect(total).toBe(expected.length);
        expect(await index.ask(query, { limit: 100, now: NOON })).toEqual({ hits, total });
        expect(new Set([...index.newest()].map(({ item }) => index.item(item.id)))).toEqual(new Set(kept.values()));
      },
    ),
    { numRuns: 1500 },
  );
});

test("an index that changed often answers in the same order as one that is built anew", async () => {
  await fc.assert(
    fc.asyncProperty(someChanges, someQuery, async (changes, text) => {
      const query = queryOf(text);
      // a story keeps the names that it got by merges which nobody tells the other
      fc.pre(!asksOfStory(query));
      const options = { limit: 100, now: NOON };
      const index = openSearch();
      const kept = new Map<ItemId, Placed>();
      const rebuilt = openSearch();

      for (const change of changes) apply(change, index, kept);
      for (const placed of kept.values()) rebuilt.put(placed);
      await index.loaded();

      expect(index.find(query, options)).toEqual(rebuilt.find(query, options));
      expect(idsOf(index.newest())).toEqual(idsOf(rebuilt.newest()));
    }),
    { numRuns: 300 },
  );
});

/** Who else tells its story is the index's to say: stories are merged, and their names with them. */
function factsOf({ decision }: Placed, index: SearchIndex): StoryFacts | undefined {
  const [first, ...others] = index.story(decision.story)?.members ?? [];
  return first && storyFacts([first, ...others], { rankOf: () => undefined, creditOf: () => undefined });
}

test("an index that goes on from what another kept finds what that would have found", async () => {
  const halves = fc.tuple(someChanges, someChanges);
  await fc.assert(
    fc.asyncProperty(halves, someQuery, fc.constantFrom(1, 2, 6), async ([before, after], text, part) => {
      const files = new Map<string, PackedPart>();
      const options = { part, pack: keepingIn(files) };
      const kept = new Map<ItemId, Placed>();
      const first = openSearch(options);
      for (const change of before) apply(change, first, kept);
      await first.loaded();

      const second = openSearch(options);
      for (const sealed of first.sealed()) {
        const packed = files.get(sealed.name);
        if (packed) await second.restore(packed, JSON.parse(JSON.stringify(sealed)));
      }
      for (const changed of first.changed()) second.restoreChange(JSON.parse(JSON.stringify(changed)));
      expect(idsOf(second.newest())).toEqual(idsOf(first.newest()));
      for (const change of after) apply(change, second, kept);
      await second.loaded();

      const query = queryOf(text);
      const { hits } = second.find(query, { limit: 100, now: NOON });
      const expected = [...kept.values()].filter((placed) => matches(query, placed, NOON, factsOf(placed, second)));
      expect(new Set(hits)).toEqual(new Set(expected));
    }),
    { numRuns: 400 },
  );
});

/** As files do: what is read is equal to what was written and nothing that anybody else holds. */
const keepingIn =
  (files: Map<string, PackedPart>): Pack =>
  async (placed) => {
    const part = pack(placed);
    const name = `${files.size}`;
    files.set(name, structuredClone(part));
    return { part, name };
  };

function apply(change: Change, index: SearchIndex, kept: Map<ItemId, Placed>): void {
  switch (change.kind) {
    case "put":
      index.put(change.placed);
      kept.set(change.placed.item.id, change.placed);
      return;
    case "load":
      index.load(change.placed);
      for (const placed of change.placed) kept.set(placed.item.id, placed);
      return;
    case "drop":
      index.drop(change.id);
      kept.delete(change.id);
      return;
    case "move":
      index.move(change.id, storyId(change.to), "urn:moved");
      moveKept(kept, change.id, change.to);
      return;
    case "alias":
      index.alias(storyId(change.from), storyId(change.into));
  }
}

function moveKept(kept: Map<ItemId, Placed>, id: ItemId, to: string): void {
  const placed = kept.get(id);
  if (placed) kept.set(id, { ...placed, decision: { ...placed.decision, story: storyId(to), storyIri: "urn:moved" } });
}

const idsOf = (glimpses: Iterable<Glimpse>): readonly ItemId[] => [...glimpses].map(({ item }) => item.id);

function queryOf(text: string): Query {
  const parsed = parseQuery(text);
  if (parsed.kind === "bad") throw new Error(`${text}: ${parsed.message}`);
  return parsed.query;
}
