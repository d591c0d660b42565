import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

interface LockedPackage {
  readonly version?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const LOCKFILE = path.join(import.meta.dirname, "..", "..", "package-lock.json");

// npm leaves out what a mirror of the registry does not hold, and `npm ci` then refuses the lockfile on every fresh clone.
test("the lockfile names the packages of all platforms, not only of the one on which it was made", () => {
  const { packages } = JSON.parse(readFileSync(LOCKFILE, "utf8")) as { packages: Record<string, LockedPackage> };
  const asked = Object.values(packages).flatMap((one) => Object.keys(one.optionalDependencies ?? {}));

  const named = new Set(Object.keys(packages).map((at) => at.split("node_modules/").at(-1)));

  expect(asked.length).toBeGreaterThan(0);
  expect(asked.filter((name) => !named.has(name))).toEqual([]);
});
