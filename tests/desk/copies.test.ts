import { describe, expect, test } from "vitest";
import { itemOf, Newsroom, type Sketch } from "./entries.ts";

/** The later of two items told one after the other. */
function afterTelling(first: Sketch, second: Sketch) {
  const room = new Newsroom();
  const [original, other] = room.tell({ publisher: "kurier", ...first }, { publisher: "bote", ...second });
  return { original, decision: room.on(other), reason: room.reason(other, "copy"), story: room.on(original).story };
}

describe("an item is a copy of the first item that carried the same text", () => {
  test.each([
    ["the same headline", "Fähre läuft vor Amrum auf Grund", "Fähre läuft vor Amrum auf Grund"],
    ["another kicker", "Schifffahrt: Fähre läuft vor Amrum auf Grund", "Nordsee:Fähre läuft vor Amrum auf Grund"],
    ["no kicker", "Nordsee: Fähre läuft vor Amrum auf Grund", "Fähre läuft vor Amrum auf Grund"],
    [
      "other quotation marks",
      "«Alles sicher»: Fähre läuft vor Amrum auf Grund",
      "„Alles sicher“: Fähre läuft vor Amrum auf Grund",
    ],
    ["a paywall mark", "Fähre läuft vor Amrum auf Grund", "FAZ+ | Fähre läuft vor Amrum auf Grund"],
    [
      "a number after the kicker",
      "Unfall: 66-Jährige stürzt vom Pferd und bleibt unverletzt",
      "66-Jährige stürzt vom Pferd und bleibt unverletzt",
    ],
  ])("title-key: %s", (_, first, second) => {
    const { original, decision, reason, story } = afterTelling({ title: first }, { title: second, hour: 2 });

    expect(decision.copyOf).toBe(original);
    expect(reason?.rule).toBe("title-key");
    expect(decision.story, "a copy joins its original's story").toBe(story);
  });

  test("near-text: one letter more, one hyphen less", () => {
    const { original, decision, reason } = afterTelling(
      { title: "Kassenärztechef verlangt Gebühr bei jedem Besuch in der Praxis" },
      { title: "Kassenärzte-Chef verlangt Gebühr bei jedem Besuch in der Praxis", hour: 1 },
    );

    expect(decision.copyOf).toBe(original);
    expect(reason).toMatchObject({ rule: "near-text", evidence: { likeness: expect.any(Number) } });
  });

  test("title-key: the headline that a page's address still carries", () => {
    const { original, decision } = afterTelling(
      { title: "Größere Schäden nach Sturm über der Eifel" },
      {
        title: "Sturm wütet",
        url: "https://bote.example/panorama/groessere-schaeden-nach-sturm-ueber-der-eifel-4172991.html",
      },
    );

    expect(decision.copyOf).toBe(original);
  });

  test("permalink: the same page in another feed of the publisher, whatever it is titled there", () => {
    const url = "https://kurier.example/wirtschaft/werft-a-17";
    const { original, decision, reason } = afterTelling(
      { title: "Werft in Not", url },
      { title: "Warum die Werft keine Aufträge mehr hat", url, publisher: "kurier" },
    );

    expect(decision.copyOf).toBe(original);
    expect(reason?.rule).toBe("permalink");
  });

  test("wire-id: the agency's number in the address, with a similar headline", () => {
    const urn = "dpa.urn-newsml-dpa-com-20090101-260302-930-111222";
    const { original, decision, reason } = afterTelling(
      { title: "Regierung einigt sich auf Haushalt für das Jahr", url: `https://kurier.example/p/x-${urn}` },
      { title: "Regierung einigt sich auf neuen Haushalt für das Jahr", url: `https://bote.example/n/${urn}` },
    );

    expect(decision.copyOf).toBe(original);
    expect(reason?.rule).toBe("wire-id");
  });

  test("a copy of a copy is a copy of the first", () => {
    const room = new Newsroom();
    const [first, , third] = room.tell(
      { publisher: "a", title: "Zoo zählt seine Pinguine an einem Vormittag" },
      { publisher: "b", title: "Inventur: Zoo zählt seine Pinguine an einem Vormittag" },
      { publisher: "c", title: "Tiere: Inventur: Zoo zählt seine Pinguine an einem Vormittag" },
    );

    expect(room.on(third).copyOf).toBe(first);
  });
});

