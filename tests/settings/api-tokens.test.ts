import { writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { loadSettings, showProblems } from "../../src/settings/settings.ts";
import { temporaryFolder } from "../support/test-settings.ts";
import { configFolder } from "./config-folder.ts";

function tokensOf(env: Readonly<Record<string, string>>): unknown {
  const loaded = loadSettings(configFolder({}), env);
  return loaded.kind === "settings" ? loaded.settings.api?.tokens : showProblems(loaded.problems);
}

test("who may write over the API stands in the environment: one token, or names with theirs", () => {
  using folder = temporaryFolder();
  const file = path.join(folder.path, "token");
  writeFileSync(file, "from-a-file\n");

  expect(tokensOf({})).toEqual({});
  expect(tokensOf({ RESSORT_API_TOKEN: "secret" })).toEqual({ api: "secret" });
  expect(tokensOf({ RESSORT_API_TOKEN_FILE: file })).toEqual({ api: "from-a-file" });
  const named = { RESSORT_API_TOKENS: "anna:secret1,ben:secret:2" };
  expect(tokensOf(named)).toEqual({ anna: "secret1", ben: "secret:2" });
  const both = { anna: "secret1", ben: "secret:2", api: "secret" };
  expect(tokensOf({ ...named, RESSORT_API_TOKEN: "secret" })).toEqual(both);
});

test("a token that can be guessed is warned of by its name, and never printed", () => {
  const long = "0123456789abcdef";

  const loaded = loadSettings(configFolder({}), { RESSORT_API_TOKENS: `anna:hush,ben:${long}` });

  const said = loaded.kind === "settings" ? loaded.warnings.filter((warning) => warning.includes("token")) : [];
  expect(said).toEqual([
    'the API\'s token "anna" has less than 16 characters and can be guessed: take one of "openssl rand -hex 32"',
  ]);
});

test("names without a secret, or secrets without a name, are told how both are written", () => {
  for (const tokens of ["anna,ben:hush", "hush", ":hush"])
    expect(tokensOf({ RESSORT_API_TOKENS: tokens })).toBe(
      "environment  RESSORT_API_TOKENS: a part of it has no name; write name:secret, with commas between",
    );
});

test("a token that is none is named by its variable, and never printed", () => {
  for (const env of [
    { RESSORT_API_TOKEN: "two words-hush" },
    { RESSORT_API_TOKEN: "two words-hush", RESSORT_API_TOKENS: "anna:secret1" },
    { RESSORT_API_TOKENS: "hush" },
    { RESSORT_API_TOKENS: "anna:" },
  ]) {
    const said = tokensOf(env);
    expect(said).toContain(Object.keys(env)[0]);
    expect(said).not.toContain("hush");
  }
});
