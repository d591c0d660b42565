import fc from "fast-check";
import { expect, test } from "vitest";
import { holding, voicesOf } from "../../src/curate/curate.ts";
import type { StoryId } from "../../src/model/ids.ts";
import type { Placed } from "../../src/model/news.ts";
import { DAY } from "../../src/model/time.ts";
import {
  asksOfStory,
  matches,
  parseQuery,
  type Query,
  showQuery,
  storyFacts,
  TOPIC_LIMITS,
} from "../../src/query/query.ts";
import { curateTopic, topicsFor } from "../../src/road.ts";
import { openSearch } from "../../src/search/search.ts";
import { aPublisher, aTopic, testSettings } from "../support/test-settings.ts";
import { NOON } from "./a-placed.ts";
import { NAMES, someNamedQuery, somePlaced } from "./arbitrary.ts";

const publishers = [aPublisher("abendblatt", { rank: 2 }), aPublisher("morgenpost", { rank: 1 })];
const settings = testSettings({ dataDir: "none", publishers });

const somePress = fc.uniqueArray(somePlaced, { selector: ({ item }) => item.id, minLength: 1, maxLength: 12 });

const read = (text: string): Query => {
  const parsed = parseQuery(text, undefined, NAMES);
  if (parsed.kind === "bad") throw new Error(`${text}: ${parsed.message}`);
  return parsed.query;
};

/** What the language says, item by item, with all that is known of its story. */
function meant(query: Query, press: readonly Placed[]): ReadonlySet<string> {
  const voices = voicesOf(publishers);
  return idsOf(
    press.filter((placed) => {
      const story = press.filter(({ decision }) => decision.story === placed.decision.story);
      const others = story.filter(({ item }) => item.id !== placed.item.id);
      return matches(query, placed, NOON, storyFacts([placed, ...others], voices));
    }),
  );
}

const idsOf = (items: readonly Placed[]): ReadonlySet<string> => new Set(items.map(({ item }) => item.id));

test("what matches is what the index finds, what percolation and curation leave in a topic, and what the topic tells", () => {
  fc.assert(
    fc.property(somePress, someNamedQuery, fc.constantFrom(2, 4096), (press, text, part) => {
      const query = read(text);
      const expected = meant(query, press);
      const membersOf = (id: StoryId) => press.filter(({ decision }) => decision.story === id);

      const index = openSearch({ part, voices: voicesOf(publishers) });
      for (const placed of press) index.put(placed);
      expect(idsOf(index.find(query, { limit: 100, now: NOON }).hits)).toEqual(expected);

      // how long ago is for searches: where a topic would mean something else by it, it cannot ask
      const asTopic = parseQuery(text, TOPIC_LIMITS, NAMES);
      expect(asTopic.kind).toBe(text.includes("within:") ? "bad" : "query");
      if (asTopic.kind === "bad") return;
      const compiled = { topic: { ...aTopic("t", text), window: 1000 * DAY, size: 100 }, query };
      const candidates = press.filter((placed) => topicsFor([compiled])(placed).length > 0);
      const { entries } = curateTopic(compiled, candidates, membersOf, settings);

      expect(idsOf(holding(query, candidates, membersOf, publishers))).toEqual(expected);
      if (!asksOfStory(query)) expect(idsOf(candidates)).toEqual(expected);
      const told = press.filter(({ item }) => expected.has(item.id));
      expect(new Set(entries.map(({ story }) => story))).toEqual(new Set(told.map(({ decision }) => decision.story)));
      expect(entries.every(({ lead }) => expected.has(lead.item.id))).toBe(true);
    }),
    { numRuns: 400 },
  );
});

test("a query that asks for topics is the query that is shown for it", () => {
  fc.assert(
    fc.property(someNamedQuery, (text) => {
      const query = read(text);

      expect(read(showQuery(query))).toEqual(query);
    }),
    { numRuns: 1000 },
  );
});

test("topic: holds where that topic's query does", () => {
  fc.assert(
    fc.property(somePress, someNamedQuery, fc.constantFrom(...(NAMES.topics?.keys() ?? [])), (press, text, id) => {
      // beside the topic's words a stop word would not be asked for
      const both = meant(read(`-(-(${text})) topic:${id}`), press);

      const [one, other] = [meant(read(text), press), meant(read(`topic:${id}`), press)];
      expect(both).toEqual(new Set([...one].filter((item) => other.has(item))));
    }),
    { numRuns: 300 },
  );
});
