import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { HOUR, MINUTE } from "../../src/model/time.ts";
import { eventually } from "../support/test-settings.ts";
import { document, ownPiece, type Piece } from "./day-houses.ts";
import { add, BEST, edit, MORNING_STORIES, type Newsstand, OWN, openNewsstand } from "./day-newsstand.ts";
import { storyOf } from "./day-readers.ts";

/**
 * A day as feed readers live it, in order: ten publishers do what publishers do, and after each step every reader polls
 * what is served, with a parser that is not ours, and keeps what it has shown by its id. print() and poll() fail where
 * one is shown a story twice.
 */

const FERRY = "Fähre Uthlande läuft vor Amrum im Nebel auf Grund";
const KICKERS = ["", "Schifffahrt: ", "Nordsee: ", "Unglück: ", "Nebel: ", "FAZ+ | ", "Nordfriesland: ", "Amrum: ", ""];
const CREDITS: readonly Partial<Piece>[] = [
  { teaser: "Amrum (dpa) - Die Fähre liegt fest, niemand ist verletzt." },
  { teaser: "Die Fähre liegt fest. Die Rettung läuft. (dpa/lno)" },
  { author: "dpa" },
  { teaser: "Amrum/dpa – 43 Menschen warten an Bord." },
  { teaser: "Menschen warten an Bord auf Hilfe. Mit Material von dpa" },
];
const METEORITE = "Meteorit schlägt bei Nördlingen in ein Maisfeld ein";

/** Every change that is news, by story, as it comes. */
const updates: string[] = [];
let stand: Newsstand;

beforeAll(async () => {
  stand = await openNewsstand();
}, 60_000);

afterAll(() => stand[Symbol.asyncDispose]());

