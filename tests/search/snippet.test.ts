import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Run } from "../../src/model/found.ts";
import { matches, parseQuery, type Query } from "../../src/query/query.ts";
import { readSearch, type Search } from "../../src/search/search.ts";
import { snippeter } from "../../src/search/snippet.ts";
import { aPlaced, NOON } from "../query/a-placed.ts";
import { somePlaced, someQuery } from "../query/arbitrary.ts";

const shown = (runs: readonly Run[] = []): string => runs.map(({ text, hit }) => (hit ? `[${text}]` : text)).join("");
const plain = (runs: readonly Run[] = []): string => runs.map(({ text }) => text).join("");

function searchFor(text: string): Search {
  const search = readSearch(text);
  if (search.kind === "bad") throw new Error(search.message);
  return search;
}

const titleOf = (query: string, title: string): string => shown(snippeter(searchFor(query).query)({ title }).title);

describe("in a title", () => {
  test.each([
    ["goldpreis", "[Goldpreis]-Rekordhoch: Gelbes Edelmetall"],
    ["börse", "Frankfurter [Börse] schließt höher"],
    ["boerse", "Frankfurter [Börse] schließt höher"],
    ["BORSE", "Frankfurter [Bo\u0308rse] schließt höher"],
    ["strasse", "Berliner [Straße] gesperrt"],
    ["warnstreik*", "Neue [Warn\u00adstreiks] im Nahverkehr"],
    ["regierung", "Alle [Regierungen] sagen, die [Regierung] lenkt ein"],
    ['"regierung"', "Alle Regierungen sagen, die [Regierung] lenkt ein"],
    ['"gelbes edelmetall" -gold', "[Gelbes Edelmetall] und gelbes Blech"],
    ["verdi-warnstreik", "[Verdi: Warnstreik] legt Busse lahm"],
    ["gold (silber OR platin)", "[Gold], [Silber] und Blei"],
    ["-gold silber", "Gold und [Silber]"],
    ["title:gold silber", "[Gold] und [Silber]"],
    ["category:gold author:silber", "Gold und Silber"],
    ["*", "Gold"],
    ["東京", "知事、[東京]都の予算"],
    ["東京都", "知事、[東京都]の予算"],
    ["20:15", "Heute um [20:15] Uhr"],
    ["3", "Note ½ und [3]"],
    ["citroentm", "[Citroën]™ baut"],
  ])("%s marks %s", (query, expected) => {
    expect(titleOf(query, expected.replaceAll(/[[\]]/g, ""))).toBe(expected);
  });

  test("a word that is asked for in the title is not marked in the teaser", () => {
    const { title, teaser } = snippeter(searchFor("title:gold silber").query)({
      title: "Gold",
      teaser: "Gold, Silber",
    });

    expect([shown(title), shown(teaser)]).toEqual(["[Gold]", "Gold, [Silber]"]);
  });
});

describe("a long teaser", () => {
  const long = (before: number, after: number): string =>
    `${"davor ".repeat(before)}Goldpreis steigt${" danach".repeat(after)}`;
  const snippet = (teaser: string): string => {
    const found = snippeter(searchFor("goldpreis").query)({ title: "Kurse", teaser });
    return shown(found.teaser);
  };

  test("is cut around its first hit, between words", () => {
    const text = snippet(long(60, 30));

    expect(text).toMatch(/^… davor (?:davor )+\[Goldpreis\] steigt(?: danach)+ …$/);
    expect(text.length).toBeLessThan(330);
  });

  test("begins at its beginning where the hit is near it, and ends at its end where the hit is there", () => {
    expect(snippet(long(5, 60))).toMatch(/^davor .*\[Goldpreis\] steigt(?: danach)+ …$/);
    expect(snippet(long(80, 0))).toMatch(/^… (?:davor )+\[Goldpreis\] steigt$/);
    expect(snippet(long(3, 3))).toBe(long(3, 3).replace("Goldpreis", "[Goldpreis]"));
  });

  test("without a blank in it is cut between characters, never inside one", () => {
    const text = snippet("😀".repeat(400));

    expect(text).toMatch(/^(?:😀)+ …$/u);
  });
});

test("what is marked is what matched, and nothing is lost: for any item and query", () => {
  fc.assert(
    fc.property(somePlaced, someQuery, (placed, text) => {
      const { query } = searchOrTopic(text);
      const { title, teaser } = snippeter(query)(placed.item);
      const hits = [...title, ...(teaser ?? [])].filter(({ hit }) => hit);

      expect(plain(title)).toBe(placed.item.title);
      expect(plain(teaser)).toBe(placed.item.teaser ?? "");
      const isOfItsText = query.kind === "text" && (query.where === "text" || query.where === "title");
      if (isOfItsText) expect(hits.length > 0).toBe(matches(query, placed, NOON));
      for (const { text: hit } of hits) expect(matchesAny(query, hit)).toBe(true);
    }),
    { numRuns: 1500 },
  );
});

test.each(["gold ", "gold", "½-™", "東京", "Bo\u0308rse\u00ad"])(
  "marking takes four times as long for four times as much: %j",
  (part) => {
    const snippetOf = snippeter(searchFor('gold* 東京 börse "gold gold gold"').query);
    const processorTime = (text: string): number => {
      const before = process.threadCpuUsage();
      snippetOf({ title: text, teaser: text });
      return process.threadCpuUsage(before).user / 1000;
    };
    processorTime(part.repeat(1000));

    const once = processorTime(part.repeat(4000));
    const fourfold = processorTime(part.repeat(16_000));

    // milliseconds; were it quadratic, it would be sixteen times as long
    expect(fourfold).toBeLessThan(9 * once + 100);
  },
);

function searchOrTopic(text: string): { readonly query: Query } {
  const parsed = parseQuery(text);
  if (parsed.kind === "bad") throw new Error(`${text}: ${parsed.message}`);
  return parsed;
}

/** Whether one of the words asked for is found in the hit alone. */
function matchesAny(query: Query, hit: string): boolean {
  if (query.kind === "and" || query.kind === "or") return query.of.some((part) => matchesAny(part, hit));
  return query.kind === "text" && matches({ ...query, where: "text" }, aPlaced({ title: hit }), NOON);
}
