import { describe, expect, test } from "vitest";
import {
  type Act,
  type Editing,
  MOST_ACTS,
  NO_EDITING,
  type Pin,
  pointedAt,
  withAct,
  withoutAct,
} from "../../src/model/editing.ts";
import { itemId } from "../../src/model/ids.ts";
import type { Placed } from "../../src/model/news.ts";
import { DAY, HOUR, type Instant, MINUTE } from "../../src/model/time.ts";
import { aPlaced, NOON } from "../query/a-placed.ts";

const on = (placed: Placed, at: Instant = NOON): Act => ({ ...pointedAt(placed), by: "eva", at });

describe("acts are kept in bounds, the latest first", () => {
  const many = Array.from({ length: MOST_ACTS.pins + 1 }, (_, n) => aPlaced({ id: `p${n}` }));
  const [first = aPlaced(), ...others] = many;
  const last = others.at(-1) ?? first;
  const pinned = (...acts: readonly Pin[]): Editing | undefined =>
    acts.reduce<Editing | undefined>((all, act) => all && withAct(all, "pins", act, 30 * DAY), NO_EDITING);
  const itemsOf = (editing: Editing | undefined) => editing?.pins.map(({ item }) => item as string);

  test("none that holds goes by itself", () => {
    const full = pinned(...others.map((one) => on(one)));

    expect(itemsOf(full)).toEqual(others.map(({ item }) => item.id).toReversed());
    expect(pinned(...many.map((one) => on(one)))).toBeUndefined();
    // the same item once more needs no room
    expect(itemsOf(pinned(...others.map((one) => on(one)), on(last)))).toEqual(itemsOf(full));
  });

  test("what is over makes room, the longest over first, and only where there is none", () => {
    const short = others.map((one, n) => ({ ...on(one), until: NOON + HOUR + ((n + 3) % 20) * MINUTE }));
    const full = pinned(on(first), ...short.slice(0, -1));

    expect(withAct(full ?? NO_EDITING, "pins", on(last, NOON + HOUR - 1), 30 * DAY)).toBeUndefined();
    expect(withAct(full ?? NO_EDITING, "pins", on(first, NOON + DAY), 30 * DAY)?.pins).toHaveLength(MOST_ACTS.pins);
    const after = withAct(full ?? NO_EDITING, "pins", on(last, NOON + DAY), 30 * DAY);
    expect(itemsOf(full)?.filter((item) => !itemsOf(after)?.includes(item))).toEqual(["p18"]);
    expect(itemsOf(after)).toHaveLength(MOST_ACTS.pins);
  });

  test("what has no end is over when nothing is left of what it was about", () => {
    const full = pinned(...others.map((one) => on(one))) ?? NO_EDITING;

    expect(withAct(full, "pins", on(first, NOON + 30 * DAY - 1), 30 * DAY)).toBeUndefined();
    expect(itemsOf(withAct(full, "pins", on(first, NOON + 30 * DAY), 30 * DAY))).toHaveLength(MOST_ACTS.pins);
  });
});

test("an act is taken back by its item, or by its story where an entry is a story", () => {
  const [x, y, other] = [aPlaced({ id: "x", story: "s" }), aPlaced({ id: "y", story: "s" }), aPlaced({ id: "z" })];
  const editing: Editing = { ...NO_EDITING, spikes: [x, y, other].map((one) => on(one)) };

  expect(withoutAct(editing, "spikes", x.item.id).spikes).toEqual([on(y), on(other)]);
  expect(withoutAct(editing, "spikes", itemId("gone"), x.decision.storyIri).spikes).toEqual([on(other)]);
});
