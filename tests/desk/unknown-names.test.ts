import { describe, expect, test } from "vitest";
import { countUnknownNames } from "../../src/desk/desk.ts";
import type { SectionId } from "../../src/model/ids.ts";
import type { Decision, Placed } from "../../src/model/news.ts";
import { itemOf, SECTIONS, type Sketch } from "./entries.ts";

interface Case extends Partial<Sketch> {
  readonly section?: string;
  readonly rule?: string;
}

function placed({ section, rule = "text", ...sketch }: Case): Placed {
  const item = itemOf({ title: "Neues aus der Anstalt", ...sketch });
  const decision: Decision = {
    ...{ item: item.id, story: item.id as unknown as Decision["story"], storyIri: item.iri },
    ...(section === undefined ? {} : { section: section as SectionId }),
    reasons: section === undefined ? [] : [{ about: "section", rule, words: "because" }],
  };
  return { item, decision };
}

function namesOf(cases: readonly Case[], least = 3) {
  const names = countUnknownNames(SECTIONS);
  for (const one of cases) names.add(placed(one));
  return names.all(least);
}

const times = <T>(count: number, one: (at: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, at) => one(at));
const page = (folder: string) => (at: number) => ({ url: `https://kurier.example/${folder}/seite-${at}.html` });

describe("a publisher's name that sections.yaml does not know", () => {
  test("is proposed for the section where most of its items ended up", () => {
    const cases = times(5, (at) => ({ ...page("republik")(at), section: at < 4 ? "politik" : "panorama" }));

    expect(namesOf(cases)).toEqual([
      {
        ...{ list: "paths", name: "republik", publishers: ["kurier"], items: 5 },
        ...{ section: "politik", there: 4, filed: 5 },
      },
    ]);
  });

  test("is a category as well as a folder, once an item", () => {
    const categories = [{ term: "d-7", label: "Schöne Künste" }, { term: "Schöne  künste" }];
    const cases = times(3, () => ({ categories, section: "kultur" }));

    expect(namesOf(cases)).toMatchObject([
      { list: "categories", name: "schoene kuenste", items: 3, section: "kultur" },
    ]);
  });

  test("is named without a section where its items went everywhere, or nowhere", () => {
    const everywhere = times(6, (at) => ({
      ...page("magazin")(at),
      section: ["sport", "kultur", "leben"][at % 3] ?? "",
    }));
    const nowhere = times(4, page("kraut-und-rueben"));

    const found = namesOf([...everywhere, ...nowhere]);

    expect(found.map(({ name }) => name)).toEqual(["magazin", "kraut-und-rueben"]);
    expect(found.every((name) => !("section" in name))).toBe(true);
  });

  test("is not named for items that another of their names filed, or an editor, or the operator", () => {
    const known = times(4, (at) => ({ ...page("sport/ringen-und-raufen")(at), section: "sport", rule: "url-path" }));
    const edited = times(4, (at) => ({ ...page("dies")(at), section: "sport", rule: "editor" }));
    const wholeFeed = times(4, (at) => ({ ...page("das")(at), section: "sport", rule: "feed-section" }));

    expect(namesOf([...known, ...edited, ...wholeFeed])).toEqual([]);
  });

  test("is not a date, a number, or the page itself", () => {
    expect(
      namesOf(times(5, (at) => ({ url: `https://kurier.example/2026/03/b17/neues-${"x".repeat(at + 1)}` }))),
    ).toEqual([]);
  });

  test("must be used often by one publisher; then others who use it are named too", () => {
    const cases = [
      ...times(3, (at) => ({ ...page("republik")(at), publisher: "kurier" })),
      ...times(1, (at) => ({ ...page("republik")(at), publisher: "bote" })),
      ...times(2, (at) => ({ ...page("selten")(at), publisher: "bote" })),
      ...times(2, (at) => ({ ...page("selten")(at), publisher: "merkur" })),
    ];

    expect(namesOf(cases)).toMatchObject([{ name: "republik", items: 4, publishers: ["kurier", "bote"] }]);
  });

  test("is still found behind thousands of names that are used once", () => {
    const word = (at: number) => [...String(at)].map((digit) => String.fromCharCode(97 + Number(digit))).join("");
    const cases = times(5000, (at) => (at % 50 === 0 ? page("republik")(at) : page(`einmal-${word(at)}`)(at)));

    expect(namesOf(cases)).toMatchObject([{ name: "republik", items: 100 }]);
  });
});
