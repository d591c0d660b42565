/** Runs once before all tests. Real parts need a bounded home: say which of the optional ones are missing. */
import { existsSync } from "node:fs";
import path from "node:path";

export function setup(): void {
  const shared = path.join(import.meta.dirname, "..", "..", "..", "shared");
  if (!existsSync(shared))
    console.warn(
      `SKIPPED: tests that read ${shared} (real feeds and front pages) are skipped: the folder is not there`,
    );
}
