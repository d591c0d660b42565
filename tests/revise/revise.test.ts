import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Revision } from "../../src/model/revision.ts";
import { revise, type Wording, withRevision } from "../../src/revise/revise.ts";

const KNOWN = { number: 1, at: 0, showsBody: true };
const revised = (before: Wording, after: Wording): Revision | undefined => revise(before, after, KNOWN);
const told = (before: string, after: string): string => {
  const revision = revised({ title: before }, { title: after });
  return revision === undefined ? "nothing" : `${revision.weight}: ${revision.because}`;
};

describe("what a change of the title is worth", () => {
  test.each([
    ["Rat beschließt neue Radwege", "Rat  beschließt neue Radwege"],
    ["Ölpreis gibt nach", "Ölpreis\u00a0gibt nach"],
  ])("nothing where no sign of it shows: %s", (before, after) => {
    expect(told(before, after)).toBe("nothing");
  });

  test.each([
    ["Bundesregierumg plant Reform", "Bundesregierung plant Reform"],
    ["Rat beschliesst Radwege", "Rat beschließt Radwege"],
    ["Rat beschließt, Radwege zu bauen", "Rat beschließt Radwege zu bauen"],
    ["Neue radwege für die Stadt", "Neue Radwege für die Stadt"],
    ["Unfall auf der A 7", "Unfall auf der A7"],
    ["Streit im Land", "Streit in Land"],
    ["Minister kündigt Rücktirtt an", "Minister kündigt Rücktritt an"],
    ["Goverment plans reform", "Government plans reform"],
  ])("a slip of the pen: %s", (before, after) => {
    expect(told(before, after)).toBe("typo: characters");
  });

  test.each([
    ["Stadt baut 30 Wohnungen", "Stadt baut 300 Wohnungen", "figures"],
    ["Steuer sinkt um 1,5 Prozent", "Steuer sinkt um 0,5 Prozent", "figures"],
    ["Krise im Iran weitet sich aus", "Krise im Irak weitet sich aus", "names"],
    ["Schmidt wird neuer Intendant", "Petersen wird neuer Intendant", "names"],
    ["Gericht spricht Bürgermeister schuldig", "Gericht spricht Bürgermeister nicht schuldig", "meaning"],
    ["Stadt hat kein Geld für Bäder", "Stadt hat ein Geld für Bäder", "meaning"],
    ["Zeuge belastet den Angeklagten", "Zeuge entlastet den Angeklagten", "words"],
    ["Mayor found guilty of fraud", "Mayor found not guilty of fraud", "meaning"],
    ["Polizei nimmt drei Verdächtige fest", "Polizei nimmt Verdächtige fest", "words"],
  ])("a correction: %s -> %s", (before, after, rule) => {
    expect(told(before, after)).toBe(`correction: ${rule}`);
  });

  test.each([
    ["Zahl der Verletzten steigt auf 12", "Zahl der Verletzten steigt auf 15", "live"],
    ["At least 12 dead in fire", "At least 15 dead in fire", "live"],
    ["Nordstadt führt 1:0 gegen Südheim", "Nordstadt führt 2:0 gegen Südheim", "live"],
    ["Sturm über der Küste, Stand 14:30 Uhr", "Sturm über der Küste, Stand 15:10 Uhr", "live"],
    ["Rat beschließt Radwege", "Rat beschließt Radwege – Kritik von Anwohnern", "added"],
    ["Rat beschließt Radwege", "So viel Geld soll künftig in den Ausbau der Fahrradstraßen fließen", "reworded"],
  ])("an update: %s -> %s", (before, after, rule) => {
    expect(told(before, after)).toBe(`update: ${rule}`);
  });

  test("figures that fall where others grow were wrong before", () => {
    expect(told("Mindestens 15 Tote bei Brand", "Mindestens 12 Tote bei Brand")).toBe("correction: figures");
  });
});

