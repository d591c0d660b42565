import fc from "fast-check";
import { expect, test } from "vitest";
import { packed } from "../../src/adapters/compress.ts";
import type { PublishedDocument, ServedDocument } from "../../src/model/published.ts";
import { MINUTE } from "../../src/model/time.ts";
import { openShelf } from "../../workers/web/shelf.ts";
import { documentsOf, entry, MORNING, topicFeed } from "../publish/press.ts";

const PATH = "topics/energie.atom";

/** Numbers of entries, each in one of its wordings. */
type Version = ReadonlyMap<number, number>;

async function published(version: Version) {
  const entries = [...version].map(([n, wording]) => {
    const moment = MORNING + n * MINUTE;
    const dates = { publishedAt: moment, updatedAt: moment };
    return entry({ iri: `tag:elbbote.example,2026:${n}`, title: `Meldung ${n}, Fassung ${wording}` }, dates);
  });
  return documentsOf(topicFeed(...entries)).atom;
}

/** As it is served, but for the bodies that nobody asks for here. */
function served({ text, leftOut: _, ...rest }: PublishedDocument): ServedDocument {
  const identity = Buffer.from(text);
  return { ...rest, bodies: { identity, gzip: identity, br: identity } };
}

const wordingsIn = (text: string): readonly string[] =>
  [...text.matchAll(/Meldung \d+, Fassung \d+/g)].map(String).sort();

const versions = fc.array(
  fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 1 })), {
    selector: ([n]) => n,
    maxLength: 5,
  }),
  { minLength: 2, maxLength: 6 },
);

test("what is new for the holder of any earlier version is what that did not have, or told otherwise", async () => {
  await fc.assert(
    fc.asyncProperty(versions, async (given) => {
      const shelf = openShelf();
      const made = await Promise.all(given.map((pairs) => published(new Map(pairs))));
      for (const document of made) shelf.put(PATH, served(document));
      const last = made.at(-1);
      for (const held of made) {
        const since = made.findLastIndex(({ etag }) => etag === held.etag);
        const part = shelf.newIn(PATH, `"x", W/"${held.etag}-gz"`);
        if (part === undefined) continue;
        const sent = Buffer.from(part.bodies.identity).toString();
        const known = new Map(held.entries.map(({ id, mark }) => [id, mark]));
        const news = last?.entries.filter(({ id, mark }) => known.get(id) !== mark) ?? [];
        // what changed and changed back since then is sent, too
        for (const { id } of news) expect(sent).toContain(`<id>${id}</id>`);
        expect(wordingsIn(last?.text ?? "")).toEqual(expect.arrayContaining([...wordingsIn(sent)]));
        expect(part.etag).toBe(last?.etag);
        expect(since).toBeLessThan(made.length - 1);
      }
    }),
    { numRuns: 40 },
  );
});

test("nobody is sent a part that is nothing, or all; or by a tag that we do not remember", async () => {
  const shelf = openShelf();
  const [first, second, third] = await Promise.all([
    published(new Map([[1, 0]])),
    published(
      new Map([
        [1, 0],
        [2, 0],
      ]),
    ),
    published(new Map([[2, 0]])),
  ]);
  shelf.put(PATH, served(first));
  expect(shelf.newIn(PATH, `"${first.etag}"`)).toBeUndefined();
  shelf.put(PATH, served(second));

  const part = shelf.newIn(PATH, `"${first.etag}"`);
  expect(wordingsIn(Buffer.from(part?.bodies.identity ?? []).toString())).toEqual(["Meldung 2, Fassung 0"]);
  expect(shelf.newIn(PATH, `"${first.etag}"`)).toBe(part);
  expect(shelf.newIn(PATH, '"unknown"')).toBeUndefined();
  expect(shelf.newIn(PATH, undefined)).toBeUndefined();
  expect(shelf.newIn("topics/none.atom", `"${first.etag}"`)).toBeUndefined();

  shelf.put(PATH, served(third));
  // all that is left is new to the first one's holder, and nothing to the second one's
  expect(shelf.newIn(PATH, `"${first.etag}"`)).toBeUndefined();
  expect(shelf.newIn(PATH, `"${second.etag}"`)).toBeUndefined();
});

test("fifty versions are remembered, no more", async () => {
  const shelf = openShelf();
  const base = served(
    await published(
      new Map([
        [1, 0],
        [2, 0],
        [3, 0],
      ]),
    ),
  );
  const [one = { id: "", mark: "" }, ...rest] = base.entries;
  for (let n = 0; n <= 60; n += 1)
    shelf.put(PATH, { ...base, etag: `v${n}`, entries: [{ ...one, mark: String(n) }, ...rest] });

  expect(shelf.newIn(PATH, '"v10"')).toBeDefined();
  expect(shelf.newIn(PATH, '"v9"')).toBeUndefined();
});

test("archives stand beside the documents, and are counted by place", async () => {
  const shelf = openShelf();
  const archive = await packed(await published(new Map([[1, 0]])));
  for (const number of [3, 4, 5]) shelf.put(`topics/energie/archive/${number}.atom`, archive);

  expect(Buffer.from(shelf.get("topics/energie/archive/4.atom")?.bodies.identity ?? []).toString()).toContain(
    "Meldung 1",
  );
  expect(shelf.archives("topics/energie")).toEqual({ first: 3, last: 5 });
  shelf.remove("topics/energie/archive/3.atom");
  expect(shelf.archives("topics/energie")).toEqual({ first: 4, last: 5 });
  expect(shelf.archives("topics/gold")).toBeUndefined();
  expect(shelf.get("topics/energie/archive/3.atom")).toBeUndefined();
});
