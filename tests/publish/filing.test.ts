import fc from "fast-check";
import { parseAtomFeed } from "feedsmith";
import { describe, expect, test } from "vitest";
import type { PublishedDocument } from "../../src/model/published.ts";
import { DAY, HOUR } from "../../src/model/time.ts";
import type { TopicEntry } from "../../src/model/topic.ts";
import { creditsOf } from "../../src/publish/credits.ts";
import { cutArchives, noted } from "../../src/publish/filing.ts";
import { type Filing, issue, NOTHING_FILED, topicAddresses } from "../../src/publish/publish.ts";
import { type Telling, tell } from "../../src/publish/telling.ts";
import { entry, MORNING, site, topic } from "./press.ts";

const SIZE = 3;
const small = { ...topic, size: SIZE };

interface Step {
  readonly pause: number;
  readonly news: number;
  /** of what is shown, the first so many are taken out by their publishers or by editors */
  readonly withdrawn: number;
  readonly spiked: number;
}

const steps = fc.array(
  fc.record({
    pause: fc.integer({ min: 0, max: 5 * DAY }),
    news: fc.integer({ min: 0, max: 7 }),
    withdrawn: fc.constantFrom(0, 0, 0, 1),
    spiked: fc.constantFrom(0, 0, 0, 1),
  }),
  { maxLength: 10 },
);

function numbered(n: number, publishedAt: number): TopicEntry {
  const iri = `tag:elbbote.example,2026:${n}`;
  return entry({ iri, title: `Meldung ${n}`, arrivedAt: publishedAt }, { publishedAt, updatedAt: publishedAt });
}

function tellingOf(n: number): Telling {
  const told = tell(numbered(n, MORNING + n), topic, creditsOf(site));
  if (told.kind === "unfit") throw new Error(told.why);
  return told.telling;
}

/** A topic over time, with all that it published, and what was taken out of it by hand. */
function newsroom(retention: number) {
  const documents = new Map<string, PublishedDocument>();
  const all: TopicEntry[] = [];
  const out = new Set<string>();
  const everIn = new Set<string>();
  let filing: Filing = NOTHING_FILED;
  let now = MORNING;
  let shown: readonly TopicEntry[] = [];

  return {
    documents,
    out,
    everIn,
    step({ pause, news, withdrawn, spiked }: Step): void {
      now += pause;
      for (let n = 0; n < news; n += 1) all.unshift(numbered(all.length, now));
      const gone = shown.slice(0, withdrawn).map(({ iri }) => ({ iri, at: now }));
      const taken = shown.slice(withdrawn, withdrawn + spiked).map(({ iri }) => iri);
      for (const iri of [...gone.map((one) => one.iri), ...taken]) out.add(iri);
      const whole = all.filter(({ iri, publishedAt }) => !out.has(iri) && publishedAt >= now - 7 * DAY);
      shown = whole.slice(0, SIZE);
      const feed = { topic: small, entries: shown, updatedAt: now, deleted: gone };
      const addresses = (archives: number) => topicAddresses(small, site, undefined, archives);
      for (let isMore = true; isMore; ) {
        const context = { filing, now, retention, spiked: [...out], whole: () => whole, addresses };
        const made = issue(feed, site, context);
        ({ isMore } = made);
        // as it comes back from where it is kept
        filing = JSON.parse(JSON.stringify(made.filing));
        for (const path of made.dropped) documents.delete(path);
        for (const publishing of [...made.current, ...made.archives]) {
          if (publishing.kind === "refused") throw new Error(publishing.why.join());
          const { document } = publishing;
          if (document.path.includes("/archive/")) expect(documents.has(document.path)).toBe(false);
          documents.set(document.path, document);
        }
      }
      for (const { iri } of whole) everIn.add(iri);
    },
  };
}

/** What a reader finds who follows prev-archive from the current document. */
function walked(documents: ReadonlyMap<string, PublishedDocument>) {
  const found: string[] = [];
  const archived: string[] = [];
  let path: string | undefined = "topics/energie.atom";
  for (let document = documents.get(path); document !== undefined; document = documents.get(path ?? "")) {
    const feed = parseAtomFeed(document.text);
    const ids = (feed.entries ?? []).map(({ id }) => id ?? "");
    found.push(...ids);
    if (path !== "topics/energie.atom") archived.push(...ids);
    path = feed.links?.find(({ rel }) => rel === "prev-archive")?.href?.slice(`${site.publicUrl}/`.length);
  }
  return { found: new Set(found), archived };
}

