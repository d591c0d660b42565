import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { type Exportable, exportFiles } from "../../src/adapters/export-files.ts";
import { temporaryFolder } from "../support/test-settings.ts";

const AT = Date.parse("2026-03-02T06:30:00.700Z");

function document(place: string, text: string, modifiedAt = AT): Exportable {
  const bodies = { identity: Buffer.from(text), gzip: Buffer.from(`gz ${text}`), br: Buffer.from(`br ${text}`) };
  return { path: place, modifiedAt, bodies };
}

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map(({ name }) => name)
    .sort();

const foldersIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isDirectory())
    .map(({ name }) => name)
    .sort();

test("a document lies there with its compressed bodies, dated as Last-Modified says to the second, and nothing else", async () => {
  using folder = temporaryFolder();
  const files = exportFiles(folder.path);

  expect(await files.write(document("topics/gold.rss", "one"))).toBe(3);

  expect(filesIn(folder.path)).toEqual(["gold.rss", "gold.rss.br", "gold.rss.gz"]);
  const file = path.join(folder.path, "topics/gold.rss");
  expect(readFileSync(file, "utf8")).toBe("one");
  expect(statSync(file).mtimeMs).toBe(AT - 700);
  expect(statSync(`${file}.gz`).mtimeMs).toBe(AT - 700);
});

test("what is as long and as old as it should be is not written again; what a crash left empty is", async () => {
  using folder = temporaryFolder();
  const files = exportFiles(folder.path);
  await files.write(document("topics/gold.rss", "one"));

  expect(await files.write(document("topics/gold.rss", "one"))).toBe(0);
  writeFileSync(path.join(folder.path, "topics/gold.rss.br"), "");
  expect(await files.write(document("topics/gold.rss", "one"))).toBe(1);
  expect(await files.write(document("topics/gold.rss", "two", AT + 1000))).toBe(3);

  expect(readFileSync(path.join(folder.path, "topics/gold.rss.gz"), "utf8")).toBe("gz two");
});

test("a body that is no more does not stay behind with the words of an earlier version", async () => {
  using folder = temporaryFolder();
  const files = exportFiles(folder.path);
  const first = document("topics/gold.rss", "one");
  await files.write({ ...first, bodies: { ...first.bodies, zstd: Buffer.from("zst") } });

  await files.write(document("topics/gold.rss", "two", AT + 1000));

  expect(existsSync(path.join(folder.path, "topics/gold.rss.zst"))).toBe(false);
});

test("what could not be written leaves nothing behind, however often it is tried", async () => {
  using folder = temporaryFolder();
  const files = exportFiles(folder.path);
  mkdirSync(path.join(folder.path, "topics/gold.rss"), { recursive: true });

  for (let tries = 0; tries < 3; tries += 1)
    await expect(files.write(document("topics/gold.rss", "one"))).rejects.toThrow();

  expect(filesIn(folder.path).filter((name) => name.endsWith(".unfinished"))).toEqual([]);
});

test("what is published no longer goes, with what a crash left half written; other files of the folder stay", async () => {
  using folder = temporaryFolder();
  const files = exportFiles(folder.path);
  for (const place of ["topics/gold.rss", "topics/gold/archive/1.json", "sections/sport/corrections.atom"])
    await files.write(document(place, "one"));
  mkdirSync(path.join(folder.path, "css"));
  for (const own of ["index.html", "css/topics.rss", "topics/README.md"])
    writeFileSync(path.join(folder.path, own), "mine");
  writeFileSync(path.join(folder.path, "topics/gold.rss.gz.0123abcd.unfinished"), "hal");

  const removed = await files.keepOnly((place) => place === "topics/gold.rss");

  expect(removed).toBe(7);
  expect(filesIn(folder.path)).toEqual(
    ["README.md", "gold.rss", "gold.rss.br", "gold.rss.gz", "index.html", "topics.rss"].sort(),
  );
  expect(foldersIn(folder.path)).toEqual(["css", "sections", "topics"]);
});

test("a topic whose last file goes leaves no folder behind, unless others keep something in it", async () => {
  using folder = temporaryFolder();
  const files = exportFiles(folder.path);
  const places = ["gold", "geld"].flatMap((topic) => [
    `topics/${topic}/corrections.rss`,
    `topics/${topic}/archive/1.rss`,
  ]);
  for (const place of places) await files.write(document(place, "one"));
  writeFileSync(path.join(folder.path, "topics/geld/README.md"), "mine");

  for (const place of places) await files.remove(place);

  expect(foldersIn(folder.path)).toEqual(["geld", "topics"]);
});
