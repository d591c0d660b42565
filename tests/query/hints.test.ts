import { describe, expect, test } from "vitest";
import { hintsOf, parseQuery } from "../../src/query/query.ts";

const said = (query: string): readonly string[] => hintsOf(query).map(({ message }) => message);

describe("what is perhaps meant otherwise than it is read", () => {
  test.each([
    ["zins* ODER bank*", "ODER", "OR"],
    ["gold UND silber", "UND", "AND"],
    ["gold NICHT silber", "NICHT", "NOT"],
    ["goldpreis|silber", "|", "OR"],
    ["gold | silber", "|", "OR"],
    ["(gold || silber)", "||", "OR"],
    ["gold && silber", "&&", "AND"],
    ["gold or silber", "or", "OR"],
    ["gold not silber", "not", "NOT"],
    ["gold !silber", "!", "NOT"],
  ])("%s", (query, written, meant) => {
    expect(hintsOf(query)).toMatchObject([{ rule: "no-operator", written, meant }]);
    expect(said(query)).toEqual([`"${written}" is no operator here: did you mean "${meant}"?`]);
    expect(parseQuery(query).kind).toBe("query");
  });

  test("a dash that excludes nothing", () => {
    expect(said("gold -")).toEqual(['"-" stands right before what it excludes, without a space: "-silber"']);
    expect(said("gold - silber")).toHaveLength(1);
  });

  test.each([
    'gold OR silber -zins "gold ODER silber" („und“ "a|b")',
    "und oder nicht",
    "Verdi-Warnstreik 20:15 Kontor & Kurs",
    "url:a|b",
    'title:"gold || silber"',
    "Goldpreis – Rekordhoch",
    "not lehrend or",
    "Achtung! Goldpreis fällt !",
  ])("nothing in %s", (query) => {
    expect(hintsOf(query)).toEqual([]);
  });

  test("each once, however long the query", () => {
    expect(said("a ODER b ODER c|d|e")).toHaveLength(2);
    const began = performance.now();
    expect(hintsOf('"'.repeat(20_000))).toEqual([]);
    hintsOf("|".repeat(20_000));
    hintsOf("a ODER ".repeat(3000));
    expect(performance.now() - began).toBeLessThan(1000);
  });
});
