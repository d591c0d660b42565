import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { ROOT } from "./support/test-settings.ts";

/** docs/manners.md: | A-01 | requirement | `file`: name of a test | what others do | */
const ROW = /^\| (A-\d\d) \| (.+?) \| `([^`]+)`: (.+?) \| (.+?) \|$/gm;
const rows = [...readFileSync(path.join(ROOT, "docs", "manners.md"), "utf8").matchAll(ROW)];

describe("docs/manners.md", () => {
  test("has a row for each of the 44 requirements, in order", () => {
    const numbers = Array.from({ length: 44 }, (_, n) => `A-${String(n + 1).padStart(2, "0")}`);

    expect(rows.map(([, number]) => number)).toEqual(numbers);
  });

  test.each(rows.map(([, number = "", , file = "", name = ""]) => [number, file, name]))(
    "%s is held up by a test that names it, in %s",
    (number, file, name) => {
      const place = path.join(ROOT, "tests", file);

      expect(name).toContain(number);
      expect(existsSync(place)).toBe(true);
      expect(readFileSync(place, "utf8")).toContain(`"${name}"`);
    },
  );
});
