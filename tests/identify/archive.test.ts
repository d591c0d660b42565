import { describe, expect, test } from "vitest";
import type { Draft, Item } from "../../src/model/item.ts";
import { DAY, HOUR } from "../../src/model/time.ts";
import { NOON, openPress, other, without } from "./press.ts";

const KEPT = { keepFor: 30 * DAY };

/** `count` items, newest first, one every `hours` hours. */
const archive = (count: number, hours: number): readonly Draft[] =>
  Array.from({ length: count }, (_, n) => other(`n${n}`, { publishedAt: NOON - n * hours * HOUR }));

const ages = (items: readonly Item[]) => items.map(({ arrivedAt }) => (NOON - arrivedAt) / DAY);

describe("a document", () => {
  test("of a hundred items brings all of them as news, however old they are", () => {
    const { fresh } = openPress().read(archive(100, 24), NOON, KEPT);

    expect(new Set(ages(fresh))).toEqual(new Set([0]));
  });

  test("with an archive brings its newest hundred as news and the rest as if it had arrived at its date", () => {
    const { fresh } = openPress().read(archive(3000, 2), NOON, KEPT);

    expect(fresh).toHaveLength(3000);
    expect(ages(fresh).filter((age) => age === 0)).toHaveLength(100);
    expect(ages(fresh)).toEqual(ages(fresh).toSorted((one, other) => other - one));
    expect(ages(fresh)[0]).toBe(15);
    expect(ages(fresh)[2850]).toBe(149 / 12);
  });

  test("of a busy day brings all of it as news", () => {
    const { fresh } = openPress().read(archive(900, 0.1), NOON, KEPT);

    expect(new Set(ages(fresh))).toEqual(new Set([0]));
  });

  test("without dates brings its first hundred as news", () => {
    const undated = archive(300, 1).map((item) => without(item, "publishedAt"));

    const { fresh } = openPress().read(undated, NOON, KEPT);

    expect(fresh.filter(({ arrivedAt }) => arrivedAt === NOON)).toHaveLength(100);
    expect(fresh.at(-1)).toMatchObject({ title: "Title of n0", arrivedAt: NOON });
  });

  test("that is the first of its feed brings a past, but for what was published within the hour", () => {
    const drafts = [...archive(3, 0.75), without(other("undated"), "publishedAt")];
    const pastOf = (own: object) =>
      openPress()
        .read(drafts, NOON, { ...KEPT, ...own })
        .fresh.filter(({ isPast }) => isPast === true)
        .map(({ title }) => title);

    expect(pastOf({ isFirst: true }).toSorted()).toEqual(["Title of n2", "Title of undated"]);
    expect(pastOf({})).toEqual([]);
  });

  test("that suddenly has an archive announces nothing of it again, neither then nor later", () => {
    const press = openPress();
    press.read(archive(20, 2), NOON, KEPT);

    const { fresh } = press.read(archive(3000, 2), NOON + HOUR, KEPT);

    expect(fresh).toHaveLength(2980);
    expect(fresh.filter(({ arrivedAt }) => arrivedAt === NOON + HOUR)).toHaveLength(100);
    expect(press.read(archive(3000, 2), NOON + 2 * HOUR, KEPT).fresh).toEqual([]);
  });
});
