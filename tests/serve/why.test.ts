import { beforeAll, describe, expect, test } from "vitest";
import { storyId } from "../../src/model/ids.ts";
import type { Decision, Placed, Reason } from "../../src/model/news.ts";
import type { View } from "../../src/serve/serve.ts";
import { exampleItems, exampleView } from "../support/example-view.ts";
import { served } from "./served.ts";

/** The example press with another decision on some of its items. */
const decided = (change: (placed: Placed, at: number) => Partial<Decision>): readonly Placed[] =>
  exampleItems().map((placed, at) => ({ ...placed, decision: { ...placed.decision, ...change(placed, at) } }));

const withReason = (reason: Reason): readonly Placed[] => decided((_, at) => (at === 0 ? { reasons: [reason] } : {}));

const views = new Map<string, View>();
beforeAll(async () => {
  for (const language of ["de", "en"]) views.set(language, await exampleView({ language }));
});

/** The page as it would be if these were the items. */
async function pageOf(path: string, items: readonly Placed[], language = "de"): Promise<string> {
  const view = views.get(language);
  if (view === undefined) throw new Error(`no view in ${language}`);
  const members = (id: string) => items.filter(({ decision }) => decision.story === id).toReversed();
  await using server = await served({
    ...view,
    item: (id) => items.find(({ item }) => item.id === id),
    story: (id) => (members(id).length === 0 ? undefined : { id, members: members(id) }),
  });
  return (await server.get(path)).text;
}

const JOINED: Reason = {
  ...{ about: "story", rule: "centroid", words: "it tells what the story's other items tell" },
  evidence: { likeness: 0.3, needed: 0.19, texts: 4, shared: ["Uthlande", "Amrum"] },
};
const APART: Reason = {
  ...{ about: "story", rule: "first", words: "nothing enough like it was told in the last three days" },
  evidence: { nearest: "story-zins", likeness: 0.15, needed: 0.19 },
};

describe("an item's page says why", () => {
  test.each<readonly [string, Reason, string, readonly string[]]>([
    [
      "it joined",
      JOINED,
      "de",
      [
        "Gemeinsam: Uthlande, Amrum",
        "Unter 0,19 hätte sie eine eigene",
        "<span>Ähnlichkeit</span> 0,30",
        "<span>Texte der Nachricht</span> 4",
      ],
    ],
    [
      "it joined",
      JOINED,
      "en",
      [
        "In common: Uthlande, Amrum",
        "Below 0.19 it would have begun",
        "<span>likeness</span> 0.30",
        "<summary>Figures and evidence",
      ],
    ],
    [
      "it stands alone",
      APART,
      "de",
      [
        "Nichts, was ähnlich genug wäre",
        "0,15; ab 0,19 wäre sie Teil davon",
        '<a href="/stories/story-zins">Zur nächsten Nachricht</a>',
      ],
    ],
    ["it stands alone", APART, "en", ["Nothing enough like it", "0.15; from 0.19 it would be part of it"]],
    [
      "it stands alone for want of a word",
      { ...APART, evidence: { ...APART.evidence, likeness: 0.3, missing: "a second telling word in common" } },
      "de",
      ["gleicht sie genug, aber es fehlte ein zweites bezeichnendes Wort"],
    ],
    [
      "it is filed where it is",
      {
        about: "section",
        rule: "text",
        words: "it reads like this section's items",
        evidence: { probability: 0.9, needed: 0.82 },
      },
      "de",
      ["Unter 82 % Sicherheit bliebe sie ohne Ressort", "<span>nötig</span> 82 %"].map((text) =>
        text.replace(" %", "\u00a0%"),
      ),
    ],
    [
      "an editor moved it",
      { about: "story", rule: "editor", words: "an editor moved it here", evidence: { by: "Petra <P>" } },
      "de",
      ["Die Redaktion hat es so entschieden", "Entschieden von Petra &lt;P&gt;"],
    ],
    [
      "a newer version decided by a rule that we do not know",
      { about: "story", rule: "oracle", words: "the oracle said so", evidence: { smoke: 3 } },
      "de",
      ["The oracle said so", "<span>smoke</span> 3"],
    ],
  ])("%s (%#)", async (_, reason, language, texts) => {
    const page = await pageOf("/items/item-0", withReason(reason), language);

    for (const text of texts) expect(page).toContain(text);
  });
});

