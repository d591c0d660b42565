import { describe, expect, test } from "vitest";
import { plainTitle } from "../../src/normalise/plain-title.ts";
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
    ["(g+) Server im Keller", "Server im Keller", ["paywall"]],
    ["[Abonnés] Le port s’étend", "Le port s’étend", ["paywall"]],
    ["Subscriber only: Who owns the quay?", "Who owns the quay?", ["paywall"]],
    ["🔒 Wem gehört das Ufer?", "Wem gehört das Ufer?", ["paywall"]],
    ["LIVE UPDATES: Storm nears the coast", "Storm nears the coast", ["live"]],
    ["Storm nears the coast – as it happened", "Storm nears the coast", ["live"]],
    ["🔴 EN DIRECT - Tempête sur la côte", "Tempête sur la côte", ["live"]],
    ["DIRECT. Tempête sur la côte", "Tempête sur la côte", ["live"]],
    ["LIVE! Council votes", "Council votes", ["live"]],
    ["+++ Livestream +++: Das sagt der Rat", "Das sagt der Rat", ["live"]],
    ["+++ 12:30 Rat tagt +++", "Rat tagt", ["live"]],
    ["Sturm-Liveblog: ++ Fähren fallen aus ++", "Sturm-Liveblog: Fähren fallen aus", ["live"]],
    ["BREAKING: Council resigns", "Council resigns", ["breaking"]],
    ["+++ EIL +++ Rat tritt zurück", "Rat tritt zurück", ["breaking"]],
    ["URGENT - Le conseil démissionne", "Le conseil démissionne", ["breaking"]],
    ["Última hora: Dimite el alcalde", "Dimite el alcalde", ["breaking"]],
    ["Exklusiv: Rat plant Brücke", "Rat plant Brücke", ["exclusive"]],
    ["Exclusive | Council plans bridge", "Council plans bridge", ["exclusive"]],
    ["Video: Robbe im Hafen", "Robbe im Hafen", ["video"]],
    ["WATCH: Seal in the harbour", "Seal in the harbour", ["video"]],
    ["Robbe im Hafen (mit Video)", "Robbe im Hafen", ["video"]],
    ["Podcast: Wie die Robbe kam", "Wie die Robbe kam", ["audio"]],
    ["Fotostrecke: Robben im Hafen", "Robben im Hafen", ["pictures"]],
    ["Seals – in pictures", "Seals", ["pictures"]],
    ["UPDATE 2-Port profits rise", "Port profits rise", ["update"]],
    ["Port profits rise [Update]", "Port profits rise", ["update"]],
    // as front pages run them together
    ["LiveHafen:Rat tagt", "Hafen:Rat tagt", ["live"]],
    ["SZ PlusExklusivPodcast:Die Jagd", "Die Jagd", ["paywall", "exclusive", "audio"]],
  ])("%s", (written, title, marks) => expect(readTitle(written)).toEqual({ title, marks }));

  test.each([
    "Live-Show am Hafen",
    "Liverpool verliert",
    "Plus von acht Prozent: Der Hafen wächst",
    "Zahl der Fähren im Plus",
    "Notiz++: Neue Ausgabe",
    "S+P verliert",
    "Breaking the Waves",
    "LIVE:",
    "Z+",
    "Live and let die",
    "Live from New York: It is Saturday",
    "Saturday Night Live: Wer kommt",
    "LiveJournal wird abgeschaltet: Ein Abschied",
    "Video killed the radio star",
    "Videospiele: Die besten des Jahres",
    "Watch Dogs: Legion",
    "Breaking Bad: Neue Folgen",
    "Exklusiv im Interview: Der Bürgermeister",
    "Exklusives Gewinnspiel: Karten für den Hafen",
    "Update-Pflicht: Was nun gilt",
    "Plus: the best of the rest",
    "Schulnote (A+)",
    "Radio (DAB+)",
    "Fest für alle (LGBT+)",
    "Podcastpreis: Die Sieger",
    "C++: Neue Fassung",
    "Drohnen über dem Hafen +++ Zwei Verletzte: Was bekannt ist",
    "Premium-Segment: Teure Boote",
  ])("%s is left alone", (written) => expect(readTitle(written)).toEqual({ title: written, marks: [] }));
});

