import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openDesk, restoreDesk } from "../../src/desk/desk.ts";
import { itemId } from "../../src/model/ids.ts";
import type { NewsEntry } from "../../src/model/news.ts";
import { HOUR } from "../../src/model/time.ts";
import { itemOf, MORNING, Newsroom, newEntry, SECTIONS, SETTINGS } from "./entries.ts";

const SUBJECTS = [
  "Fähre",
  "Amrum",
  "Meteorit",
  "Nördlingen",
  "Orgel",
  "Kantor",
  "Haushalt",
  "Koalition",
  "Stürmer",
  "Elfmeter",
];
const VERBS = ["strandet", "verschwindet", "siegt", "scheitert", "wartet"];

/** News of a small world: few words, so that copies, stories and merges abound; revisions and withdrawals among them. */
const someNews = fc
  .array(
    fc.record({
      kind: fc.constantFrom("new", "new", "new", "new", "revised", "withdrawn"),
      id: fc.nat(25),
      words: fc.array(fc.nat(SUBJECTS.length - 1), { minLength: 2, maxLength: 6 }),
      verb: fc.nat(VERBS.length - 1),
      publisher: fc.nat(4),
      wait: fc.constantFrom(0, 0.2, 1, 9, 30),
      path: fc.constantFrom(undefined, "sport", "kultur", "politik", "meinung"),
    }),
    { minLength: 2, maxLength: 60 },
  )
  .map((sketches) => {
    let hour = 0;
    return sketches.map(({ kind, id, words, verb, publisher, wait, path }): NewsEntry => {
      hour += wait;
      if (kind === "withdrawn") return { kind, item: itemId(`n${id}`), at: MORNING + hour * HOUR };
      const title = `${words.map((word) => SUBJECTS[word]).join(" ")} ${VERBS[verb]} und alle sehen zu`;
      const url = path === undefined ? {} : { url: `https://p${publisher}.example/${path}/n${id}` };
      const item = itemOf({ id: `n${id}`, title, publisher: `p${publisher}`, hour, ...url });
      return { kind: kind === "revised" ? "revised" : "new", item };
    });
  });

describe("the same entries in the same order", () => {
  test("make the same outcomes, whether or not the desk was put away and restored in between", () => {
    fc.assert(
      fc.property(someNews, fc.nat(), (entries, cut) => {
        const steady = openDesk(SETTINGS);
        let restored = openDesk(SETTINGS);
        entries.forEach((entry, at) => {
          expect(restored.take(entry)).toEqual(steady.take(entry));
          if (at !== cut % entries.length) return;
          const again = restoreDesk(SETTINGS, restored.snapshot());
          if (again === undefined) throw new Error("the desk does not know its own snapshot");
          restored = again;
        });
        expect([...restored.snapshot()]).toEqual([...steady.snapshot()]);
      }),
      { numRuns: 150 },
    );
  });

  test("make the same outcomes at any time of the day and the year: arrivedAt is the only clock", () => {
    const entries = ["Fähre strandet vor Amrum am frühen Morgen", "Meteorit über Nördlingen"].map((title) =>
      newEntry({ title }),
    );
    const one = openDesk(SETTINGS);
    const other = openDesk(SETTINGS);
    const later = (entry: NewsEntry): NewsEntry =>
      entry.kind === "new"
        ? { kind: "new", item: { ...entry.item, arrivedAt: entry.item.arrivedAt + 4321 * HOUR } }
        : entry;

    expect(entries.map((entry) => other.take(later(entry)))).toEqual(entries.map((entry) => one.take(entry)));
  });

  test("taken twice end where they end taken once", () => {
    const room = new Newsroom();
    const entry = newEntry({ title: "Fähre strandet vor Amrum am frühen Morgen" });

    const first = room.take(entry);
    const again = room.take(entry);

    expect(again).toEqual(first);
    expect(room.desk.size.items).toBe(1);
  });
});

describe("a snapshot", () => {
  test.each([
    ["broken", ["{"]],
    ["of another version", [JSON.stringify({ version: 0 })]],
    ["no snapshot", ["[]"]],
    ["null", ["null"]],
    ["empty", []],
  ])("that is %s is refused", (_, snapshot) => {
    expect(restoreDesk(SETTINGS, snapshot)).toBeUndefined();
  });

  test("made under other sections keeps stories and their names; the section that is gone is nobody's", () => {
    const room = new Newsroom();
    const told = room.tell(
      { id: "a", title: "Fähre Uthlande strandet vor Amrum im Nebel", url: "https://a.example/sport/1" },
      { id: "b", title: "Orgel der Marienkirche verstummt", url: "https://a.example/kultur/2" },
    );
    const sections = SECTIONS.filter(({ id }) => id !== "sport");

    const edited = restoreDesk({ sections, publishers: [] }, room.desk.snapshot());
    const again = new Newsroom(edited);
    again.tell(
      { id: "a", title: "Fähre Uthlande strandet vor Amrum im Nebel" },
      { id: "b", title: "Orgel der Marienkirche verstummt" },
    );

    expect(told.map((id) => again.on(id).story)).toEqual(told.map((id) => room.on(id).story));
    expect(told.map((id) => again.on(id).section)).toEqual([undefined, "kultur"]);
  });
});