describe("what a change of the text is worth", () => {
  const TEXT =
    "Der Rat hat am Abend den Bau von Radwegen beschlossen. Die Kosten trägt das Land. Kritik kam von den Anwohnern, die um ihre Parkplätze fürchten. Der Bürgermeister verteidigte die Pläne.";
  const text = (after: string, before = TEXT) => revised({ title: "t", body: before }, { title: "t", body: after });

  test.each([
    "Korrektur: In einer früheren Fassung stand, das Land trage die Kosten nicht.",
    "In einer ersten Version dieses Textes hieß es, der Bund trage die Kosten.",
    "(Anm. d. Red.: Die Angabe zu den Kosten wurde geändert.)",
    "Wir haben die Angabe zu den Kosten korrigiert.",
    "An earlier version of this article misstated who pays.",
    "This article was amended on Monday.",
    "Correction: the state pays.",
  ])("a correction where the publisher says so: %s", (notice) => {
    const revision = text(`${TEXT} ${notice}`);

    expect(revision).toMatchObject({ weight: "correction", because: "notice" });
    expect(revision?.notice).toContain(notice.replace(/^\(/, "").slice(0, 40));
  });

  test.each([
    "Die Korrektur an der Börse geht weiter.",
    "„Er“ (der Minister, Anm. d. Red.) sei überrascht gewesen.",
    "Die Berichtigung der Karten dauert an.",
  ])("no correction where words of that kind say something else: %s", (sentence) => {
    expect(text(`${TEXT} ${sentence}`)).toMatchObject({ weight: "update", because: "added" });
  });

  test("a notice that stood there before is no news", () => {
    const before = `${TEXT} Korrektur: Das Land trägt die Kosten.`;

    expect(text(`${before} Am Morgen wurde gefeiert.`, before)).toMatchObject({ weight: "update" });
  });

  test("a correction where one figure or name was replaced, an update where an editor went over it", () => {
    expect(text(TEXT.replace("das Land", "der Bund"))).toMatchObject({ weight: "correction", because: "names" });
    expect(
      text(
        TEXT.replace("am Abend", "gestern Abend")
          .replace("verteidigte", "lobte")
          .replace("fürchten", "bangen")
          .replace("Kritik", "Protest")
          .replace("beschlossen", "gebilligt"),
      ),
    ).toMatchObject({ weight: "update", because: "reworded" });
  });

  test("what goes on live is an update, whatever it replaces", () => {
    const marks = ["live"];

    expect(
      revised({ title: "Wahl: 12 von 40 Bezirken", marks }, { title: "Wahl: 10 von 40 Bezirken", marks }),
    ).toMatchObject({ weight: "update", because: "live" });
  });
});

describe("what is shown of a change", () => {
  test("words that were struck and inserted, with those around them", () => {
    expect(
      revised({ title: "Rat baut 30 Wohnungen am See" }, { title: "Rat baut 300 Wohnungen am See" })?.title,
    ).toEqual([
      { kind: "same", text: "Rat baut" },
      { kind: "struck", text: " 30" },
      { kind: "inserted", text: " 300" },
      { kind: "same", text: " Wohnungen am See" },
    ]);
  });

  test("of a long text the places that changed, and of a text that is not ours to print only how much", () => {
    const words = Array.from({ length: 400 }, (_, n) => `wort${n}`);
    const before = { title: "t", body: words.join(" ") };
    const after = { title: "t", body: words.with(200, "anders").join(" ") };

    expect(
      revise(before, after, KNOWN)
        ?.body?.map(({ text }) => text)
        .join(""),
    ).toBe(
      "… wort194 wort195 wort196 wort197 wort198 wort199 wort200 anders wort201 wort202 wort203 wort204 wort205 wort206…",
    );
    const closed = revise(before, after, { ...KNOWN, showsBody: false });
    expect(closed).not.toHaveProperty("body");
    expect(closed?.bodyWords).toEqual({ struck: 1, inserted: 1 });
  });

  test("both texts can be put together again from the passages of their titles", () => {
    const title = fc.array(fc.constantFrom("Rat", "baut", "30", "Wohnungen", ",", "–", "am", "See", "nicht"), {
      maxLength: 14,
    });
    fc.assert(
      fc.property(title, title, (one, other) => {
        const [before, after] = [one.join(" "), other.join(" ")];
        const passages = revised({ title: before }, { title: after })?.title;
        const side = (gone: string) =>
          (passages ?? [])
            .filter(({ kind }) => kind !== gone)
            .map(({ text }) => text)
            .join("");

        if (passages === undefined || passages.some(({ kind }) => kind === "gap")) return;
        expect(side("inserted").replace(/\s/g, "")).toBe(before.replace(/\s/g, ""));
        expect(side("struck").replace(/\s/g, "")).toBe(after.replace(/\s/g, ""));
      }),
    );
  });

  test("any two texts are told apart quickly, and little is kept of them", () => {
    const long = (seed: number) =>
      Array.from({ length: 20_000 }, (_, n) => `w${(n * 7919 + seed * n) % 997}`).join(" ");
    const started = performance.now();

    const revision = revised({ title: "t", body: long(1) }, { title: "u", body: long(2) });

    expect(performance.now() - started).toBeLessThan(500);
    expect(JSON.stringify(revision).length).toBeLessThan(3000);
  });

  test("of many revisions the last ten are kept, and of long ones fewer", () => {
    const one = (number: number, length = 10): Revision => ({
      ...{ number, at: number, weight: "update", because: "added" },
      title: [{ kind: "inserted", text: "x".repeat(length) }],
    });
    const kept = (count: number, length?: number) =>
      Array.from({ length: count }, (_, n) => n + 1).reduce<readonly Revision[]>(
        (kept, n) => withRevision(one(n, length), kept),
        [],
      );

    expect(kept(14).map(({ number }) => number)).toEqual([14, 13, 12, 11, 10, 9, 8, 7, 6, 5]);
    expect(kept(14, 2000).map(({ number }) => number)).toEqual([14, 13, 12]);
  });
});