describe("ten publishers' day, in a subscriber's reader", { timeout: 60_000 }, () => {
  test("the morning's papers: each story is shown once", async () => {
    await stand.poll(...stand.houses);

    for (const { announced } of stand.readers()) expect(announced.size).toBe(MORNING_STORIES);
  });

  test("an agency's text in nine papers is one entry, led by who had it first", async () => {
    const [first, ...others] = stand.houses.filter(({ id }) => id !== BEST).map((one, n) => add(one, ferry(n)));
    if (first === undefined) throw new Error("no houses");

    for (const printed of [[first], others.slice(0, 4), others.slice(4)]) {
      await stand.print(...printed);
      stand.leads("Uthlande", "bote");
    }
  });

  test("the best paper prints it last and leads it under the same id, and the nine others are named", async () => {
    const best = add(stand.house(BEST), { ...ferry(0), guid: "own", author: "Ada Lind" });

    await stand.updates("Uthlande", () => stand.print(best));

    updates.push("Uthlande");
    stand.leads("Uthlande", BEST, FERRY);
    for (const reader of stand.readers())
      for (const { id, title } of stand.houses)
        if (id !== BEST) expect(reader.find("Uthlande")?.html, reader.format).toContain(`>${title}</a>`);
  });

  test("new guids for old pages are no news", async () => {
    for (const take of [1, 2])
      await stand.print(edit(stand.house("anzeiger"), (piece) => ({ ...piece, guid: `${piece.guid}-${take}` })));
  });

  test("new dates for old pages are no news", async () => {
    await stand.print(edit(stand.house("tagblatt"), (piece) => ({ ...piece, at: Date.now() })));
  });

  test("an edited headline is an update", async () => {
    const { title } = own("rundschau");
    const headline = `${title.split(" ").slice(0, 3).join(" ")} korrigiert`;
    const house = edit(stand.house("rundschau"), (piece) =>
      piece.title === title ? { ...piece, title: headline } : piece,
    );

    await stand.updates(storyOf({ title }), () => stand.print(house));

    updates.push(storyOf({ title }));
    stand.leads(storyOf({ title }), "rundschau", headline);
  });

  test("a lead that is edited, headline and teaser, is an update", async () => {
    const house = edit(stand.house(BEST), (piece) =>
      piece.guid === "own" ? { ...piece, title: `${FERRY} und kommt frei`, teaser: "Die Flut hat geholfen." } : piece,
    );

    await stand.updates("Uthlande", () => stand.print(house));

    updates.push("Uthlande");
    stand.leads("Uthlande", BEST, `${FERRY} und kommt frei`);
  });

  test("a feed that moves for good, with all its pages, leads to the new ones", async () => {
    const moved = edit(stand.house("echo"), (piece) => ({ ...piece, path: `/neu${piece.path}` }));
    moved.server.answer("/rss", document(moved.server, moved.pieces));
    moved.print({ status: 301, headers: { location: moved.server.url("/rss") } });

    await stand.poll(moved);

    for (let n = 0; n < OWN; n += 1) updates.push(storyOf(own("echo", n)));
    for (const reader of stand.readers())
      for (let n = 0; n < OWN; n += 1)
        expect(reader.find(storyOf(own("echo", n)))?.link).toBe(moved.server.url(`/neu${own("echo", n).path}`));
  });

  test("a feed that is lost for a while and comes back brings what is new, and nothing else", async () => {
    const lost = stand.house("post");
    for (const answer of [{ status: 404 }, { status: 200, body: "<html><title>Wartung</title></html>" }]) {
      lost.print(answer);
      await stand.poll(lost);
    }

    await stand.print(add(lost, ownPiece("post", 7, Date.now() + HOUR)));

    for (const { announced } of stand.readers()) expect(announced.size).toBe(MORNING_STORIES + 2);
  });

  test("a piece that is withdrawn leaves, and comes back under its id; teasers revised meanwhile are updates", async () => {
    const house = stand.house("stimme");
    const { title } = own("stimme");
    const taken = storyOf(own("stimme", 1));
    const all = house.pieces;
    house.pieces = all.filter((piece) => storyOf(piece) !== taken);
    for (const edition of ["zweite", "dritte", "vierte", "fünfte"]) {
      const revised = edit(house, (piece) =>
        piece.title === title ? { ...piece, teaser: `Die ${edition} Fassung.` } : piece,
      );
      await stand.updates(storyOf({ title }), () => stand.print(revised));
      updates.push(storyOf({ title }));
      if (edition === "vierte") await stand.twoHoursLater(house);
    }
    for (const reader of stand.readers()) expect(reader.find(taken), reader.format).toBeUndefined();

    house.pieces = all;
    await stand.print(house);

    updates.push(storyOf({ title }), taken);
    for (const reader of stand.readers()) expect(reader.find(taken), reader.format).toBeDefined();
  });

  test("a story that waits is not announced yet, where a subscriber wants to be told at once it is", async () => {
    await stand.print(add(stand.house("presse"), { ...meteorite(), teaser: "Nördlingen (dpa) - Ein Krater." }));

    stand.leads("Nördlingen", "presse");
    for (const reader of stand.readers("geduld")) expect(reader.find("Nördlingen"), reader.format).toBeUndefined();
  });

  test("after a restart an own text takes the lead from a reprint, under the same id", async () => {
    await stand.restart();
    const house = add(stand.house("zeitung"), { ...meteorite(), teaser: "Ein Besuch am Krater.", author: "Ben Ott" });

    await stand.updates("Nördlingen", () => stand.print(house));

    updates.push("Nördlingen");
    stand.leads("Nördlingen", "zeitung");
  });

  test("who waited is told once, by the better one", async () => {
    await eventually("the story is announced", async () => {
      await stand.read();
      return stand.readers("geduld").every((reader) => reader.find("Nördlingen")) || undefined;
    });

    for (const { find, updates: seen } of stand.readers("geduld")) {
      expect(find("Nördlingen")?.link).toContain(stand.house("zeitung").server.url("/"));
      expect(seen).not.toContain("Nördlingen");
    }
  });

  test("in the evening every story is there, shown once, and updated for what was news and nothing else", async () => {
    await stand.poll(...stand.houses);

    for (const reader of [...stand.readers(), ...stand.readers("geduld")]) {
      expect(reader.announced.size, reader.format).toBe(MORNING_STORIES + 3);
      expect(reader.entries(), reader.format).toHaveLength(MORNING_STORIES + 3);
    }
    for (const reader of stand.readers().filter(({ isDated }) => isDated))
      expect(reader.updates.toSorted(), reader.format).toEqual(updates.toSorted());
  });
});

const ferry = (n: number): Piece => ({
  ...{ guid: `dpa-${n}`, path: `/dpa/${n}`, title: `${KICKERS[n]}${FERRY}`, at: Date.now() - MINUTE },
  ...CREDITS[n % CREDITS.length],
});

const meteorite = (): Piece => ({ guid: "met", path: "/met", title: METEORITE, at: Date.now() });

/** What a house had alone in the morning, as it was then. */
const own = (house: string, n = 0): Piece => ownPiece(house, n, stand.openedAt);