describe("whoever follows prev-archive from the current document", () => {
  test("finds every story that was ever in it, however many came at once, unless it was taken out", () => {
    fc.assert(
      fc.property(steps, (given) => {
        const { documents, out, everIn, step } = newsroom(10_000 * DAY);
        for (const one of given) {
          step(one);
          const { found, archived } = walked(documents);
          expect([...everIn].filter((iri) => !found.has(iri) && !out.has(iri))).toEqual([]);
          expect(new Set(archived).size).toBe(archived.length);
        }
      }),
      { numRuns: 25 },
    );
  });

  test("finds all of the last weeks, where older archives are dropped", () => {
    const { documents, step, everIn } = newsroom(14 * DAY);
    for (let day = 0; day < 60; day += 1) step({ pause: DAY, news: 4, withdrawn: 0, spiked: 0 });

    const { found } = walked(documents);

    expect(everIn.size).toBe(60 * 4);
    expect(found.size).toBeGreaterThanOrEqual(14 * 4);
    expect(found.size).toBeLessThan(everIn.size / 2);
    const numbers = [...documents.keys()].flatMap(
      (path) => /archive\/(\d+)\.atom/.exec(path)?.slice(1).map(Number) ?? [],
    );
    expect(numbers).toEqual(Array.from(numbers, (_, n) => (numbers[0] ?? 0) + n));
  });
});

test("what returns after a thousand others is archived no second time, unless the archive is gone that had it", () => {
  const [first, ...others] = Array.from({ length: 1000 }, (_, n) => tellingOf(n));
  if (first === undefined) throw new Error("a telling was expected");
  const terms = { size: 10, now: MORNING, retention: 30 * DAY };
  const filed = cutAll(noted(NOTHING_FILED, [first, ...others], new Set()), terms);

  const again = cutAll(noted(filed.filing, [first], new Set()), terms);
  const muchLater = { ...terms, now: MORNING + 31 * DAY };
  const later = cutAll(noted(cutAll(again.filing, muchLater).filing, [first], new Set()), muchLater);

  expect([...filed.numbers]).toEqual(Array.from({ length: 100 }, (_, n) => n + 1));
  expect(again.numbers).toEqual([]);
  expect(later.numbers).toEqual([101]);
});

/** Turn by turn, as a topic is rendered. */
function cutAll(
  filing: Filing,
  terms: Parameters<typeof cutArchives>[2],
): { filing: Filing; numbers: readonly number[] } {
  const { isMore, cut, filing: next } = cutArchives(filing, new Set(), terms);
  const rest = isMore ? cutAll(next, terms) : { filing: next, numbers: [] };
  return { ...rest, numbers: [...cut.keys(), ...rest.numbers] };
}

test("what an archive had that is kept no longer comes into none again, though the topic still has it", () => {
  const { documents, step } = newsroom(DAY);
  for (let hour = 0; hour < 60; hour += 1) step({ pause: HOUR, news: SIZE + 1, withdrawn: 0, spiked: 0 });

  const numbers = [...documents.keys()].flatMap(
    (path) => /archive\/(\d+)\.atom/.exec(path)?.slice(1).map(Number) ?? [],
  );

  expect(Math.min(...numbers)).toBeGreaterThan(1);
  // four an hour fill four archives in three hours
  expect(Math.max(...numbers)).toBeLessThanOrEqual(80);
});

describe("an archive", () => {
  test("has what was told last before it was cut, under the same ids, and is the same in all three formats", () => {
    const { documents, step } = newsroom(100 * DAY);
    step({ pause: 0, news: 2, withdrawn: 0, spiked: 0 });
    step({ pause: HOUR, news: 3, withdrawn: 0, spiked: 0 });

    const [rss, atom, json] = ["rss", "atom", "json"].map((format) =>
      documents.get(`topics/energie/archive/1.${format}`),
    );

    expect(rss?.entries.map(({ id }) => id)).toEqual([2, 1, 0].map((n) => `tag:elbbote.example,2026:${n}`));
    expect(rss?.entries).toEqual(atom?.entries);
    expect(atom?.entries).toEqual(json?.entries);
    expect(rss?.text).toContain("Meldung 0");
  });

  test("gets nothing that was taken out before", () => {
    const { documents, step, out } = newsroom(100 * DAY);
    step({ pause: 0, news: 2, withdrawn: 0, spiked: 0 });
    step({ pause: HOUR, news: 0, withdrawn: 1, spiked: 1 });
    step({ pause: HOUR, news: 6, withdrawn: 0, spiked: 0 });

    const { found } = walked(documents);

    expect(out.size).toBe(2);
    expect([...out].filter((iri) => found.has(iri))).toEqual([]);
  });
});
