import { readdirSync, readFileSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { valueFiles } from "../../src/adapters/value-files.ts";
import { DAY } from "../../src/model/time.ts";
import { temporaryFolder } from "../support/test-settings.ts";

test("a value comes back as it was, typed arrays included; what was never there or is broken does not", async () => {
  using folder = temporaryFolder();
  const files = valueFiles<unknown>(path.join(folder.path, "deep", "er"));
  const value = { ids: ["a"], words: Uint8Array.of(1, 2), ends: Uint32Array.of(70_000) };

  await files.write("one", value);
  expect(await files.read("one")).toEqual(value);
  expect(await files.read("other")).toBeUndefined();

  const [name = ""] = readdirSync(path.join(folder.path, "deep", "er"));
  const file = path.join(folder.path, "deep", "er", name);
  const bytes = readFileSync(file);
  for (const at of [0, 7, bytes.length - 1]) {
    writeFileSync(file, bytes.with(at, (bytes[at] ?? 0) ^ 1));
    expect(await files.read("one")).toBeUndefined();
  }
  truncateSync(file, 9);
  expect(await files.read("one")).toBeUndefined();
});

test("a sweep removes what nobody has read for two days, half-written files too", async () => {
  using folder = temporaryFolder();
  const files = valueFiles<number>(folder.path);
  for (const name of ["read", "unread"]) await files.write(name, 1);
  writeFileSync(path.join(folder.path, "left.v8.77.half"), "x");
  const long = new Date(Date.now() - 3 * DAY);
  for (const name of readdirSync(folder.path)) utimesSync(path.join(folder.path, name), long, long);
  await files.read("read");

  await files.sweep(Date.now());

  expect(readdirSync(folder.path)).toEqual(["read.v8"]);
});
