import { describe, expect, test } from "vitest";
import { openDesk, restoreDesk } from "../../src/desk/desk.ts";
import type { ItemId } from "../../src/model/ids.ts";
import { HOUR, MINUTE } from "../../src/model/time.ts";
import { MORNING, Newsroom, newEntry, SETTINGS, type Sketch } from "./entries.ts";

const YEAR = 365 * 24;
const FERRY = "Fähre Uthlande strandet vor Amrum im dichten Nebel";
const ORGAN = "Orgel der Marienkirche in Husum verstummt nach Wasserschaden";
const METEORITE = "Meteorit schlägt bei Nördlingen in ein Maisfeld ein";

/** Two hours of news by a right clock, and one by a clock that is a year ahead. */
function deskWithAClockAhead() {
  const room = new Newsroom();
  const [ferry] = room.tell({ title: FERRY }, ...many("vorher", 100, 1));
  const [organ] = room.tell({ title: ORGAN, hour: YEAR + 2 }, ...many("dann", 100, YEAR + 2));
  return { room, ferry, organ };
}

/** Stories of their own, in an hour. */
const many = (word: string, count: number, hour: number): readonly Sketch[] =>
  Array.from({ length: count }, (_, n) => ({
    title: `${word}${n}x ${word}${n}y ${word}${n}z`,
    hour: hour + n / count,
  }));

const NOW = MORNING + 3 * HOUR;

describe("a desk that a clock has told of the next year, once it is set back", () => {
  test("knows copies again: of what came before, of what came then, and of what comes now", () => {
    const { room, ferry, organ } = deskWithAClockAhead();

    expect(room.desk.setBack(NOW)).toBe(true);

    const [again, organAgain, meteorite, copy] = room.tell(
      { title: FERRY, publisher: "bote", hour: 3 },
      { title: ORGAN, publisher: "bote", hour: 3 },
      { title: METEORITE, hour: 3 },
      { title: METEORITE, publisher: "bote", hour: 4 },
    );
    expect([again, organAgain, copy].map((id) => room.on(id).copyOf)).toEqual([ferry, organ, meteorite]);
    expect([again, organAgain].map((id) => room.on(id).story)).toEqual([ferry, organ].map((id) => room.on(id).story));
  });

  test("has forgotten nothing of the time before, and forgets all in its time", () => {
    const { room } = deskWithAClockAhead();
    expect(room.desk.size).toMatchObject({ items: 202 });
    room.desk.setBack(NOW);

    for (const hour of [20, 40, 60, 76]) room.tell(...many(`später${hour}`, 10, hour));

    expect(room.desk.size).toMatchObject({ items: 40 });
  });

  test("decides as one does that is restored from its snapshot", () => {
    const { room } = deskWithAClockAhead();
    room.desk.setBack(NOW);
    const restored = restoreDesk(SETTINGS, room.desk.snapshot());
    const next = [
      { title: FERRY, publisher: "bote" },
      { title: METEORITE },
      ...many("später", 40, 20),
      ...many("zuletzt", 40, 90),
    ].map((sketch) => newEntry({ hour: 3, ...sketch }));

    expect(next.map((entry) => restored?.take(entry))).toEqual(next.map((entry) => room.take(entry)));
    expect(restored && [...restored.snapshot()]).toEqual([...room.desk.snapshot()]);
    // no time of the next year is left
    expect([...room.desk.snapshot()].join("\n")).not.toMatch(
      new RegExp(`\\b${String(MORNING + YEAR * HOUR).slice(0, 4)}\\d{9}\\b`),
    );
  });

  test("still refers to earlier stories", () => {
    const room = new Newsroom();
    const stranded = { title: FERRY, teaser: "Die Uthlande der Reederei Wyker Dampfschiff liegt auf einer Sandbank." };
    const before = room.tell(...many("anfangs", 10, 0), stranded).at(-1);
    room.tell(...many("danach", 10, 96), { title: ORGAN, hour: YEAR + 97 });
    room.desk.setBack(MORNING + 98 * HOUR);

    const [later] = room.tell({
      title: "Seeamt untersucht Strandung der Uthlande",
      teaser: "Reederei Wyker Dampfschiff räumt Fehler des Kapitäns ein.",
      hour: 99,
    });

    expect(room.on(later).related?.map(({ story }) => story)).toEqual([storyOf(room, before)]);
  });
});

const storyOf = (room: Newsroom, id: ItemId | undefined) => room.on(id).story;

test("a desk whose clock was never ahead is not set back, nor for what clocks may differ by", () => {
  const room = new Newsroom();
  room.tell({ title: FERRY }, ...many("heute", 10, 1));
  const before = [...room.desk.snapshot()];

  expect([NOW, MORNING + 2 * HOUR - MINUTE].map((now) => room.desk.setBack(now))).toEqual([false, false]);
  expect(openDesk(SETTINGS).setBack(NOW)).toBe(false);
  expect([...room.desk.snapshot()]).toEqual(before);
});

test("a desk that first heard of a time by a clock that was ahead is set back, too", () => {
  const room = new Newsroom();
  const [ferry] = room.tell({ title: FERRY, hour: YEAR });

  room.desk.setBack(NOW);

  const [copy] = room.tell({ title: FERRY, publisher: "bote", hour: 4 });
  expect(room.on(copy).copyOf).toBe(ferry);
});

test("a clock that is behind all that the desk knows sets nothing back", () => {
  const room = new Newsroom();
  room.tell({ title: FERRY }, ...many("heute", 10, 20), ...many("morgen", 10, 40));

  expect([0, MORNING - HOUR].map((now) => room.desk.setBack(now))).toEqual([false, false]);
});

test("a desk that hears news but once a night forgets what the window had passed the night before", () => {
  const room = new Newsroom();

  for (let night = 0; night < 12; night += 1) room.tell(...many(`nacht${night}`, 50, night * 25));

  expect(room.desk.size.items).toBeLessThanOrEqual(5 * 50);
});
