import {
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
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

test("what could not be written leaves nothing behind", async () => {
  using folder = temporaryFolder();
  const files = valueFiles<number>(folder.path);
  // no file can take the place of a folder
  mkdirSync(path.join(folder.path, "one.v8"));

  await expect(files.write("one", 1)).rejects.toThrow();

  expect(readdirSync(folder.path)).toEqual(["one.v8"]);
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

test("an array of a value can stay in its file, also after that was removed; what a file lost is said", async () => {
  using folder = temporaryFolder();
  const files = valueFiles<{ readonly ids: readonly string[]; readonly words: Uint8Array }>(folder.path);
  const words = Uint8Array.from({ length: 100_000 }, (_, n) => n % 251);
  for (const name of ["removed", "cut"]) await files.write(name, { ids: ["a"], words });

  const [removed, cut] = [await files.open("removed"), await files.open("cut")];
  rmSync(path.join(folder.path, "removed.v8"));
  truncateSync(path.join(folder.path, "cut.v8"), 50_000);

  expect(removed?.value).toEqual({ ids: ["a"], words });
  const inFile = removed?.inFile(removed.value.words);
  expect(inFile).not.toBeInstanceOf(Uint8Array);
  for (const [from, to] of [
    [0, 1],
    [70_000, 70_900],
    [99_999, 100_000],
    [5, 5],
  ] as const)
    expect(inFile?.subarray(from, to)).toEqual(words.subarray(from, to));
  const cutOff = cut?.inFile(cut.value.words);
  expect(cutOff?.subarray(10, 20)).toEqual(words.subarray(10, 20));
  expect(() => cutOff?.subarray(60_000, 60_010)).toThrow(/cut\.v8 was cut while it is in use; after a restart/);
});

test("a file is closed when nobody has any of its bytes any more, and not before", async () => {
  using folder = temporaryFolder();
  const files = valueFiles<Uint8Array>(folder.path);
  await files.write("one", Uint8Array.of(1, 2, 3));
  async function bytesOf(name: string) {
    const opened = await files.open(name);
    return opened?.inFile(opened.value);
  }

  let bytes = await bytesOf("one");
  await collected();
  expect(bytes?.subarray(1, 2)).toEqual(Uint8Array.of(2));
  expect(openFiles(folder.path)).toHaveLength(1);

  bytes = undefined;
  await expect
    .poll(
      async () => {
        await collected();
        return openFiles(folder.path);
      },
      { timeout: 20_000 },
    )
    .toEqual([]);
});

async function collected(): Promise<void> {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
  await new Promise((resolve) => setImmediate(resolve));
}

function openFiles(folder: string): readonly string[] {
  return readdirSync("/proc/self/fd").flatMap((fd) => {
    try {
      const file = readlinkSync(`/proc/self/fd/${fd}`);
      return file.startsWith(folder) ? [file] : [];
    } catch {
      return [];
    }
  });
}
