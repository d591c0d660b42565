import fc from "fast-check";
import { expect, test } from "vitest";
import { beginningWith, packDictionary } from "../../src/search/dictionary.ts";

test("a dictionary tells all words that begin so, in the order of their bytes, and where their postings are", () => {
  const letters = fc.constantFrom("a", "b", "ß", "日", "😀");
  const word = fc.string({ unit: letters, minLength: 1, maxLength: 6 });
  const words = fc.uniqueArray(word, { maxLength: 200 });
  fc.assert(
    fc.property(words, fc.oneof(fc.string({ unit: letters, maxLength: 3 }), word), (all, asked) => {
      const sorted = all.map((one) => Buffer.from(one)).sort(Buffer.compare);
      let end = 0;
      const entries = sorted.map((bytes, n) => {
        const postings = 1 + ((n * 37) % 300);
        end += postings;
        return { word: bytes, postings, place: { from: end - postings, to: end } };
      });

      const found = [...beginningWith(packDictionary(entries), Buffer.from(asked))].map(({ from, to }) => ({
        from,
        to,
      }));
      const written = Array.from(beginningWith(packDictionary(entries), Buffer.from(asked)), ({ bytes, length }) =>
        bytes.toString("utf8", 0, length),
      );

      const expected = entries.filter(({ word: one }) => one.toString().startsWith(asked));
      expect(found).toEqual(expected.map(({ place }) => place));
      expect(written).toEqual(expected.map(({ word: one }) => one.toString()));
    }),
  );
});