describe("a revised item", () => {
  test("stays in its story, is decided anew, and is found under its new headline too", () => {
    const room = new Newsroom();
    const [first] = room.tell({ id: "a", title: "Fähre strandet vor Amrum am frühen Morgen", publisher: "a" });
    const { story } = room.on(first);

    const outcome = room.take({
      kind: "revised",
      item: itemOf({
        id: "a",
        title: "Werft in Husum schließt nach hundert Jahren",
        publisher: "a",
        url: "https://a.example/wirtschaft/x",
      }),
    });
    const [copy] = room.tell({ title: "Werft in Husum schließt nach hundert Jahren", publisher: "b" });

    expect(outcome.decisions).toMatchObject([{ item: first, story, section: "wirtschaft" }]);
    expect(room.on(copy)).toMatchObject({ copyOf: first, story });
  });

  test("that the window has passed keeps the decision that it got", () => {
    const room = new Newsroom();
    room.tell(
      { id: "a", title: "Fähre strandet vor Amrum am frühen Morgen" },
      ...[20, 40, 60, 80].map((hour) => ({ title: "Meteorit über Nördlingen", hour })),
    );

    const outcome = room.take({ kind: "revised", item: itemOf({ id: "a", title: "Fähre wieder flott" }) });

    expect(outcome).toEqual({ decisions: [], moved: [], aliases: [], withdrawn: [] });
  });

  test("that the desk never saw is new to it", () => {
    const room = new Newsroom();
    const item = itemOf({ title: "Fähre strandet vor Amrum am frühen Morgen" });

    expect(room.take({ kind: "revised", item }).decisions).toMatchObject([{ item: item.id }]);
  });
});

describe("a withdrawn item", () => {
  test("is named, and no longer found", () => {
    const room = new Newsroom();
    const title = "Fähre strandet vor Amrum am frühen Morgen";
    const [first] = room.tell({ title, publisher: "a" });
    if (first === undefined) throw new Error("nothing was told");

    expect(room.take({ kind: "withdrawn", item: first, at: MORNING }).withdrawn).toEqual([first]);
    const [second] = room.tell({ title, publisher: "b" });

    expect(room.on(second).copyOf).toBeUndefined();
    expect(room.desk.size).toMatchObject({ items: 1, texts: 1, stories: 1 });
  });

  test("leaves its place to the next with the same text, so that no copy is of nothing", () => {
    const room = new Newsroom();
    const title = "Fähre strandet vor Amrum am frühen Morgen";
    const [first, second, third] = room.tell(
      { title, publisher: "a" },
      { title, publisher: "b" },
      { title, publisher: "c" },
    );
    if (first === undefined) throw new Error("nothing was told");

    room.take({ kind: "withdrawn", item: first, at: MORNING });

    expect(room.on(second).copyOf).toBeUndefined();
    expect(room.on(third).copyOf).toBe(second);
  });

  test("that is unknown is named all the same", () => {
    expect(new Newsroom().take({ kind: "withdrawn", item: itemId("x"), at: MORNING }).withdrawn).toEqual(["x"]);
  });
});

test("memory holds a window of 72 hours, however long the desk runs", { timeout: 90_000 }, () => {
  // given 600 hours of a press that writes 100 items an hour out of 20,000 words
  const desk = openDesk(SETTINGS);
  let seed = 7;
  const word = () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return `Wort${(seed >>> 8) % 20_000}`;
  };
  const sizes: (typeof desk.size)[] = [];

  // when they are told
  for (let hour = 0; hour < 600; hour += 1) {
    for (let at = 0; at < 100; at += 1) {
      desk.take(
        newEntry({ title: `${word()} ${word()} ${word()} ${word()} ${word()}`, publisher: `p${at % 7}`, hour }),
      );
    }
    if (hour % 100 === 99) sizes.push(desk.size);
  }

  // then the desk is no larger after 600 hours than after 200
  const [, early] = sizes;
  const late = sizes.at(-1);
  if (early === undefined || late === undefined) throw new Error("nothing was measured");
  expect(late.items).toBeLessThanOrEqual(73 * 100);
  expect(late.texts).toBeLessThanOrEqual(early.texts * 1.02);
  expect(late.stories).toBeLessThanOrEqual(early.stories * 1.05);
  expect(late.terms).toBeLessThanOrEqual(early.terms * 1.1);
});
