import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseQuery, READER_LIMITS, showQuery, TOPIC_LIMITS, WHOLE_TOPIC_LIMITS } from "../../src/query/query.ts";
import { someQuery } from "./arbitrary.ts";

const shownAs = (text: string): string => {
  const parsed = parseQuery(text);
  return parsed.kind === "query" ? showQuery(parsed.query) : `${parsed.at}: ${parsed.message}`;
};

describe("a good query", () => {
  test.each([
    ["gold silber", "gold silber"],
    ["Gold AND Silber", "gold silber"],
    ["gold OR silber platin", "gold OR (silber platin)"],
    ["(gold OR silber) platin", "(gold OR silber) platin"],
    ["((gold) (silber platin))", "gold silber platin"],
    ["gold NOT silber", "gold -silber"],
    ["gold -(silber OR platin)", "gold -(silber OR platin)"],
    ["NOT NOT gold", "-(-gold)"],
    ["Gold - Silber & Platin", "gold silber platin"],
    ["Goldpreis-Rekordhoch", '"goldpreis rekordhoch"'],
    ["„Gelbes Edelmetall“ «or jaune»", '"gelbes edelmetall" "or jaune"'],
    ["Ukraine: Angriff um 20:15", 'ukraine angriff "20 15"'],
    ["Verdi-Warnstreik*", '"verdi warnstreik*"'],
    ["or and", '"or" "and"'],
    ["TITLE:Gold title:(k OR (b c))", "title:gold (title:k OR (title:b title:c))"],
    ["section:(Politik OR wirtschaft)", "section:politik OR section:wirtschaft"],
    ["-section:sport", "-section:sport"],
    ["url:https://abendblatt.example/Sport/", "url:https://abendblatt.example/sport/"],
    ['url:"a (b)"', 'url:"a (b)"'],
    ["within:36h within:24h within:14d", "within:36h within:1d within:2w"],
    ["after:2026-01-01 before:2026-02-01", "after:2026-01-01 before:2026-02-01"],
    ["* -gold", "* -gold"],
    ["東* 東京都", '東* "東京 京都"'],
    ["Strom\ufeffpreis", "strompreis"],
  ])("%s is %s", (text, expected) => {
    expect(shownAs(text)).toBe(expected);
  });

  test("what is shown reads as the same query again, and shows the same", () => {
    fc.assert(
      fc.property(someQuery, (text) => {
        const first = parseQuery(text);
        if (first.kind === "bad") throw new Error(`${text}: ${first.message}`);

        const shown = showQuery(first.query);

        expect(parseQuery(shown)).toEqual(first);
        expect(shownAs(shown)).toBe(shown);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("a bad query says what would be right", () => {
  test.each([
    ["", 0, '"*" finds everything'],
    ["  … ", 0, '"*" finds everything'],
    ["titel:gold", 0, 'did you mean "title:"?'],
    ["gold Autor:müller", 5, 'did you mean "author:"?'],
    ["ressort:politik", 0, "there are title, section, publisher"],
    ["Lehrer:innen", 0, "put it between quotation marks"],
    ["constructor:x", 0, "no field"],
    ["(gold OR silber", 0, "this bracket is never closed"],
    ["gold (silber", 5, "this bracket is never closed"],
    ["gold) silber", 4, "this bracket was never opened"],
    [")", 0, "this bracket was never opened"],
    ["gold ()", 6, 'something is missing after "("'],
    ['gold "silber', 5, "this quotation mark is never closed"],
    ['""', 0, "a letter or a digit is needed"],
    ['url:""', 4, "a part of the address is needed"],
    ["gold OR", 7, 'something is missing after "OR"'],
    ["gold AND OR silber", 9, 'something is missing before "OR"'],
    ["AND gold", 0, "in lower case it is a word"],
    ["NOT", 3, 'something is missing after "NOT"'],
    ["title: gold", 0, "right after the colon"],
    ["title:)", 0, "right after the colon"],
    ["within: 24h", 0, '"within:24h"'],
    ["within:gestern", 7, '"30m", "24h", "7d"'],
    ["within:0h", 7, "no duration"],
    ["after:2026-02-30", 6, '"2026-01-31"'],
    ["before:31.1.2026", 7, '"2026-01-31"'],
    ["section:Politik&Co", 8, "ids have a-z"],
    ["lang:deutsch", 5, '"de", "en" or "de-at"'],
    ["title:(gold section:politik)", 12, "cannot stand inside the brackets"],
    ["Lehrer*innen", 0, "only at the end"],
    ["*gold", 0, "only at the end"],
    ["w*", 0, "write 2 letters at least"],
    ["(".repeat(60), 51, "50 deep at most"],
  ])("%s", (text, at, words) => {
    expect(parseQuery(text)).toMatchObject({ kind: "bad", at, message: expect.stringContaining(words) });
  });

  test.each(["gold within:24h", "gold -(silber within:24h)", "within:(24h OR 2d)", "gold topic:neuestes"])(
    "a topic that counts from the moment of a search: %s",
    (text) => {
      const names = { topics: new Map([["neuestes", "within:24h"]]) };

      for (const limits of [TOPIC_LIMITS, WHOLE_TOPIC_LIMITS])
        expect(parseQuery(text, limits, names)).toMatchObject({
          kind: "bad",
          at: text.search(/24h|neuestes/),
          message: expect.stringContaining('as in "window: 24h"'),
        });
      expect(parseQuery("gold within:24h", READER_LIMITS).kind).toBe("query");
    },
  );

  test("topics have 2,000 characters and 200 words, readers fewer of both", () => {
    const words = (count: number): string => Array.from({ length: count }, (_, i) => `w${i}`).join(" ");

    expect(parseQuery(words(200)).kind).toBe("query");
    expect(parseQuery(words(201))).toMatchObject({ kind: "bad", message: "a query has 200 words at most" });
    expect(parseQuery("x".repeat(2001))).toMatchObject({ kind: "bad", message: "a query has 2000 characters at most" });
    expect(parseQuery(words(17), READER_LIMITS)).toMatchObject({ kind: "bad" });
    expect(parseQuery("x".repeat(201), READER_LIMITS)).toMatchObject({ kind: "bad" });
    expect(parseQuery("öl* 東*").kind).toBe("query");
    expect(parseQuery("gas* 東*", READER_LIMITS).kind).toBe("query");
    expect(parseQuery("öl*", READER_LIMITS)).toMatchObject({
      kind: "bad",
      message: expect.stringContaining("3 letters"),
    });
  });

  test("whatever is typed gets an answer, and the answer points into the text", () => {
    const piece = fc.constantFrom(
      ...'()"„“-*: &.'.split(""),
      "AND ",
      "OR ",
      "NOT ",
      "title:",
      "gold",
      "ü",
      "東",
      "\ud800",
    );
    const typed = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join("")),
    );
    fc.assert(
      fc.property(typed, (text) => {
        const parsed = parseQuery(text);

        if (parsed.kind === "query") expect(parseQuery(showQuery(parsed.query))).toEqual(parsed);
        else expect(parsed.at >= 0 && parsed.at <= text.length && parsed.message !== "").toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  test("a hostile query of full length is answered at once", () => {
    const started = performance.now();

    for (const unit of ["-", "(", '"a', "a:", "*", "NOT ", "a-", "--a "]) parseQuery(unit.repeat(2000 / unit.length));

    expect(performance.now() - started).toBeLessThan(500);
  });
});
