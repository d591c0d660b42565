import { describe, expect, test } from "vitest";
import { itemOf, Newsroom, type Sketch } from "./entries.ts";

function storiesOf(sketches: readonly Sketch[]): readonly string[] {
  const room = new Newsroom();
  const ids = room.tell(...sketches.map((sketch, at) => ({ publisher: `p${at}`, hour: at / 10, ...sketch })));
  return ids.map((id) => room.on(id).story);
}

const distinct = (all: readonly string[]): number => new Set(all).size;

describe("one event is one story", () => {
  test("told by several publishers in their own words", () => {
    const stories = storiesOf([
      {
        title: "Meteorit schlägt bei Nördlingen ein",
        teaser: "Ein Meteorit hat im Ries einen Krater gerissen, sagt die Sternwarte Violau.",
      },
      {
        title: "Krater im Ries: Sternwarte bestätigt Meteoriten",
        teaser: "Bei Nördlingen ist ein Meteorit eingeschlagen.",
      },
      { title: "Was über den Meteoriten von Nördlingen bekannt ist", teaser: "Der Krater im Ries misst zwölf Meter." },
    ]);

    expect(distinct(stories)).toBe(1);
  });

  test("in English headlines without teasers", () => {
    const stories = storiesOf([
      { language: "en", title: "Meteorite punches crater into Dorset cricket ground" },
      { language: "en", title: "Dorset cricket ground hit by meteorite, crater fenced off" },
      { language: "en", title: "Crater at cricket ground in Dorset draws meteorite hunters" },
    ]);

    expect(distinct(stories)).toBe(1);
  });

  test("with a reason that names the words they share", () => {
    const room = new Newsroom();
    const [, second] = room.tell(
      { title: "Meteorit schlägt bei Nördlingen ein", teaser: "Der Krater im Ries misst zwölf Meter." },
      {
        title: "Krater im Ries: Sternwarte bestätigt Meteoriten",
        teaser: "Bei Nördlingen ist ein Meteorit eingeschlagen.",
      },
    );

    expect(room.reason(second, "story")).toMatchObject({
      rule: "centroid",
      evidence: { likeness: expect.any(Number), shared: expect.arrayContaining(["Krater", "Ries"]) },
    });
  });

  test("where nearly the same headline is told by another hand", () => {
    const room = new Newsroom();
    const [first, second] = room.tell(
      {
        publisher: "a",
        title: "40 Menschen sterben bei Hochwasser am Oberlauf – viele Opfer noch nicht identifiziert",
      },
      { publisher: "b", title: "40 Tote bei Hochwasser am Oberlauf – viele Opfer noch nicht identifiziert" },
    );

    expect(room.on(second).story).toBe(room.on(first).story);
    expect(room.on(second).copyOf).toBeUndefined();
    expect(room.reason(second, "story")?.rule).toBe("near-title");
  });
});

describe("what happens every day somewhere makes no chain", () => {
  const towns = ["Celle", "Jena", "Husum", "Gera", "Trier", "Passau", "Emden", "Zwickau", "Konstanz", "Wismar"];

  test.each([
    ["accidents", (town: string) => `Unfall: Autofahrer prallt bei ${town} gegen Baum und wird schwer verletzt`],
    ["fires", (town: string) => `Feuerwehr löscht Brand in Wohnhaus in ${town} – zwei Verletzte`],
    ["weather", (town: string) => `Wetter in ${town}: Schnee, Glätte und Wind am Wochenende`],
    ["New Year's Eve", (town: string) => `Silvester in ${town}: Polizei zieht ruhige Bilanz nach Feuerwerk`],
    ["baby names", (town: string) => `Das sind die beliebtesten Vornamen in ${town}`],
  ])("%s", (_, headline) => {
    const stories = storiesOf(towns.map((town) => ({ title: headline(town) })));

    expect(distinct(stories)).toBeGreaterThanOrEqual(towns.length - 2);
  });

  test("horoscopes", () => {
    const signs = ["Widder", "Stier", "Krebs", "Löwe", "Jungfrau", "Waage", "Skorpion"];
    const stories = storiesOf(
      signs.map((sign) => ({ title: `Wochenhoroskop für ${sign}: So werden Ihre nächsten Tage` })),
    );

    expect(distinct(stories)).toBe(signs.length);
  });

  test("one town's name alone", () => {
    const stories = storiesOf([
      { title: "Magdeburg bekommt eine neue Schwimmhalle" },
      { title: "Magdeburg gewinnt das Derby im Handball" },
      { title: "Magdeburg trauert um seinen Kantor" },
      { title: "Straßenbahn in Magdeburg fährt öfter" },
    ]);

    expect(distinct(stories)).toBe(4);
  });
});

describe("one word makes no story", () => {
  test("where two single texts share it, however much of their titles it is", () => {
    const stories = storiesOf([
      { title: "Ruderer staunen über Gegenverkehr" },
      { title: "Scheinwerfer blenden den Gegenverkehr" },
      { title: "Leuchttürme bekommen neue Linsen" },
    ]);

    expect(distinct(stories)).toBe(3);
  });

  test.each([
    ["a contest's", ["Darts-WM: Merk wirft im Finale", "Fußball-WM: Kader bis Mai benannt", "WM im Curling beginnt"]],
    ["a subject's", ["KI malt wie Rembrandt", "KI berät beim Hausbau", "Lehrer streiten über KI"]],
    ["a club's", ["Eintracht verleiht Angreifer", "Eintracht baut Kabinen um", "Eintracht ehrt Platzwart"]],
  ])("%s", (_, titles) => {
    const stories = storiesOf(titles.map((title) => ({ title })));

    expect(distinct(stories)).toBe(titles.length);
  });

  test("but two words do, and then the first text's word alone brings the next", () => {
    const stories = storiesOf([
      { title: "Flamingo aus Krefelder Zoo entkommen", teaser: "Der Flamingo Ferdinand flog über den Zaun." },
      { title: "Entkommener Flamingo Ferdinand im Hafen gesichtet" },
      { title: "Ferdinand, der Flamingo, lässt sich nicht fangen" },
    ]);

    expect(distinct(stories)).toBe(1);
  });
});