describe("whose word it is stays where it stands, and is noted", () => {
  test.each([
    ["Kommentar: So nicht", "opinion"],
    ["Kommentar zum Hafen: So nicht", "opinion"],
    ["Opinion | Not like this", "opinion"],
    ["Anzeige: Boote billig", "sponsored"],
    ["[Sponsored] Cheap boats", "sponsored"],
    ["Liveblog zum Ufer: Rat tagt", "live"],
    ["Harbour storm live: Ferries cancelled", "live"],
  ])("%s", (written, mark) => expect(readTitle(written)).toEqual({ title: written, marks: [mark] }));

  test.each(["Kommentare: Was Leser sagen", "Anzeigenmarkt: Weniger Inserate", "Meinungsfreiheit: Ein Urteil"])(
    "%s says nothing of the kind",
    (written) => expect(readTitle(written).marks).toEqual([]),
  );
});

describe("references that were escaped twice", () => {
  const titleOf = (text: string) => plainTitle({ text, type: "html" });

  test.each([
    ["Rat &amp;amp; Tat", "Rat & Tat"],
    ["Rat &amp; Tat", "Rat & Tat"],
    ["&amp;#8222;Nein&amp;#8220;", "„Nein“"],
    ["K&amp;uuml;ste", "Küste"],
    ["Was &amp;lt;b&amp;gt; bedeutet", "Was &lt;b&gt; bedeutet"],
    ["Was &lt;b&gt; bedeutet", "Was <b> bedeutet"],
  ])("%s is %s", (written, title) => expect(titleOf(written)).toBe(title));
});

describe("kickers", () => {
  test("the words before the first colon, and nothing longer", () => {
    expect(kickerOf("Werften: Mehr Aufträge: Warum?")).toBe("Werften");
    expect(kickerOf("Erste Liga:Ganz Hafenstadt seufzt")).toBe("Erste Liga");
    expect(kickerOf("Rat tagt um 10:30 Uhr")).toBeUndefined();
    expect(kickerOf("Das Protokoll https://press.example")).toBeUndefined();
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

  test("go where a bar or brackets set them off, and stay as the kicker before a colon", () => {
    expect(one("Politik | Rat tagt")).toEqual({ title: "Rat tagt", sectionWord: "Politik" });
    expect(one("[Politik] Rat tagt")).toEqual({ title: "Rat tagt", sectionWord: "Politik" });
    expect(one("Rudern | Achter siegt", ["Rudern"])).toEqual({ title: "Achter siegt", sectionWord: "Rudern" });
    expect(one("Rudern | Achter siegt")).toEqual({ title: "Rudern | Achter siegt" });
    expect(one("Politik: Rat tagt")).toEqual({ title: "Politik: Rat tagt", sectionWord: "Politik" });
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
    ["Was wir wissen [...]", "Was wir wissen …"],
    ["Was wir wissen [….]", "Was wir wissen …"],
    ["Was wir wissen … Weiterlesen", "Was wir wissen …"],
    ["Ein ganzer Satz. weiterlesen »", "Ein ganzer Satz."],
    ["Ein ganzer Satz (mehr …)", "Ein ganzer Satz"],
    ["Ein Satz, der … mehr…", "Ein Satz, der …"],
    ["Ein ganzer Satz. Der Beitrag Robbe & Co. erschien zuerst auf Nordblatt.", "Ein ganzer Satz."],
    ["A whole sentence. The post Seals appeared first on Worldwire.", "A whole sentence."],
    ["A sentence that … Read more »", "A sentence that …"],
    ["A whole sentence. Continue reading Seals in the harbour →", "A whole sentence."],
    ["Une phrase. Lire la suite", "Une phrase."],
    ["Wir wollen weiterlesen", "Wir wollen weiterlesen"],
    ["Es kommt noch viel mehr", "Es kommt noch viel mehr"],
    ["Es kommt noch viel mehr …", "Es kommt noch viel mehr …"],
    ["He said that they should read more", "He said that they should read more"],
    ["Die Post erschien zuerst auf Sylt", "Die Post erschien zuerst auf Sylt"],
  ])("%j is %j", (written, tidy) => expect(tidyTeaser(written)).toBe(tidy));

  test("a long one is cut at a word, to 500 characters at the most", () => {
    const teaser = tidyTeaser("Wort und ".repeat(200));

    expect(teaser.length).toBeLessThanOrEqual(500);
    expect(teaser).toMatch(/(?:Wort|und) …$/);
    expect(tidyTeaser("😀".repeat(600)).isWellFormed()).toBe(true);
  });
});
