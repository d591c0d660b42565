import { describe, expect, test } from "vitest";
import { itemOf, Newsroom, newEntry, type Sketch } from "./entries.ts";

function filed(sketch: Omit<Sketch, "title"> & { readonly title?: string }) {
  const room = new Newsroom();
  const [id] = room.tell({ title: "Neues aus der Anstalt", ...sketch });
  const { rule, evidence } = room.reason(id, "section") ?? {};
  return { section: room.on(id).section, rule, evidence };
}

describe("an item's section is, surest first", () => {
  test("its feed's, whatever its categories say", () => {
    const found = filed({ feedSection: "sport", categories: [{ term: "Politik" }] });

    expect(found).toMatchObject({ section: "sport", rule: "feed-section" });
  });

  test.each([
    ["a label", { term: "Netzwelt" }, "technologie"],
    ["a label within labels", { term: "Nachrichten / Sport > Tischtennis" }, "sport"],
    ["a label for people beside a bare id", { term: "c-17", label: "Feuilleton" }, "kultur"],
    ["an IPTC Media Topic", { term: "medtop:11000000" }, "politik"],
    ["an IPTC Media Topic as an address", { term: "http://cv.iptc.org/newscodes/mediatopic/15000000" }, "sport"],
    ["an IPTC Media Topic below one that we know", { term: "medtop:20000574" }, "politik"],
    ["the nearest of the topics above it", { term: "medtop:20000763" }, "technologie"],
    ["an older code below one that we know", { term: "subj:04003005" }, "technologie"],
    ["a code of IPTC's older tree", { term: "15054000", scheme: "urn:newsml:iptc.org:subject" }, "sport"],
  ])("its publisher's category: %s", (_, category, section) => {
    expect(filed({ categories: [category], url: "https://kurier.example/reise/x" })).toMatchObject({
      section,
      rule: "category",
    });
  });

  test("the section that most of its categories mean", () => {
    const found = filed({ categories: [{ term: "Wirtschaft" }, { term: "Fußball" }, { term: "Bundesliga" }] });

    expect(found).toMatchObject({ section: "sport", evidence: { categories: ["Fußball", "Bundesliga"] } });
  });

  test.each([
    ["two desks", ["Wirtschaft", "Politik"], ["politik"]],
    ["two IPTC codes", ["medtop:15000000", "medtop:04000000"], ["wirtschaft"]],
    ["a desk and a form", ["Politik", "Meinung"], ["meinung"]],
  ])("and further ones where its publisher filed it twice: %s", (_, terms, alsoIn) => {
    const room = new Newsroom();
    const [id] = room.tell({ title: "Neues aus der Anstalt", categories: terms.map((term) => ({ term })) });

    expect(room.on(id).alsoIn).toEqual(alsoIn);
  });

  test.each([
    ["for a keyword", ["Sport", "Deutschland"]],
    ["for all desks at once", ["Sport", "Politik", "Wirtschaft", "Kultur"]],
    ["for one desk", ["Sport", "Fußball"]],
  ])("but none %s", (_, terms) => {
    const room = new Newsroom();
    const [id] = room.tell({ title: "Neues aus der Anstalt", categories: terms.map((term) => ({ term })) });

    expect(room.on(id).section).toBe("sport");
    expect(room.on(id).alsoIn).toBeUndefined();
  });

  test.each([
    [
      "a segment",
      "https://kurier.example/aktuell/wirtschaft/unternehmen/werft-17.html",
      "wirtschaft",
      "wirtschaft/unternehmen",
    ],
    [
      "the longest run before the leftmost segment",
      "https://kurier.example/panorama/leute/graf-heiratet-a-1",
      "unterhaltung",
      "panorama/leute",
    ],
    ["the leftmost of single segments", "https://kurier.example/politik/geheimes/sport-1", "politik", "politik"],
    [
      "a segment in a publisher's spelling",
      "https://kurier.example/infoline_nt/Politik__Inland_/article1/x.html",
      "politik",
      "politik-inland",
    ],
    ["a label of the host", "https://sport.kurier.example/a/1", "sport", "sport"],
    ["a host that has but one subject", "https://www.kicker.de/a-1/artikel", "sport", "kicker.de"],
  ])("its address: %s", (_, url, section, path) => {
    expect(filed({ url })).toMatchObject({ section, rule: "url-path", evidence: { path } });
  });

  test("the word that stood before its title", () => {
    expect(filed({ sectionWord: "Finanzen" })).toMatchObject({
      section: "finanzen",
      rule: "section-word",
      evidence: { word: "Finanzen" },
    });
  });

  test("none where nothing tells", () => {
    expect(filed({ url: "https://kurier.example/2026/03/neues-aus-der-anstalt" }).section).toBeUndefined();
  });
});

/** When the stories of the taught press are over, and only its words are remembered. */
const LATER = 80;

