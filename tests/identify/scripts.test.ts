import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Draft, Item } from "../../src/model/item.ts";
import { HOUR, type Instant, MINUTE } from "../../src/model/time.ts";
import { NOON, openPress } from "./press.ts";

/** What an editor does to one article between two documents; each leaves guid, or page and date, or text and date. */
const EDITS = {
  nothing: () => ({}),
  "edit the text": ({ version }: Article) => ({ version: version + 1 }),
  "change the guid": ({ guid }: Article) => ({ guid: guid + 1 }),
  "change the guid and edit the text": ({ guid, version }: Article) => ({ guid: guid + 1, version: version + 1 }),
  "move the page": ({ page }: Article) => ({ page: page + 1 }),
  "move the page and edit the text": ({ page, version }: Article) => ({ page: page + 1, version: version + 1 }),
  "change guid and page": ({ guid, page }: Article) => ({ guid: guid + 1, page: page + 1 }),
  "date it anew": ({ at }: Article) => ({ at: at + 3 * HOUR }),
  "date it anew and edit the text": ({ at, version }: Article) => ({ at: at + 3 * HOUR, version: version + 1 }),
  "leave it out": ({ isOut }: Article) => ({ isOut: !isOut }),
} as const satisfies Record<string, (article: Article) => Partial<Article>>;
type Edit = keyof typeof EDITS;

interface Article {
  readonly name: number;
  readonly guid: number;
  readonly page: number;
  readonly version: number;
  readonly at: Instant;
  readonly isOut: boolean;
}

interface Step {
  readonly hours: number;
  readonly edits: readonly Edit[];
  readonly isNew: boolean;
  readonly isReversed: boolean;
}

const step: fc.Arbitrary<Step> = fc.record({
  hours: fc.integer({ min: 1, max: 24 * 40 }),
  edits: fc.array(fc.constantFrom(...(Object.keys(EDITS) as Edit[])), { minLength: 1, maxLength: 8 }),
  isNew: fc.boolean(),
  isReversed: fc.boolean(),
});
const scripts = fc.array(step, { minLength: 1, maxLength: 30 });

/** The documents of a script, each with the hour at which it is read. */
function* play(steps: readonly Step[]): Generator<{ readonly drafts: readonly Draft[]; readonly now: Instant }> {
  let now = NOON;
  let articles = [0, 1, 2].map((name) => newArticle(name, now));
  yield { now, drafts: articles.map(draftOf) };
  for (const { hours, edits, isNew, isReversed } of steps) {
    now += hours * HOUR;
    articles = articles.map((article, n) => {
      const edit = edits[n % edits.length] ?? "nothing";
      // what is out stays as it is: only what a reader could have seen is edited
      return article.isOut && edit !== "leave it out" ? article : { ...article, ...EDITS[edit](article) };
    });
    if (isNew) articles = [newArticle(articles.length, now), ...articles];
    const listed = articles.filter(({ isOut }) => !isOut).map(draftOf);
    yield { now, drafts: isReversed ? listed.reverse() : listed };
  }
}

const newArticle = (name: number, now: Instant): Article => ({
  ...{ name, guid: 0, page: 0, version: 0, isOut: false },
  at: now - name * HOUR - 7 * MINUTE - 31_000,
});

const draftOf = ({ name, guid, page, version, at }: Article): Draft => ({
  guid: `guid-${name}-${guid}`,
  permalink: `https://paper.example/${"abcdefghij"[page % 10]}/${name}-${page}`,
  title: `Article ${name} version ${version}`,
  teaser: `What article ${name} says.`,
  publishedAt: at,
});

const nameOf = ({ title }: Item): string => title.replace(/ version .*/, "");

describe("whatever editors do to a feed", () => {
  test("each article is announced once, none is lost, and no two become one", () => {
    fc.assert(
      fc.property(scripts, (steps) => {
        const press = openPress();
        const announced: string[] = [];
        const shown = new Set<string>();
        const names = new Map<string, string>();
        for (const { drafts, now } of play(steps)) {
          const { fresh, revised } = press.read(drafts, now);
          announced.push(...fresh.map(nameOf));
          for (const { title = "" } of drafts) shown.add(title.replace(/ version .*/, ""));
          for (const item of [...fresh, ...revised]) {
            expect(names.get(item.id) ?? nameOf(item)).toBe(nameOf(item));
            names.set(item.id, nameOf(item));
          }
        }
        expect(announced.toSorted()).toEqual([...shown].toSorted());
      }),
      { numRuns: 2000 },
    );
  });

  test("the same documents give the same items in every process, whatever was put away in between", () => {
    fc.assert(
      fc.property(scripts, (steps) => {
        const [one, other] = [openPress(), openPress()];
        for (const { drafts, now } of play(steps)) {
          const here = one.read(drafts, now);
          const kept = [...other.memory].map(([key, record]) => [key, JSON.parse(JSON.stringify(record))] as const);
          for (const [key, record] of kept) other.memory.set(key, record);
          const there = other.read(structuredClone(drafts), now);

          expect(JSON.stringify(there)).toBe(JSON.stringify(here));
          expect([...other.memory]).toEqual([...one.memory]);
        }
      }),
      { numRuns: 200 },
    );
  });

  test("a feed whose guids change with every document is told so, and not announced again", () => {
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 40 }), fc.integer({ min: 2, max: 12 }), (documents, articles) => {
        const press = openPress();
        const all = Array.from({ length: articles }, (_, name) => newArticle(name, NOON));
        press.read(all.map(draftOf));

        for (let guid = 1; guid <= documents; guid += 1)
          expect(
            press.read(
              all.map((one) => draftOf({ ...one, guid })),
              NOON + guid * HOUR,
            ).fresh,
          ).toEqual([]);
        expect(press.identity()).toMatchObject({ by: "page", because: { code: "guid-churn" } });
      }),
      { numRuns: 50 },
    );
  });
});
