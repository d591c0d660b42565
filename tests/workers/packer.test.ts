import { rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { parseQuery, TOPIC_LIMITS } from "../../src/query/query.ts";
import { openSearch, type SearchIndex } from "../../src/search/search.ts";
import { openPacker, type Packer } from "../../workers/web/packer.ts";
import { aPlaced } from "../query/a-placed.ts";
import { temporaryFolder } from "../support/test-settings.ts";

const NEWS = Array.from({ length: 40 }, (_, n) =>
  aPlaced({ id: `news-${n}`, title: `Meldung ${n}`, teaser: `Goldpreis, Teil ${n}`, arrivedAt: n }),
);
/** Whole items of some parts, and small parts. */
const PART = 8;

test("packed items are read from their files, also after those were removed", async () => {
  using folder = temporaryFolder();
  await using packer = openPacker({ settings: { dataDir: folder.path }, now: Date.now, log: noLog() });
  const search = await loaded(packer);
  expect(search.sealed().length).toBeGreaterThan(1);

  rmSync(path.join(folder.path, "search"), { recursive: true });

  expect(NEWS.map(({ item }) => search.item(item.id))).toEqual(NEWS);
  expect(found(search)).toHaveLength(NEWS.length);
});

test("another start has the same from the same files, without what was broken meanwhile", async () => {
  using folder = temporaryFolder();
  await using packer = openPacker({ settings: { dataDir: folder.path }, now: Date.now, log: noLog() });
  const sealed = (await loaded(packer)).sealed();
  const [broken, ...whole] = sealed;
  writeFileSync(path.join(folder.path, "search", `${broken?.name}.v8`), "broken");

  const again = openSearch({ part: PART, pack: packer.pack });
  for (const one of sealed) {
    const part = await packer.read(one.name);
    if (part !== undefined) await again.restore(part, one);
  }

  expect(again.sealed()).toEqual(whole);
  const restored = NEWS.filter(({ item }) => again.item(item.id) !== undefined);
  expect(restored.length).toBeGreaterThan(0);
  expect(restored.length).toBeLessThan(NEWS.length);
  expect(restored.map(({ item }) => again.item(item.id))).toEqual(restored);
  expect(found(again).toSorted()).toEqual(restored.map(({ item }) => item.id).toSorted());
});

test("where nothing can be written all is kept in memory, and said once", async () => {
  using folder = temporaryFolder();
  writeFileSync(path.join(folder.path, "search"), "a file where the folder should be");
  const said: string[] = [];
  await using packer = openPacker({
    settings: { dataDir: folder.path },
    now: Date.now,
    log: { warn: (_, event) => void said.push(event) },
  });

  const search = await loaded(packer);

  expect(said).toEqual(["search.parts-not-kept"]);
  expect(search.sealed()).toEqual([]);
  expect(NEWS.map(({ item }) => search.item(item.id))).toEqual(NEWS);
});

test("what could not be packed is found all the same, and said; the end of the process is no reason to say it", async () => {
  using folder = temporaryFolder();
  const said: string[] = [];
  const packer = openPacker({
    settings: { dataDir: folder.path },
    now: Date.now,
    log: { warn: (_, event) => void said.push(event) },
  });
  const search = openSearch({
    part: PART,
    pack: (placed) => packer.pack([...placed].map((one) => ({ ...one, item: { ...one.item, notForJson: 1n } }))),
  });
  search.load(NEWS);
  await search.loaded();

  expect(new Set(said)).toEqual(new Set(["search.part-not-packed"]));
  expect(found(search)).toHaveLength(NEWS.length);

  said.length = 0;
  const late = packer.pack(NEWS);
  await Promise.all([packer[Symbol.asyncDispose](), late.catch(() => undefined)]);
  expect(said).toEqual([]);
});

async function loaded(packer: Pick<Packer, "pack">): Promise<SearchIndex> {
  const search = openSearch({ part: PART, pack: packer.pack });
  search.load(NEWS);
  await search.loaded();
  return search;
}

function found(search: SearchIndex): readonly string[] {
  const parsed = parseQuery("goldpreis", TOPIC_LIMITS);
  if (parsed.kind === "bad") throw new Error(parsed.message);
  return search.find(parsed.query, { limit: 100, now: 100 }).hits.map(({ item }) => item.id);
}

const noLog = () => ({
  warn(facts: object, event: string): void {
    throw new Error(`${event}: ${JSON.stringify(facts)}`);
  },
});