/** A press that files what it writes, so that the desk can learn. */
function taught(): Newsroom {
  const room = new Newsroom();
  const words = {
    sport: [
      "Torwart",
      "Elfmeter",
      "Abseits",
      "Trainerbank",
      "Nachspielzeit",
      "Tabellenführer",
      "Auswärtssieg",
      "Stürmer",
    ],
    kultur: ["Geigerin", "Sinfonie", "Premiere", "Intendant", "Ensemble", "Uraufführung", "Dirigent", "Libretto"],
    politik: [
      "Koalition",
      "Abgeordnete",
      "Gesetzentwurf",
      "Ministerin",
      "Fraktion",
      "Plenum",
      "Kabinett",
      "Opposition",
    ],
  };
  for (const [section, all] of Object.entries(words)) {
    for (let at = 0; at < 40; at += 1) {
      const pick = (step: number) => all[(at * step + step) % all.length];
      room.tell({
        title: `${pick(1)} ${pick(3)} ${pick(5)} ${at}`,
        publisher: `p${at % 5}`,
        url: `https://p.example/${section}/${section}-${at}`,
      });
    }
  }
  return room;
}

describe("an item that nobody filed", () => {
  const title = "Gremium ringt um Vorfahrt auf Kanälen";

  test("follows the publishers of the same text, also when they come later", () => {
    const room = taught();
    const [unfiled] = room.tell({ title: "Koalition vertagt Gesetzentwurf im Plenum erneut", publisher: "bote" });
    room.tell({
      title: "Wasserstraßen: Koalition vertagt Gesetzentwurf im Plenum erneut",
      publisher: "kurier",
      url: "https://kurier.example/politik/a",
    });
    room.tell({
      title: "Koalition vertagt Gesetzentwurf im Plenum erneut",
      publisher: "merkur",
      url: "https://merkur.example/politik/b",
    });

    expect(room.on(unfiled).section).toBe("politik");
    expect(room.reason(unfiled, "section")?.rule).toBe("copies");
  });

  test("is filed by what it reads like once the desk has learned", () => {
    const room = taught();
    const [unfiled] = room.tell({
      title: "Stürmer trifft in der Nachspielzeit: Auswärtssieg für den Tabellenführer",
      publisher: "bote",
      hour: LATER,
    });

    expect(room.on(unfiled).section).toBe("sport");
    expect(room.reason(unfiled, "section")).toMatchObject({
      rule: "text",
      evidence: { probability: expect.any(Number) },
    });
  });

  test.each([
    ["de", "Bundesliga: Stürmer trifft in der Nachspielzeit zum Auswärtssieg", "sport"],
    ["de", "Koalition streitet im Bundestag über Gesetzentwurf der Ministerin", "politik"],
    ["en", "Striker scores twice as goalkeeper saves penalty in cup final", "sport"],
    ["fr", "Le gardien arrête trois tirs au but", undefined],
  ])("is filed by typical words where the desk has read nothing yet: %s, %s", (language, title, section) => {
    const room = new Newsroom();
    const [unfiled] = room.tell({ title, language, publisher: "bote" });

    expect(room.on(unfiled).section).toBe(section);
  });

  test("is looked at again once the desk has learned, a few with each item that teaches", () => {
    // given items of words that the desk does not know, in ever other pairs
    const room = new Newsroom();
    const word = (start: string, at: number) =>
      start + [...String(at)].map((digit) => "bdfgklmnpr"[Number(digit)]).join("a");
    const pairs = Array.from({ length: 36 }, (_, a) =>
      Array.from({ length: a }, (_, b) => [word("Quo", a), word("Quo", b)]),
    ).flat();
    const titles = pairs.map((pair, at) => [...pair, word("Ersi", at), word("Zitu", at)].join(" "));
    const unfiled = room.tell(...titles.filter((_, at) => at % 2 === 0).map((title) => ({ title, publisher: "bote" })));
    expect(unfiled.some((id) => room.on(id).section !== undefined)).toBe(false);

    // when others file what has them
    const outcomes = titles
      .filter((_, at) => at % 2 === 1)
      .map((title, at) =>
        room.take(newEntry({ title, publisher: "kurier", url: `https://kurier.example/sport/${at}` })),
      );

    // then they are filed too, and no single item made the desk tell them all
    expect(unfiled.filter((id) => room.on(id).section === "sport").length).toBeGreaterThan(0.9 * unfiled.length);
    expect(Math.max(...outcomes.map(({ decisions }) => decisions.length))).toBeLessThan(50);
  });

  test("stays unfiled where its words are news to the desk", () => {
    const room = taught();
    const [unfiled] = room.tell({ title, publisher: "bote" });

    expect(room.on(unfiled).section).toBeUndefined();
  });

  test("is told its new section when votes change it", () => {
    const room = taught();
    const text = "Ensemble, Stürmer und Ministerin feiern zusammen Fasching";
    const [unfiled] = room.tell({ title: text, publisher: "bote", hour: LATER });
    expect(room.on(unfiled).section).toBeUndefined();

    const outcomes = ["a", "b", "c", "d"].map((publisher) =>
      room.take({
        kind: "new",
        item: itemOf({ title: text, publisher, hour: LATER, url: `https://${publisher}.example/kultur/x` }),
      }),
    );

    expect(outcomes.flatMap(({ decisions }) => decisions).map(({ item }) => item)).toContain(unfiled);
    expect(room.on(unfiled).section).toBe("kultur");
  });

  test("does not become opinion or local because others filed it there: those say how and where, not what", () => {
    const room = new Newsroom();
    const [unfiled] = room.tell({ title, publisher: "bote" });
    for (const publisher of ["a", "b", "c", "d"])
      room.tell({ title, publisher, url: `https://${publisher}.example/meinung/x` });

    expect(room.on(unfiled).section).toBeUndefined();
  });
});
