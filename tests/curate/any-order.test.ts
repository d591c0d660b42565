import fc from "fast-check";
import { expect, test } from "vitest";
import { curate } from "../../src/curate/curate.ts";
import { type PublisherId, publisherId, topicId } from "../../src/model/ids.ts";
import type { Placed } from "../../src/model/news.ts";
import { HOUR } from "../../src/model/time.ts";
import type { Topic } from "../../src/model/topic.ts";
import { aPlaced, NOON } from "../query/a-placed.ts";

const ids = Array.from({ length: 12 }, (_, i) => `item-${i}`);
const PAPERS = ["abendblatt", "morgenpost", "kurier"];

const somePlaced = (id: string): fc.Arbitrary<Placed> =>
  fc
    .record(
      {
        id: fc.constant(id),
        story: fc.constantFrom("s1", "s2", "s3", "s4", "s5"),
        storyIri: fc.constantFrom("urn:1", "urn:2", "urn:3"),
        copyOf: fc.constantFrom(...ids),
        publisher: fc.constantFrom(...PAPERS),
        teaser: fc.constantFrom("…"),
        arrivedAt: fc.integer({ min: 0, max: 6 }).map((hours) => NOON - hours * HOUR),
        publishedAt: fc.integer({ min: -6, max: 6 }).map((hours) => NOON - hours * HOUR),
      },
      { requiredKeys: ["id", "story", "publisher", "arrivedAt"] },
    )
    .map(aPlaced);

const someItems = fc.tuple(...ids.map(somePlaced));
const someTopic: fc.Arbitrary<Topic> = fc.record({
  id: fc.constant(topicId("energie")),
  title: fc.constant("Energie"),
  description: fc.constant(""),
  language: fc.constant("de"),
  query: fc.constant("*"),
  size: fc.integer({ min: 1, max: 6 }),
  window: fc.constantFrom(HOUR, 3 * HOUR, 9 * HOUR),
  oneEntryAStory: fc.boolean(),
  minimumPublishers: fc.integer({ min: 1, max: 3 }),
  ranks: fc.dictionary(fc.constantFrom(...PAPERS.map(publisherId)), fc.integer({ min: 0, max: 2 })) as fc.Arbitrary<
    Record<PublisherId, number>
  >,
});
const context = { publishers: PAPERS.map((id, rank) => ({ id: publisherId(id), title: id, rank: rank % 2 })) };

test("the order in which the items are given does not matter", () => {
  const shuffled = someItems.chain((items) =>
    fc.tuple(fc.constant(items), fc.shuffledSubarray(items, { minLength: items.length })),
  );
  fc.assert(
    fc.property(someTopic, shuffled, (topic, [items, mixed]) => {
      expect(curate(topic, mixed, context)).toEqual(curate(topic, items, context));
    }),
    { numRuns: 500 },
  );
});

test("every feed keeps the topic's promises", () => {
  fc.assert(
    fc.property(someTopic, someItems, (topic, items) => {
      const { entries, updatedAt } = curate(topic, items, context);

      expect(entries.length).toBeLessThanOrEqual(topic.size);
      expect(new Set(entries.map(({ iri }) => iri)).size).toBe(entries.length);
      expect(updatedAt).toBe(Math.max(0, ...entries.map((entry) => entry.updatedAt)));
      for (const { lead, others, publishedAt, updatedAt: entryUpdatedAt } of entries) {
        expect(others.every(({ decision }) => decision.story === lead.decision.story)).toBe(true);
        expect(others).not.toContain(lead);
        expect(publishedAt).toBeLessThanOrEqual(entryUpdatedAt);
      }
      if (topic.oneEntryAStory) expect(new Set(entries.map(({ story }) => story)).size).toBe(entries.length);
    }),
    { numRuns: 500 },
  );
});