describe("an item is no copy", () => {
  test.each([
    [
      "another sign",
      "Wochenhoroskop für Skorpion: So werden Ihre nächsten Tage",
      "Wochenhoroskop für Jungfrau: So werden Ihre nächsten Tage",
    ],
    [
      "another Land",
      "Viele Unfälle wegen Glätte in Niedersachsen am Morgen",
      "Viele Unfälle wegen Glätte in Sachsen am Morgen",
    ],
    [
      "half of a Land's name",
      "Viele Unfälle wegen Glätte am Morgen in Sachsen",
      "Viele Unfälle wegen Glätte am Morgen in Sachsen-Anhalt",
    ],
    ["another town", "Zwei Verletzte bei Brand in Wohnhaus in Kassel", "Zwei Verletzte bei Brand in Wohnhaus in Kiel"],
    [
      "another count",
      "Zwei Verletzte bei Brand in einem Wohnhaus am Hafen",
      "Drei Verletzte bei Brand in einem Wohnhaus am Hafen",
    ],
    [
      "another part",
      "Preise am Großmarkt, Obst und Gemüse, Teil 2 von 4",
      "Preise am Großmarkt, Obst und Gemüse, Teil 3 von 4",
    ],
    [
      "another weekday",
      "So wird das Wetter am Dienstag in der ganzen Region",
      "So wird das Wetter am Mittwoch in der ganzen Region",
    ],
    [
      "another day in history",
      "Kalenderblatt: Was geschah am 30. Dezember?",
      "Kalenderblatt: Was geschah am 31. Dezember?",
    ],
    [
      "another event under one form",
      "Brand im Museum: Was wir wissen und was nicht",
      "Absturz am Flughafen: Was wir wissen und was nicht",
    ],
  ])("with %s", (_, first, second) => {
    const { decision } = afterTelling({ title: first }, { title: second });

    expect(decision.copyOf).toBeUndefined();
  });

  test("when it comes more than 72 hours later", () => {
    const title = "Fähre läuft vor Amrum auf Grund";
    const { decision } = afterTelling({ title }, { title, hour: 73 });

    expect(decision.copyOf).toBeUndefined();
  });

  test("when it is the publisher's column of the next day", () => {
    const room = new Newsroom();
    const [monday, same, tuesday, copy] = room.tell(
      { publisher: "kurier", title: "Kolumne am Morgen: Das Streiflicht", hour: 0 },
      { publisher: "bote", title: "Kolumne am Morgen: Das Streiflicht", hour: 1 },
      { publisher: "kurier", title: "Kolumne am Morgen: Das Streiflicht", hour: 24 },
      { publisher: "bote", title: "Kolumne am Morgen: Das Streiflicht", hour: 25 },
    );

    expect(room.on(same).copyOf).toBe(monday);
    expect(room.on(tuesday).copyOf).toBeUndefined();
    expect(room.on(copy).copyOf, "the others copy the newest").toBe(tuesday);
  });

  test("when the publisher itself tells it again on another page: that is one story all the same", () => {
    const title = "Das sind die Filme und Serien, auf die wir uns im März freuen";
    const { decision, story } = afterTelling(
      { title, url: "https://kurier.example/tv/neu-1" },
      { title, url: "https://kurier.example/video/neu-2", publisher: "kurier" },
    );

    expect(decision.copyOf).toBeUndefined();
    expect(decision.story).toBe(story);
  });

  test("when the agency has written its report anew: that is one story all the same", () => {
    const urn = "dpa.urn-newsml-dpa-com-20090101-260302-930-111222";
    const { decision, story } = afterTelling(
      { title: "Mehrere Tote bei Explosion in einem Hotel", url: `https://kurier.example/p/x-${urn}` },
      {
        title: "Schah von Phantasien äußert sich zum Unglück",
        url: `https://kurier.example/p/y-${urn}`,
        publisher: "kurier",
      },
    );

    expect(decision.copyOf).toBeUndefined();
    expect(decision.story).toBe(story);
  });

  test("of a text in another language", () => {
    const title = "Taylor Swift: The Eras Tour in Wien";
    const { decision } = afterTelling({ title, language: "de" }, { title, language: "en" });

    expect(decision.copyOf).toBeUndefined();
  });

  test("because both pages link to the publisher's home", () => {
    const url = "https://kurier.example/";
    const { decision } = afterTelling(
      { title: "Heute regnet es", url },
      { title: "Morgen wird gewählt", url, publisher: "kurier" },
    );

    expect(decision.copyOf).toBeUndefined();
  });
});

test("who takes over others' headlines one after the other is not what they are copies of", () => {
  const newsroom = new Newsroom();
  const rivals = ["Fähre läuft vor Amrum auf Grund", "Imker beklagen das nasse Frühjahr im Norden"];
  newsroom.tell(...rivals.map((title, n) => ({ id: `r${n}`, title, publisher: "kurier" })));
  const [thief] = newsroom.tell({
    id: "thief",
    title: "Ein Anfang, der noch niemandem gehört",
    publisher: "dieb",
    hour: 1,
  });
  for (const title of rivals)
    newsroom.take({ kind: "revised", item: itemOf({ id: "thief", title, publisher: "dieb", hour: 1 }) });

  const ids = newsroom.tell(...rivals.map((title) => ({ title, publisher: "bote", hour: 2 })));

  expect(ids.map((id) => newsroom.on(id).copyOf)).toEqual(["r0", "r1"]);
  expect(newsroom.on(thief).copyOf).toBeUndefined();
});
