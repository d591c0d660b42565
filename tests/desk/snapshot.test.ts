import { beforeAll, describe, expect, test } from "vitest";
import { openDesk, restoreDesk } from "../../src/desk/desk.ts";
import { newEntry, SETTINGS } from "./entries.ts";

const PUBLISHERS = 5;
let lines: readonly string[];

describe("the snapshot of a desk with much to remember", () => {
  beforeAll(() => {
    // given 3,000 items of a press with 5,000 words: copies, stories and sections among them
    const desk = openDesk(SETTINGS);
    let seed = 11;
    const word = () => {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
      return `Wort${(seed >>> 8) % 5000}`;
    };
    for (let n = 0; n < 3000; n += 1) {
      const url = `https://p${n % PUBLISHERS}.example/${n % 3 === 0 ? "sport" : "seite"}/${n}`;
      const title = `${word()} ${word()} ${word()} ${word()} ${word()} ${word()}`;
      desk.take(newEntry({ title, url, publisher: `p${n % PUBLISHERS}`, hour: n / 100 }));
    }
    lines = [...desk.snapshot()];
  });

  test("is many short lines, so that others have their turn while it is written", () => {
    expect(lines.length).toBeGreaterThan(50);
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(300_000);
  });

  test("is the same again after restoring", () => {
    const again = restoreDesk(SETTINGS, lines);

    expect(again && [...again.snapshot()]).toEqual(lines);
  });

  test.each([
    ["cut off", () => lines.slice(0, -1)],
    ["broken in the middle", () => lines.with(-3, '{"into":0,"entries":[[')],
    ["something else in the middle", () => lines.with(-3, '{"into":0,"entries":[7]}')],
    ["without its beginning", () => lines.slice(1)],
  ])("is no snapshot where it is %s", (_, broken) => {
    expect(restoreDesk(SETTINGS, broken())).toBeUndefined();
  });
});
