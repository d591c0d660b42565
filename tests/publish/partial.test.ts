import fc from "fast-check";
import { expect, test } from "vitest";
import { HOUR, MINUTE } from "../../src/model/time.ts";
import type { TopicEntry } from "../../src/model/topic.ts";
import { check, partialOf } from "../../src/publish/publish.ts";
import { documentsOf, entry, MORNING, placed, topicFeed } from "./press.ts";

const told = fc.string({
  unit: fc.constantFrom(...'a ]]> <item> </item> <entry> </entry> &lt;item&gt; { } " \\'.split(" ")),
});

function numbered(n: number, title: string, teaser: string): TopicEntry {
  const iri = `tag:elbbote.example,2026:${n}`;
  const moment = MORNING + n * MINUTE;
  return entry(
    { iri, title, teaser, permalink: `https://elbbote.example/${n}` },
    { publishedAt: moment, updatedAt: moment },
  );
}

test("a partial document is the one that would have been published of these entries alone", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(told, told, fc.boolean()), { maxLength: 5 }), (wild) => {
      // what a document with no entries at all declares is another matter
      const always = numbered(99, "Immer", "dabei");
      const entries = [...wild.map(([title, teaser], n) => numbered(n, title, teaser)), always];
      const kept = entries.filter((one, n) => wild[n]?.[2] || one === always);
      const whole = documentsOf(topicFeed(...entries));
      const alone = documentsOf(topicFeed(...kept));

      for (const format of ["rss", "atom", "json"] as const) {
        const partial = partialOf(whole[format], new Set(kept.map(({ iri }) => iri)));
        expect(partial).toBe(alone[format].text);
        expect(check(format, partial)).toEqual([]);
      }
    }),
    { numRuns: 200 },
  );
});

test("an entry's mark changes with what it tells, and with nothing else", () => {
  const [first, second] = [numbered(1, "Erste", "Wie es war"), numbered(2, "Zweite", "Was dann kam")];
  const before = documentsOf(topicFeed(first, second));
  const corrected = documentsOf(topicFeed(second, numbered(1, "Erste, berichtigt", "Wie es war")));

  expect(before.rss.entries).toEqual(before.json.entries);
  expect(corrected.rss.entries.map(({ id }) => id)).toEqual([second.iri, first.iri]);
  expect(corrected.rss.entries[0]).toEqual(before.rss.entries[1]);
  expect(corrected.rss.entries[1]?.mark).not.toBe(before.rss.entries[0]?.mark);

  const telling = (arrivedAt: number) =>
    documentsOf(topicFeed({ ...first, others: [placed({ arrivedAt })] })).rss.entries[0];
  expect(telling(MORNING + HOUR)).toEqual({ ...telling(MORNING), at: MORNING + HOUR });
});

test("an entry stirs when something of it comes in, but not by what its feed was found with", () => {
  const past = { isPast: true, arrivedAt: MORNING } as const;
  const atOf = (...[fields, rest]: Parameters<typeof entry>) =>
    documentsOf(topicFeed(entry(fields, rest))).rss.entries[0]?.at;

  expect(atOf()).toBe(MORNING);
  expect(atOf(past)).toBe(0);
  expect(atOf(past, { others: [placed({ arrivedAt: MORNING - HOUR })] })).toBe(MORNING - HOUR);
  expect(atOf({ arrivedAt: MORNING - HOUR }, { updatedAt: MORNING - HOUR, others: [placed(past)] })).toBe(
    MORNING - HOUR,
  );
  expect(atOf(past, { updatedAt: MORNING + HOUR })).toBe(MORNING + HOUR);
});
