import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { feedId, itemId, publisherId, sectionId, storyId } from "../../src/model/ids.ts";
import type { Placed } from "../../src/model/news.ts";
import { wholeQuery } from "../../src/model/topic.ts";
import { matches, parseQuery } from "../../src/query/query.ts";
import { loadSettings, showProblems } from "../../src/settings/settings.ts";
import { ROOT, SHARED } from "../support/test-settings.ts";
import { configFolder } from "./config-folder.ts";

/** What the curated topics of config/topics.yaml take, and what they leave. */

const seed = path.join(SHARED, "seed", "dwn-article-page.txt");
const hasSeed = existsSync(seed);
if (!hasSeed) console.warn(`SKIPPED: ${seed} is not there: the topics are not tried on a publisher's own page`);

/** The other files do not matter here, so they are invented. */
const shippedTopics = readFileSync(path.join(ROOT, "config", "topics.yaml"), "utf8");

function topicsOf(item: Placed): readonly string[] {
  const loaded = loadSettings(configFolder({ topics: shippedTopics }), {});
  if (loaded.kind === "broken") throw new Error("topics.yaml is broken: shipped.test.ts says how");
  return loaded.settings.topics.flatMap(({ id, query }) => {
    const parsed = parseQuery(query);
    return parsed.kind === "query" && matches(parsed.query, item, 0) ? id : [];
  });
}

function placed(title: string, teaser = "", section?: string): Placed {
  const id = itemId(title);
  const feed = feedId("abendblatt");
  const publisher = publisherId("abendblatt");
  const item = { id, iri: `tag:${id}`, feed, publisher, title, teaser, arrivedAt: 0, revision: 0, digest: "" };
  const story = { story: storyId("s"), storyIri: "tag:s", reasons: [] };
  return { item, decision: { item: id, ...story, ...(section !== undefined && { section: sectionId(section) }) } };
}

describe("a topic takes what it is about", () => {
  test.each([
    ["russland-ukraine", "Selenskyj: Ukrainische Luftabwehr braucht Nachschub", ""],
    ["russland-ukraine", "Kreml weist Vorschlag zurück", ""],
    ["gold-zinsen-boerse", "Goldpreis-Rückgang: Anleger warten ab", ""],
    ["gold-zinsen-boerse", "Boerse am Abend: Dax schließt schwächer", ""],
    ["gold-zinsen-boerse", "EZB erhöht den Leitzins", ""],
    ["energie", "Stromausfälle im Norden, Gaspreise steigen", ""],
    ["energie", "Wärmepumpen: Förderung läuft aus", ""],
    ["ki", "KI-Modell erkennt Vogelstimmen", ""],
    ["ki", "Ein Start-up und sein Roboterarm", "Künstliche Intelligenz soll greifen lernen."],
    ["streiks", "Busse bleiben im Depot", "Mit einem Warnstreik erhöht die Gewerkschaft den Druck."],
    ["streiks", "Gewerkschaft fordert sieben Prozent", "Die Arbeitgeber nennen die Forderung überzogen."],
    ["handel", "Neue US-Zölle treffen Maschinenbauer", ""],
    ["klima", "Sturmtief bringt Orkanböen an die Küste", ""],
    ["gesundheit", "Krankenkassen: Beiträge steigen im Januar", ""],
  ])("%s: %s", (topic, title, teaser) => {
    expect(topicsOf(placed(title, teaser))).toContain(topic);
  });
});

describe("a topic leaves words that only look like it", () => {
  test.each([
    ["Goldmedaille für die Staffel", "", "sport"],
    ["Russische Turnerin gewinnt den Mehrkampf", "", "sport"],
    ["Verdis Aida ohne Bühnenbild", "Die Oper streicht die Elefanten.", "kultur"],
    ["Der Preis des Börsenvereins geht nach Halle", "Börsenverein ehrt einen Übersetzer.", undefined],
    ["Zollstock im Kopf: ein Handwerker erzählt", "", undefined],
    ["Konjunkturerwartungen steigen deutlich", "Ein Zeichen der Hoffnung für die Industrie.", "wirtschaft"],
    ["Energiegeladen ins neue Jahr", "", undefined],
  ])("%s", (title, teaser, section) => {
    expect(topicsOf(placed(title, teaser, section))).toEqual([]);
  });
});

