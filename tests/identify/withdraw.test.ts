import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Attendance,
  attend,
  readAttendance,
  type Shown,
  withoutMissing,
  writeAttendance,
} from "../../src/identify/identify.ts";
import { itemId } from "../../src/model/ids.ts";
import { MINUTE } from "../../src/model/time.ts";

const NOON = Date.UTC(2026, 10, 20, 12);

/** Newest first: item n is n quarters of an hour younger than the first. */
const page = (...numbers: readonly number[]): readonly Shown[] =>
  numbers.map((n) => ({ item: itemId(`i${n}`), minute: NOON / MINUTE + 15 * n }));

const range = (from: number, to: number): readonly number[] =>
  Array.from({ length: from - to + 1 }, (_, n) => from - n);

interface Printed {
  readonly shown: readonly Shown[];
  readonly at?: number;
  readonly isWhole?: boolean;
  readonly isSure?: boolean;
  readonly format?: string;
}

/** What each of these documents in a row made due, and where it ended. */
function read(documents: readonly Printed[]): {
  readonly due: readonly (readonly string[])[];
  readonly last: Attendance | undefined;
} {
  let last: Attendance | undefined;
  const due = documents.map(({ shown, at, isWhole = true, isSure = true, format = "rss" }, n) => {
    const told = attend(last, { format, shown, isWhole, isSure }, at ?? NOON + n * 30 * MINUTE);
    last = readAttendance(writeAttendance(withoutMissing(told.attendance, new Set(told.due))));
    return told.due;
  });
  return { due, last };
}

describe("an item that is taken out from between others", () => {
  const without = (newest: number) => page(...range(newest, 1).filter((n) => n !== 5));

  test("is due once it is missing from three documents over an hour, and once only", () => {
    const { due } = read(
      [10, 11, 12, 13, 14, 15].map((n) => ({ shown: n === 10 ? page(...range(10, 1)) : without(n) })),
    );

    expect(due).toEqual([[], [], [], ["i5"], [], []]);
  });

  test("waits for the hour where documents come fast, and for the documents where they come slowly", () => {
    const at = (minutes: readonly number[]) =>
      read(
        minutes.map((minute, n) => ({
          shown: n === 0 ? page(...range(10, 1)) : without(10 + n),
          at: NOON + minute * MINUTE,
        })),
      );

    expect(at([0, 5, 10, 15, 20]).due.flat()).toEqual([]);
    expect(at([0, 5, 10, 15, 66]).due.at(-1)).toEqual(["i5"]);
    expect(at([0, 600, 1200]).due.flat()).toEqual([]);
    expect(at([0, 600, 1200, 1800]).due.at(-1)).toEqual(["i5"]);
  });

  test("is not missing any more when it is shown again", () => {
    const whole = (newest: number) => page(...range(newest, 1));
    const { due, last } = read([whole(10), without(11), without(12), whole(13), whole(14)].map((shown) => ({ shown })));

    expect(due.flat()).toEqual([]);
    expect(last?.missing).toEqual([]);
  });

  test("is believed less where items come and go", () => {
    const whole = page(...range(10, 1));
    const flapping = [whole, without(11), whole, without(11), without(12), without(13), without(14)];

    expect(read(flapping.map((shown) => ({ shown }))).due.flat()).toEqual([]);
  });

  test("is left alone when the feed has passed its time meanwhile", () => {
    const { due } = read([
      { shown: page(...range(10, 1)) },
      { shown: without(11) },
      { shown: page(...range(15, 6)) },
      { shown: page(...range(16, 7)) },
      { shown: page(...range(17, 8)) },
    ]);

    expect(due.flat()).toEqual([]);
  });

  test.each<[string, Partial<Printed>]>([
    ["that broke off", { isWhole: false }],
    ["with far fewer items", { shown: page(14, 3, 2, 1) }],
  ])("is not counted missing from a document %s", (_, odd) => {
    const documents = [page(...range(10, 1)), without(11), without(12), without(13), without(14)];
    const { due } = read(documents.map((shown, n) => (n === 2 ? { shown, ...odd } : { shown })));

    expect(due).toEqual([[], [], [], [], ["i5"]]);
  });

  test.each<[string, Partial<Printed>]>([
    ["of another format", { format: "atom" }],
    ["whose guids are in doubt", { isSure: false }],
    ["in another order", { shown: page(11, 10, 9, 8, 6, 7, 4, 3, 2, 1) }],
    ["without dates", { shown: without(11).map(({ item }) => ({ item })) }],
  ])("is forgotten after a document %s", (_, odd) => {
    const documents = [page(...range(10, 1)), without(11), without(11), without(12), without(13), without(14)];
    const { due } = read(documents.map((shown, n) => (n === 2 ? { shown, ...odd } : { shown })));

    expect(due.flat()).toEqual([]);
  });
});

