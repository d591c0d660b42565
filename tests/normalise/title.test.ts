import { describe, expect, test } from "vitest";
import { readSectionWords } from "../../src/normalise/section-word.ts";
import { tidyTeaser } from "../../src/normalise/teaser.ts";
import { kickerOf, readTitle } from "../../src/normalise/title.ts";

describe("marks are no part of a headline", () => {
  test.each([
    ["Z+ (abopflichtiger Inhalt); Hafen: Wem gehört das Ufer?", "Hafen: Wem gehört das Ufer?", ["paywall"]],
    ["Z+ Wem gehört das Ufer?", "Wem gehört das Ufer?", ["paywall"]],
    ["heise+ | Server im Keller", "Server im Keller", ["paywall"]],
    ["FAZ+ Wem gehört das Ufer?", "Wem gehört das Ufer?", ["paywall"]],
    ["FAZ+Wem gehört das Ufer?", "Wem gehört das Ufer?", ["paywall"]],
    ["SZ Plus Wem gehört das Ufer?", "Wem gehört das Ufer?", ["paywall"]],
    ["(S+) Wem gehört das Ufer?", "Wem gehört das Ufer?", ["paywall"]],
    ["Wem gehört das Ufer? (S+)", "Wem gehört das Ufer?", ["paywall"]],
    ["[Abo] Wem gehört das Ufer?", "Wem gehört das Ufer?", ["paywall"]],
    ["LIVE: Rat tagt", "Rat tagt", ["live"]],
    ["Liveticker: Rat tagt", "Rat tagt", ["live"]],
    ["+++ Liveticker +++ Rat tagt", "Rat tagt", ["live"]],
    ["Eilmeldung: Rat tagt", "Rat tagt", ["breaking"]],
    ["FAZ+ Liveblog: Rat tagt", "Rat tagt", ["paywall", "live"]],
  ])("%s", (written, title, marks) => expect(readTitle(written)).toEqual({ title, marks }));

  test.each([
    "Live-Show am Hafen",
    "Liverpool verliert",
    "Liveblog zum Ufer: Rat tagt",
    "Plus von acht Prozent: Der Hafen wächst",
    "Zahl der Fähren im Plus",
    "Notiz++: Neue Ausgabe",
    "S+P verliert",
    "Breaking the Waves",
    "LIVE:",
    "Z+",
  ])("%s is left alone", (written) => expect(readTitle(written)).toEqual({ title: written, marks: [] }));
});

describe("kickers", () => {
  test("the words before the first colon, and nothing longer", () => {
    expect(kickerOf("Werften: Mehr Aufträge: Warum?")).toBe("Werften");
    expect(kickerOf("Rat tagt um 10:30 Uhr")).toBeUndefined();
    expect(kickerOf("Der Bürgermeister sagte nach der langen Sitzung: Ja")).toBeUndefined();
  });
});

describe("section words before headlines", () => {
  const WORDS = ["Politik", "Finanzen", "Formel 1"];
  const one = (title: string, categories: readonly string[] = []) =>
    readSectionWords([{ title, categories }], WORDS)[0];

  test("go where the item's own category says the same", () => {
    expect(one("Finanzen Gold steigt", ["FINANZEN"])).toEqual({ title: "Gold steigt", sectionWord: "Finanzen" });
    expect(one("Formel 1 Rennen abgesagt", ["Formel 1"])).toEqual({
      title: "Rennen abgesagt",
      sectionWord: "Formel 1",
    });
    expect(one("Finanzen 4.700 Dollar", ["Finanzen"])?.title).toBe("4.700 Dollar");
    expect(one("Politik „Wir müssen reden“", ["Politik"])?.title).toBe("„Wir müssen reden“");
  });

  test("stay where nothing says that they are one", () => {
    expect(one("Finanzen Gold steigt")).toEqual({ title: "Finanzen Gold steigt" });
    expect(one("Finanzen Gold steigt", ["Politik"])).toEqual({ title: "Finanzen Gold steigt" });
  });

  test("stay where the headline goes on in lower case, or is nothing else", () => {
    expect(one("Politik streitet", ["Politik"])?.sectionWord).toBeUndefined();
    expect(one("Politik", ["Politik"])?.sectionWord).toBeUndefined();
    expect(one("Politiker Müller", ["Politik"])?.sectionWord).toBeUndefined();
  });

  test("go without a category where most titles of the document begin so", () => {
    const titles = ["Politik Rat tagt", "Finanzen Gold steigt", "Politik Wahl naht", "Der Rest"];
    const habit = readSectionWords(
      titles.map((title) => ({ title, categories: [] })),
      WORDS,
    );
    const chance = readSectionWords(
      [...titles, "Mehr", "Noch mehr"].map((title) => ({ title, categories: [] })),
      WORDS,
    );

    expect(habit.map(({ title }) => title)).toEqual(["Rat tagt", "Gold steigt", "Wahl naht", "Der Rest"]);
    expect(chance.map(({ sectionWord }) => sectionWord)).toEqual(Array.from({ length: 6 }));
  });
});

describe("teasers", () => {
  test.each([
    ["Der Silberpreis zieht mit....", "Der Silberpreis zieht mit …"],
    ["wie rasch...", "wie rasch …"],
    ["Hoffnungsschimmer für die …", "Hoffnungsschimmer für die …"],
    ["das Ende. … ...", "das Ende. …"],
    ["Ein ganzer Satz.", "Ein ganzer Satz."],
    ["Was nun?", "Was nun?"],
    ["...", ""],
    ["", ""],
  ])("%j is %j", (written, tidy) => expect(tidyTeaser(written)).toBe(tidy));

  test("a long one is cut at a word, to 500 characters at the most", () => {
    const teaser = tidyTeaser("Wort und ".repeat(200));

    expect(teaser.length).toBeLessThanOrEqual(500);
    expect(teaser).toMatch(/(?:Wort|und) …$/);
    expect(tidyTeaser("😀".repeat(600)).isWellFormed()).toBe(true);
  });
});
