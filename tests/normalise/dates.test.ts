import { expect, test } from "vitest";
import { DAY, HOUR, MINUTE } from "../../src/model/time.ts";
import { readDates } from "../../src/normalise/dates.ts";

const ITEM = { authors: [], categories: [], enclosures: [] } as const;
const NOON = Date.UTC(2026, 10, 23, 12);
const MIDNIGHT = Date.UTC(2026, 10, 23);

const datesOf = (dates: readonly (readonly (number | undefined)[])[], builtAt?: number) =>
  readDates(
    dates.map(([publishedAt, updatedAt]) => ({
      ...ITEM,
      ...(publishedAt !== undefined && { publishedAt }),
      ...(updatedAt !== undefined && { updatedAt }),
    })),
    builtAt,
  );

test("dates that differ are believed", () => {
  expect(datesOf([[NOON, NOON + HOUR], [NOON - HOUR], []])).toEqual([
    { publishedAt: NOON, updatedAt: NOON + HOUR },
    { publishedAt: NOON - HOUR },
    {},
  ]);
});

test("an update that every item had at the same moment is the program's, not the items'", () => {
  const stamped = datesOf([
    [NOON - DAY, NOON],
    [NOON - 2 * DAY, NOON + 900],
    [NOON - 3 * DAY, NOON + 2000],
  ]);

  expect(stamped.map(({ updatedAt }) => updatedAt)).toEqual([undefined, undefined, undefined]);
  expect(stamped.map(({ publishedAt }) => publishedAt)).toEqual([NOON - DAY, NOON - 2 * DAY, NOON - 3 * DAY]);
  expect(
    datesOf([
      [undefined, NOON],
      [undefined, NOON],
      [undefined, NOON],
    ]),
  ).toEqual([{}, {}, {}]);
});

test("two items that were changed together were changed", () => {
  expect(
    datesOf([
      [NOON - DAY, NOON],
      [NOON - 2 * DAY, NOON],
    ]).map(({ updatedAt }) => updatedAt),
  ).toEqual([NOON, NOON]);
});

test("items that all appeared when the document was made appeared at times unknown", () => {
  expect(datesOf([[NOON, NOON], [NOON], [NOON]], NOON + 1000)).toEqual([{}, {}, {}]);
  // some publish in batches, and say so long before
  expect(datesOf([[NOON], [NOON], [NOON]], NOON + HOUR).map(({ publishedAt }) => publishedAt)).toEqual([
    NOON,
    NOON,
    NOON,
  ]);
});

test("dates that are all at midnight are days", () => {
  expect(datesOf([[MIDNIGHT], [MIDNIGHT - DAY], []])).toEqual([
    { publishedAt: MIDNIGHT, isDayOnly: true },
    { publishedAt: MIDNIGHT - DAY, isDayOnly: true },
    {},
  ]);
  expect(datesOf([[MIDNIGHT], [NOON]]).some(({ isDayOnly }) => isDayOnly)).toBe(false);
});

test("midnight of Central Europe is one too, in summer and in winter, where it is many", () => {
  const [winter, summer] = [MIDNIGHT - HOUR, Date.UTC(2026, 6, 1, 22)];

  expect(datesOf([[winter], [winter - DAY], [summer]]).every(({ isDayOnly }) => isDayOnly)).toBe(true);
  expect(datesOf([[winter]])[0]?.isDayOnly).toBeUndefined();
  expect(datesOf([[winter], [winter - DAY], [winter - DAY + MINUTE]]).some(({ isDayOnly }) => isDayOnly)).toBe(false);
});

test("a document of one day keeps that day, whenever it was made", () => {
  expect(datesOf([[MIDNIGHT], [MIDNIGHT], [MIDNIGHT]], MIDNIGHT)).toEqual(
    Array.from({ length: 3 }, () => ({ publishedAt: MIDNIGHT, isDayOnly: true })),
  );
});
