import fc from "fast-check";
import { parseAtomFeed } from "feedsmith";
import { expect, test } from "vitest";
import { momentsOf } from "../../src/publish/moments.ts";
import { documentsOf, entry, MORNING, topicFeed } from "./press.ts";

const told = fc.uniqueArray(fc.record({ iri: fc.string(), updatedAt: fc.constantFrom(MORNING, MORNING + 1) }), {
  selector: ({ iri }) => iri,
  maxLength: 200,
  size: "max",
});

test("no two entries share a moment, and no clock of milliseconds sees why", () => {
  fc.assert(
    fc.property(told, (tellings) => {
      const moments = momentsOf(tellings);

      expect(new Set(moments).size).toBe(tellings.length);
      expect(moments.map((moment) => Date.parse(moment))).toEqual(tellings.map(({ updatedAt }) => updatedAt));
    }),
  );
});

test("an entry keeps its moment when newer ones come in the same millisecond", () => {
  const [newer, older] = [
    { iri: "tag:a.example,2026:2", updatedAt: MORNING },
    { iri: "tag:a.example,2026:1", updatedAt: MORNING },
  ];

  expect(momentsOf([newer, older])[1]).toBe(momentsOf([older])[0]);
});

test("two ids that chance gives the same digits are told apart all the same", () => {
  // 60 entries of one poll share a moment about once in 600 documents
  const many = Array.from({ length: 5000 }, (_, n) => ({ iri: `tag:a.example,2026:${n}`, updatedAt: MORNING }));

  expect(new Set(momentsOf(many)).size).toBe(many.length);
});

test("entries of one poll have moments of their own in Atom", () => {
  const together = [1, 2, 3].map((n) => entry({ iri: `tag:elbbote.example,2026:${n}` }));

  const { entries = [] } = parseAtomFeed(documentsOf(topicFeed(...together)).atom.text);

  expect(new Set(entries.map(({ updated }) => updated)).size).toBe(together.length);
  expect(entries.map(({ updated = "" }) => Date.parse(updated))).toEqual(together.map(() => MORNING));
});