describe("a story", () => {
  test("is over when nothing joined it for 72 hours", () => {
    const room = new Newsroom();
    const [first, late] = room.tell(
      { title: "Meteorit schlägt bei Nördlingen ein", teaser: "Der Krater im Ries misst zwölf Meter.", hour: 0 },
      { title: "Krater im Ries: Meteorit von Nördlingen geborgen", teaser: "Der Krater misst zwölf Meter.", hour: 80 },
    );

    expect(room.on(late).story).not.toBe(room.on(first).story);
  });

  test("that is full begins a new chapter, and says so", () => {
    const room = new Newsroom();
    const teaser = "Der Meteorit von Nördlingen riss einen Krater im Ries, sagt die Sternwarte Violau.";
    const ids = Array.from({ length: 130 }, (_, at) =>
      room.tell({ title: `Bericht${at}`, teaser, hour: at / 10 }),
    ).flat();

    const { story } = room.on(ids[0]);
    const inFirst = ids.filter((id) => room.on(id).story === story);
    const [chapter] = room.reasons("story").filter(({ rule }) => rule === "chapter");

    expect(inFirst).toHaveLength(120);
    expect(chapter?.evidence).toEqual({ after: story });
  });

  test("that is full lets the next chapter take along what it told of the same event, and says so", () => {
    const room = new Newsroom();
    const teaser = "Der Meteorit von Nördlingen riss einen Krater im Ries, sagt die Sternwarte Violau.";
    const bids = "Meteorit von Nördlingen, der den Krater im Ries riss, kommt bei Auktionshaus Hoyer unter den Hammer.";
    const tell = (title: string, at: number, about: string) => room.tell({ title, hour: at / 10, teaser: about })[0];
    tell("Krater im Ries", 0, teaser);
    const report = tell("Nördlingen: Meteorit wird versteigert", 1, bids);
    const others = Array.from({ length: 120 }, (_, at) => tell(`Bericht${at}`, 2 + at, teaser));
    const { story: full } = room.on(others[60]);
    expect(room.on(report).story).toBe(full);

    const next = tell("Meteorit versteigert", 123, bids);

    expect(room.on(next).story).not.toBe(full);
    expect(room.on(report).story).toBe(room.on(next).story);
    expect(room.on(others[60]).story).toBe(full);
    expect(room.reason(report, "story")).toMatchObject({ rule: "along", evidence: { after: full } });
  });

  test("is announced under its first item's id, which no other live story may use", () => {
    const room = new Newsroom();
    const iri = "https://kurier.example/guid/1";
    const [first, second] = room.tell(
      { title: "Meteorit schlägt bei Nördlingen ein", iri },
      { title: "Kanzlerin eröffnet Orgelfestival an der Küste", iri },
    );

    expect(room.on(first).storyIri).toBe(iri);
    expect(room.on(second).storyIri).toBe(`tag:ressort,2026:story/${room.on(second).story}`);
  });

  test("that merges into an earlier one leaves an alias and moves every item, never to return", () => {
    const room = new Newsroom();
    const [a, b] = room.tell(
      {
        publisher: "a",
        title: "Sternwarte Violau meldet Feuerball über dem Ries",
        teaser: "Astronomen rechnen mit Bruchstücken.",
      },
      {
        publisher: "b",
        title: "Bauer findet Loch im Acker bei Nördlingen",
        teaser: "Ein Loch im Acker gibt Rätsel auf.",
      },
    );
    expect(room.on(b).story).not.toBe(room.on(a).story);
    const before = room.on(b).story;

    const outcomes = Array.from({ length: 12 }, (_, at) =>
      room.take({
        kind: "new",
        item: {
          ...itemOf({ publisher: `p${at}`, hour: 1 + at / 10, title: "" }),
          title:
            at % 2 === 0
              ? "Feuerball über dem Ries: Loch im Acker bei Nördlingen"
              : "Sternwarte Violau: Bruchstücke im Acker bei Nördlingen",
          teaser: `Astronomen der Sternwarte Violau prüfen das Loch im Acker, Teil ${at} der Untersuchung am Ries.`,
        },
      }),
    );

    const aliases = outcomes.flatMap((outcome) => outcome.aliases);
    expect(aliases).toContainEqual({ from: before, into: room.on(a).story });
    expect(outcomes.flatMap((outcome) => outcome.moved).map(({ item }) => item)).toContain(b);
    expect(room.on(b).story).toBe(room.on(a).story);
  });
});

test("a form that is filled in again and again makes no story without end", () => {
  const newsroom = new Newsroom();
  const syllables = [
    "ber",
    "bach",
    "burg",
    "dorf",
    "hausen",
    "kirchen",
    "lingen",
    "menz",
    "rode",
    "stadt",
    "walde",
    "weiler",
  ];
  const name = (n: number): string =>
    [n * 5 + 1, n * 7 + Math.floor(n / 12)].map((one) => syllables[one % 12]).join("");

  const ids = newsroom.tell(
    ...Array.from({ length: 400 }, (_, n) => ({
      title: `Amtliche Warnung vor Sturmböen für Kreis ${name(n).replace(/^./, (first) => first.toUpperCase())}`,
      publisher: "wetter",
      hour: n / 30,
    })),
  );

  const sizes = [...Map.groupBy(ids, (id) => newsroom.on(id).story).values()].map(({ length }) => length);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(150);
});
