import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { spellingsOf, termsOf } from "../../src/query/query.ts";

const meet = (a: string, b: string): boolean => {
  const known = termsOf(a).flatMap(spellingsOf);
  return termsOf(b)
    .flatMap(spellingsOf)
    .some((spelling) => known.includes(spelling));
};

describe("words", () => {
  test.each([
    ["Goldpreis-Rekordhoch: Gelbes Edelmetall", ["goldpreis", "rekordhoch", "gelbes", "edelmetall"]],
    ["Um 20:15 Uhr, 2,5 % mehr", ["um", "20", "15", "uhr", "2", "5", "mehr"]],
    ["Strom\u00adpreis", ["strompreis"]],
    // as normalise/ leaves it out of what is kept
    ["Strom\u200bpreis", ["strompreis"]],
    ["\u202aStrom\u200epreis\u202c", ["strompreis"]],
    ["ＡＢＣ ﬁnal", ["abc", "final"]],
    ["– & …", []],
    ["", []],
  ])("%j is cut into %j", (text, expected) => {
    expect(termsOf(text)).toEqual(expected);
  });

  test("scripts without spaces are cut into pairs, and a single character stays", () => {
    expect(termsOf("東京都 年")).toEqual(["東京", "京都", "年"]);
    expect(termsOf("2024年度の予算")).toEqual(["2024", "年度", "度の", "の予", "予算"]);
    expect(termsOf("경제가")).toEqual(["경제", "제가"]);
    expect(termsOf("ภัยแล้ง")).toEqual(["ภัย", "ยแ", "แล้", "ล้ง"]);
  });

  test("a run without end is cut into terms of at most 64 characters", () => {
    const terms = termsOf("x".repeat(10_000));

    expect(Math.max(...terms.map((term) => term.length))).toBe(64);
    expect(terms.join("")).toBe("x".repeat(10_000));
  });

  test("terms are cut no further when they are cut again, so a query that is shown keeps its words", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => {
        const terms = termsOf(text);

        expect(termsOf(terms.join(" "))).toEqual(terms);
      }),
      { numRuns: 2000 },
    );
  });
});

describe("German spellings", () => {
  test.each(["Börse", "Boerse", "Borse", "BÖRSE", "BOERSE", "Bo\u0308rse", "bÖrse"])("%s finds Börse", (typed) => {
    expect(meet("Börse", typed)).toBe(true);
  });

  test.each(["Boerse", "Borse", "BÖRSE", "Bo\u0308rse"])("Börse finds a text that writes %s", (written) => {
    expect(meet(written, "Börse")).toBe(true);
  });

  test.each([
    ["Straße", "Strasse"],
    ["STRASSE", "straße"],
    ["STRAẞE", "strasse"],
    ["Überprüfung", "Ueberpruefung"],
    ["Überprüfung", "Uberprufung"],
    ["Ärztekammer", "Aerztekammer"],
    ["São Paulo", "Sao"],
    ["Citroën", "citroen"],
    ["Erdoğan", "Erdogan"],
    ["Łódź", "Lodz"],
    ["København", "Kobenhavn"],
    ["København", "Koebenhavn"],
    ["ΟΔΟΣ", "οδός"],
    ["İstanbul", "Istanbul"],
  ])("%s and %s are the same word", (a, b) => {
    expect(meet(a, b)).toBe(true);
  });

  test.each([
    ["neue", "neu"],
    ["neue", "nue"],
    ["Feuer", "Feur"],
    ["Israel", "Isral"],
    ["Michael", "Michal"],
    ["Poet", "Pot"],
    ["toe", "to"],
    ["мой", "мои"],
  ])("%s is not %s", (a, b) => {
    expect(meet(a, b)).toBe(false);
  });

  test.each([
    ["Masse", "Maße"],
    ["schon", "schön"],
    ["Duell", "Düll"],
  ])("%s and %s share a spelling, and that confusion is accepted", (a, b) => {
    expect(meet(a, b)).toBe(true);
  });

  test.each(["neue", "Feuer", "Israel", "Michael", "aktuell", "Goethe"])("%s has one spelling, its own", (word) => {
    expect(termsOf(word).map(spellingsOf)).toEqual([[word.toLowerCase()]]);
  });
});
