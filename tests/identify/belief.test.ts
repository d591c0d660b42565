import { describe, expect, test } from "vitest";
import type { Draft } from "../../src/model/item.ts";
import { HOUR, MINUTE } from "../../src/model/time.ts";
import { NOON, openPress, other, without } from "./press.ts";

const ITEMS = 12;

/** The newest twelve items of a feed that publishes one an hour, as its document of hour `hour` lists them. */
const front = (hour: number, change: (item: Draft, n: number, place: number) => Draft): readonly Draft[] =>
  Array.from({ length: ITEMS }, (_, place) => {
    const n = hour + ITEMS - place;
    return change(other(`n${n}`, { publishedAt: NOON + n * HOUR + 7 * MINUTE }), n, place);
  });

/** What the publisher's software makes of the item in the hour's document. */
type Style = (hour: number) => (item: Draft, n: number, place: number) => Draft;

const good = (item: Draft): Draft => item;
const at = (hour: number) => NOON + (hour + ITEMS + 1) * HOUR;

/** Reads one document an hour; the feed is what `style` makes of it. @returns the titles that were announced */
function run(press: ReturnType<typeof openPress>, from: number, to: number, style: Style) {
  const announced: string[] = [];
  for (let hour = from; hour < to; hour += 1)
    announced.push(...press.read(front(hour, style(hour)), at(hour)).fresh.map(({ title }) => title));
  return announced;
}

describe("guids are no longer believed when", () => {
  test.each<[string, string, string, Style]>([
    [
      "they change with every document",
      "guid-churn",
      "page",
      (hour) => (item, n) => ({ ...item, guid: `${n}-${hour}` }),
    ],
    [
      "they count the places in the document",
      "guid-exchange",
      "page",
      () => (item, _, place) => ({ ...item, guid: String(place) }),
    ],
    [
      "several items share them",
      "guid-collisions",
      "page",
      () => (item, n) => ({ ...item, guid: `urn:${Math.floor(n / 2)}` }),
    ],
    [
      "pages change as well and only text and date stay",
      "page-churn",
      "text",
      (hour) => (item, n) => ({ ...item, guid: `${n}-${hour}`, permalink: `https://paper.example/${hour}/${n}` }),
    ],
  ])("%s: %s", (_, code, by, style) => {
    const press = openPress();

    const announced = run(press, 0, 10, style);

    expect(press.identity()).toMatchObject({ by, because: { code }, recent: expect.stringMatching(/^[.chxp]{1,20}$/) });
    expect(press.identity()?.because?.documents).toBeGreaterThanOrEqual(3);
    expect(announced).toHaveLength(ITEMS + 9);
    expect(new Set(announced).size).toBe(announced.length);
  });

  test("but not for one move to other software", () => {
    const press = openPress();
    run(press, 0, 5, () => good);
    const moved = run(press, 5, 30, () => (item) => ({ ...item, guid: `moved-${item.guid}` }));

    expect(moved).toHaveLength(25);
    expect(press.identity()).toBeUndefined();
  });

  test("but not where there are none", () => {
    const press = openPress();
    run(press, 0, 10, () => (item) => without(item, "guid"));

    expect(press.identity()).toBeUndefined();
  });
});

test("belief comes back after twenty good documents, and no change of it announces anything again", () => {
  const press = openPress();
  const churning = (hour: number) => (item: Draft, n: number) => ({ ...item, guid: `${n}-${hour}` });
  const beliefs: (string | undefined)[] = [];
  const announced: string[] = [];
  for (let round = 0; round < 4; round += 1) {
    announced.push(...run(press, round * 40, round * 40 + 10, churning));
    beliefs.push(press.identity()?.by);
    announced.push(...run(press, round * 40 + 10, round * 40 + 40, () => good));
    beliefs.push(press.identity()?.by);
  }

  expect(beliefs).toEqual(["page", undefined, "page", undefined, "page", undefined, "page", undefined]);
  expect(announced).toHaveLength(ITEMS + 159);
  expect(new Set(announced).size).toBe(announced.length);
});

test("a feed that is known by its pages has a page told anew the day after, alone and under a new guid, as one item", () => {
  const press = openPress();
  const take = (n: number, at: number) =>
    other("a", { guid: `g${n}`, title: `Take ${n}`, teaser: `Take ${n}`, content: "", publishedAt: at });
  run(press, 0, 5, (hour) => (item, n) => ({ ...item, guid: `${n}-${hour}` }));
  press.read([take(0, at(5))], at(5));

  expect(press.read([take(1, at(29))], at(29)).fresh).toEqual([]);
  expect(press.read([take(2, at(53))], at(53)).revised).toMatchObject([{ title: "Take 2" }]);
});

test("where there are no pages, a guid that one item alone has is believed all the same", () => {
  const press = openPress();
  const episode = (item: Draft, n: number) =>
    without({ ...item, guid: n % 4 === 0 ? "none" : (item.guid ?? "") }, "permalink");
  run(press, 0, 6, () => episode);
  expect(press.identity()).toMatchObject({ by: "page", because: { code: "guid-collisions" } });

  const told = press.read(
    front(5, (item, n, place) => ({
      ...episode(item, n),
      ...(place === 0 && { title: "Edited", teaser: "", content: "", publishedAt: at(7) }),
    })),
    at(7),
  );

  expect(told.fresh).toEqual([]);
  expect(told.revised).toMatchObject([{ title: "Edited" }]);
});

test("what is remembered of a feed's guids is bounded, and says since when", () => {
  const press = openPress();
  run(press, 0, 500, (hour) => (item, n) => ({ ...item, guid: `${n}-${hour}` }));

  expect(press.identity()?.recent).toHaveLength(20);
  expect(press.identity()?.since).toBe(at(3));
});

test("an item of a feed that is known by its pages gets an id of ours: its guid may come again", () => {
  const press = openPress();
  run(press, 0, 5, (hour) => (item, n) => ({ ...item, guid: `https://paper.example/?p=${n}-${hour}` }));

  const [item] = press.read([other("late", { guid: "https://paper.example/?p=1" })], at(5)).fresh;

  expect(item?.iri).toMatch(/^tag:news\.example/);
});