describe("nothing is due", () => {
  test("in any feed whose documents let go of their oldest, however they move, stall and fall back", () => {
    const step = fc.record({
      newer: fc.nat(6),
      width: fc.integer({ min: 3, max: 14 }),
      back: fc.oneof({ weight: 6, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(5) }),
      minutes: fc.integer({ min: 1, max: 400 }),
    });
    const gaps = fc.array(fc.nat(90), { minLength: 140, maxLength: 140 });
    fc.assert(
      fc.property(fc.array(step, { minLength: 4, maxLength: 20 }), gaps, fc.boolean(), (steps, minutes, isUpward) => {
        let minute = NOON / MINUTE;
        const dated = minutes.map((gap) => (minute += gap));
        let [top, at] = [14, NOON];
        const documents = steps.map(({ newer, width, back, minutes: later }) => {
          top += newer;
          at += later * MINUTE;
          const numbers = range(top - back, Math.max(1, top - back - width + 1));
          const shown = numbers.map((n) => ({ item: itemId(`i${n}`), minute: dated[n] ?? 0 }));
          return { shown: isUpward ? shown.toReversed() : shown, at };
        });

        expect(read(documents).due.flat()).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test("in a choice that is printed in the order of its dates", () => {
    const chosen = (n: number): readonly Shown[] =>
      page(...range(40 + n, 1).filter((m) => (m * 7919 + n * 31) % 4 === 0));
    const documents = Array.from({ length: 40 }, (_, n) => ({ shown: chosen(Math.floor(n / 2)) }));

    expect(read(documents).due.flat()).toEqual([]);
  });

  test("where a choice changes one item at a time", () => {
    let numbers = [...range(10, 1)];
    const documents = Array.from({ length: 12 }, (_, n) => {
      numbers = [11 + n, ...numbers.filter((m) => m !== ((n * 3) % 7) + 3)];
      return { shown: page(...numbers) };
    });

    expect(read(documents).due.flat()).toEqual([]);
  });

  test("in an older edition that a cache serves beside the new one", () => {
    const [old, fresh] = [page(...range(12, 3)), page(...range(13, 4))];

    expect(read([fresh, old, old, old, old].map((shown) => ({ shown }))).due.flat()).toEqual([]);
  });

  test("where older items are added below those that stayed", () => {
    const added = [-1, -2, -3];
    const documents = [page(...range(10, 1)), ...[12, 13, 14, 15].map((n) => page(...range(n, 2), ...added))];

    expect(read(documents.map((shown) => ({ shown }))).due.flat()).toEqual([]);
  });

  test("under a note that stands below the oldest", () => {
    const note = -1000;
    const documents = [page(...range(10, 1), note), ...[11, 11, 11, 11].map((n) => page(...range(n, 2), note))];

    expect(read(documents.map((shown) => ({ shown }))).due.flat()).toEqual([]);
  });

  test("under a note that stands at the end of each document", () => {
    const documents = range(40, 10)
      .toReversed()
      .map((newest) => ({ shown: page(...range(newest, newest - 8), -1000) }));

    expect(read(documents).due.flat()).toEqual([]);
  });
});