describe("earlier stories", () => {
  const own = exampleItems()[0]?.decision.story ?? storyId("none");
  const related = ["story-zins", "gone", own].map((story) => ({ story: storyId(story), shared: ["Zins", "EZB"] }));

  test("are named on an item's page, but not the item's own story nor what nobody tells any more", async () => {
    const page = await pageOf(
      "/items/item-0",
      decided((_, at) => (at === 0 ? { related } : {})),
    );

    const [, block = ""] = /<section class="related"(.*?)<\/section>/s.exec(page) ?? [];
    expect(block).toContain("Mehr zum Thema");
    expect(block.match(/<li>/g)).toHaveLength(1);
    expect(block).toContain('<h3><a href="/stories/story-zins"');
    expect(block).toContain("gemeinsam: Zins, EZB");
  });

  test("that are continued come first on the page of a story, then what most of its items name", async () => {
    const [zins, solo] = [{ story: storyId("story-zins"), shared: ["Zins"] }, { story: storyId("story-haushalt") }];
    const others = decided(({ decision }) =>
      decision.story === "story-haushalt"
        ? { related: [zins] }
        : decision.story === "story-zins"
          ? { related: [solo] }
          : {},
    );

    expect(await pageOf("/stories/story-haushalt", others, "en")).toContain("More on this");
    expect(await pageOf("/stories/story-zins", others)).toContain("wird hier fortgesetzt");
  });

  test("make no empty block", async () => {
    expect(await pageOf("/items/item-0", exampleItems())).not.toContain("Mehr zum Thema");
  });
});

describe("a story's page says what made one story of its items", () => {
  const members = exampleItems().filter(({ decision }) => decision.story === "story-haushalt");
  const oldest = members.reduce((first, one) => (one.item.arrivedAt < first.item.arrivedAt ? one : first));

  test("where it began, what was told elsewhere first, and what editors decided", async () => {
    const items = decided(({ item, decision }) => {
      if (decision.story !== "story-haushalt") return {};
      if (item.id === oldest.item.id) return { reasons: [APART] };
      return {
        reasons: [
          item.id === members.at(-1)?.item.id ? APART : { ...JOINED, rule: "editor", evidence: { by: "Petra" } },
        ],
      };
    });

    const page = await pageOf("/stories/story-haushalt", items);

    expect(page).toContain("Warum gehört das zusammen?");
    expect(page).toMatch(new RegExp(`Mit dieser Meldung begann die Nachricht: <a href="/items/${oldest.item.id}"`));
    expect(page).toContain("Begann als eigene Nachricht, die später mit dieser zusammengelegt wurde");
    expect(page).toContain("Die Redaktion hat es so entschieden (Petra): <a");
  });

  test("with the words by which each of the others joined, the lead too, and when it arrived", async () => {
    const joins = ({ item }: Placed) => ({
      ...JOINED,
      evidence: { ...JOINED.evidence, shared: ["Etat", `wort${item.id}`] },
    });
    const items = decided((placed) =>
      placed.decision.story !== "story-haushalt" || placed.item.id === oldest.item.id
        ? { reasons: [APART] }
        : { reasons: [joins(placed)], ...(placed.item.publisher === "kurier" && { leads: true as const }) },
    );

    const page = await pageOf("/stories/story-haushalt", items);

    const [, block = ""] = /<section class="reasons together"(.*?)<\/section>/s.exec(page) ?? [];
    expect(page).toMatch(/<h1><a href="https:\/\/kurier/);
    for (const { item } of members.filter((member) => member !== oldest))
      expect(block).toMatch(
        new RegExp(`Erzählt, was die anderen [^<]*\\. Gemeinsam: Etat, wort${item.id}: <a href="/items/${item.id}"`),
      );
    expect(block.match(/\(Wirtschaftskurier, eingegangen <time[^>]*>\d\d:\d\d Uhr/g)).toHaveLength(1);
    expect(await pageOf("/stories/story-haushalt", items, "en")).toMatch(/\(Wirtschaftskurier, arrived <time/);
  });

  test("and under which older ids it is known", async () => {
    const view = views.get("de");
    if (view === undefined) throw new Error("no view");
    const was = [storyId("old-1"), storyId("old-2")];
    await using server = await served({
      ...view,
      story: (id) => {
        const told = view.story(id);
        return told && { ...told, was };
      },
    });

    const { text } = await server.get("/stories/story-haushalt");

    expect(text).toContain("2 andere Nachrichten sind in dieser aufgegangen");
    expect(text).toContain('<a href="/stories/old-1"><code>old-1</code></a>');
  });
});