/** The topics of topics.yaml with one that says this, too. */
function written(lines: string, query = "strom*") {
  const feeds = ["handelsblatt", "spiegel", "faz"].map(
    (id) => `  - { id: ${id}, title: ${id}, feeds: [{ id: ${id}, url: "https://${id}.example/rss" }] }`,
  );
  const topic = `topics:\n  - id: neu\n    title: Neu\n    description: Neu\n    query: "${query}"\n${lines}`;
  const sections = ["wirtschaft", "finanzen"].map((id) => `  - { id: ${id}, titles: { de: ${id} } }`);
  return loadSettings(
    configFolder({
      feeds: `publishers:\n${feeds.join("\n")}\n`,
      sections: `sections:\n${sections.join("\n")}\n`,
      topics: topic,
    }),
    {},
  );
}

const topicIn = (lines: string) => {
  const loaded = written(lines);
  if (loaded.kind === "broken") throw new Error(showProblems(loaded.problems));
  return loaded.settings.topics[0];
};

describe("what a topic may say", () => {
  test("lists narrow its query, whatever that is", () => {
    const topic = topicIn("    sections: [wirtschaft, finanzen]\n    publishers: [faz]\n    languages: [de-AT]\n");

    expect(topic && wholeQuery({ ...topic, query: "gold OR silber" })).toBe(
      "(gold OR silber) section:(wirtschaft OR finanzen) publisher:(faz) lang:(de-at)",
    );
    expect(topic && parseQuery(wholeQuery(topic)).kind).toBe("query");
  });

  test("a digest has its defaults", () => {
    expect(topicIn("    digest: { every: day }\n")?.digest).toEqual({
      ...{ every: "day", at: "07:00", timeZone: "Europe/Berlin", stories: 10 },
    });
  });

  test.each([
    ["    order: best\n", /order: "best" is none of newest, coverage, editor/],
    ["    digest: { every: month }\n", /digest\.every: "month" is none of day, week/],
    ["    digest: { every: day, at: 7 }\n", /digest\.at: 7 is not a text; put it in quotes: "7"/],
    ['    digest: { every: day, at: "24:00" }\n', /digest\.at: "24:00" is no time of day/],
    ["    digest: { every: day, timeZone: Berlin }\n", /digest\.timeZone: "Berlin" is no time zone/],
    ["    sections: [finanz]\n", /sections\[0\]: there is no section "finanz"; write finanzen/],
    ["    publishers: [spigel]\n", /publishers\[0\]: there is no publisher "spigel"; write spiegel/],
    ["    sections: []\n", /sections: the list is empty/],
  ])("what cannot be meant is named with its place: %s", (lines, expected) => {
    const loaded = written(lines);

    expect(loaded.kind === "broken" && showProblems(loaded.problems)).toMatch(expected);
  });

  test("all that its page shows can be written", () => {
    const page = readFileSync(path.join(ROOT, "docs", "topics.md"), "utf8");
    const examples = [...page.matchAll(/```yaml\n( {4}[\s\S]*?)```/g)].map(([, lines = ""]) => lines);

    expect(examples.length).toBeGreaterThanOrEqual(12);
    for (const lines of examples) expect(topicIn(lines)?.id).toBe("neu");
  });
});

describe.skipIf(!hasSeed)("on a publisher's own page", () => {
  /** Title by section word, as the page prints them: publisher, section, "Section Title", day, empty line, teaser. */
  const text = hasSeed ? readFileSync(seed, "utf8") : "";
  const blocks = [...text.matchAll(/^DWN\n(.+)\n\1 (.+)\n[\d.]+\n\n(.+)$/gm)];
  const items = blocks.map(([, section = "", title = "", teaser = ""]) => placed(title, teaser, section.toLowerCase()));

  test("each item is in the topics where an editor would look for it", () => {
    const found = Object.fromEntries(items.map((item) => [item.item.title.slice(0, 14), topicsOf(item)]));

    expect(found).toEqual({
      "Goldpreis-Reko": ["gold-zinsen-boerse"],
      "Energie in uns": ["energie"],
      "Deutschland: Z": [],
      "Exporte in die": ["handel"],
      "Ifo-Umfrage: M": [],
      "Verdi-Warnstre": ["streiks"],
      "Putins Bündnis": ["russland-ukraine"],
      "G7-Gipfelidee ": ["russland-ukraine"],
    });
  });

  test("the article itself is about Russia and the war", () => {
    const [title = "", teaser = ""] = text.split("\n").filter((line) => line.length > 40);

    expect(topicsOf(placed(title, teaser, "politik"))).toEqual(["russland-ukraine"]);
  });
});
