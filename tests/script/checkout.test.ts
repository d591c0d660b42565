import { spawnSync } from "node:child_process";
import path from "node:path";
import { expect, test } from "vitest";

const ROOT = path.join(import.meta.dirname, "..", "..");
const FOLDERS = ["src", "workers", "config", "script", "tests"];

const ignored = spawnSync("git", ["ls-files", "--others", "--ignored", "--exclude-standard", ...FOLDERS], {
  cwd: ROOT,
  encoding: "utf8",
});
const noGit = ignored.status !== 0;
if (noGit)
  console.warn("SKIPPED: whether .gitignore hides files of the program is not checked: this is no git checkout");

test.skipIf(noGit)("git ignores no file of the program, so that a fresh clone has them all", () => {
  expect(ignored.stdout).toBe("");
});
