import { describe, expect, test } from "vitest";
import { parseQuery, READER_LIMITS } from "../../src/query/query.ts";
import { exampleView } from "../support/example-view.ts";
import { served } from "./served.ts";

const EXAMPLE = exampleView();

async function pageOf(path: string, language = "de"): Promise<string> {
  const view = await EXAMPLE;
  await using server = await served({ ...view, settings: { ...view.settings, language } });
  return (await server.get(path)).text;
}

const searched = (query: string, language?: string) => pageOf(`/search?q=${encodeURIComponent(query)}`, language);

describe("what is wrong with a search", () => {
  test.each([
    ['gold "silber', "dieses Anführungszeichen wird nicht geschlossen"],
    ["öl*", "„öl*“ fände zu viel: vor dem „*“ mindestens 3 Buchstaben schreiben"],
    ["w1 w2 w3 w4 w5 w6 w7 w8 w9", "eine Suche hat höchstens 8 Wörter"],
    [`${"-(".repeat(30)}gold`, "Klammern und NOT gehen höchstens 50 tief"],
    ["…", "es fehlt, wonach gesucht wird"],
    ["gold)", "diese Klammer wurde nie geöffnet"],
    ["(gold", "diese Klammer wird nicht geschlossen"],
    ['""', "hier fehlt ein Buchstabe oder eine Ziffer"],
    ['url:""', "hier fehlt ein Teil der Adresse"],
    ["*gold", "„*“ steht nur am Ende eines Wortanfangs"],
    ["gold OR", "nach „OR“ fehlt etwas"],
    ["AND gold", "vor „AND“ fehlt etwas"],
    ["title:(gold section:sport)", "„section:“ kann nicht in den Klammern von „title:“ stehen"],
    ["titel:gold", "„titel:“ ist kein Feld: gemeint war vielleicht „title:“?"],
    ["ressort:sport", "„ressort:“ ist kein Feld: es gibt title, section, publisher"],
    ["within: 24h", "gleich hinter dem Doppelpunkt, ohne Leerzeichen, etwa „within:24h“"],
    ["section:Politik&Co", "„Politik&amp;Co“ ist keine Kennung"],
    ["lang:deutsch", "„deutsch“ ist keine Sprache"],
    ["within:gestern", "„gestern“ ist keine Dauer"],
    ["after:2026-02-30", "„2026-02-30“ ist kein Tag"],
  ])("is said in German on German pages: %s", async (query, words) => {
    const parsed = parseQuery(query, READER_LIMITS);
    const message = parsed.kind === "bad" ? parsed.message : "";

    expect(await searched(query)).toContain(words);
    expect(await searched(query)).not.toContain(message.replaceAll('"', "&quot;"));
  });

  test("is said in English on English ones", async () => {
    expect(await searched('gold "silber', "en")).toContain("this quotation mark is never closed");
  });
});

describe("what last went wrong with a feed", () => {
  const troubled = async (lastError: string, language = "de"): Promise<string> => {
    const view = await EXAMPLE;
    const { feeds } = await view.feedsOf();
    const reports = feeds.map((report) => ({ ...report, state: { ...report.state, lastError } }));
    await using server = await served({
      ...view,
      settings: { ...view.settings, language },
      feedsOf: async () => ({ feeds: reports, stale: false }),
    });
    return (await server.get("/publishers")).text;
  };

  test.each([
    ["unreadable: no RSS, Atom or JSON feed in it", "unlesbar: kein RSS, Atom oder JSON Feed darin"],
    ["http-500: the server answered with status 500", "der Server antwortet mit Status 500"],
    ["status 403", "der Server antwortet mit Status 403"],
    ["status 404: nothing there", "Status 404: dort ist nichts"],
    ["certificate: certificate has expired", "das Zertifikat des Servers gilt nicht"],
    [
      "html: https://a.example/ is a web page, not a feed; it names https://a.example/rss as its feed",
      "eine Webseite und kein Feed; sie nennt https://a.example/rss als ihren Feed",
    ],
  ])("is said in German on German pages: %s", async (noted, words) => {
    expect(await troubled(noted)).toContain(`<span title="${noted}">${words}</span>`);
  });

  test("is said as noted on English pages, and where its code is not known", async () => {
    expect(await troubled("dns: no such name", "en")).toContain('class="error">dns: no such name');
    expect(await troubled("oracle: it said no")).toContain('class="error">oracle: it said no');
  });
});

test("a section's corrections are those of a section, a topic's those of a topic", async () => {
  expect(await pageOf("/sections/sport/corrections")).toContain("Meldungen dieses Ressorts");
  expect(await pageOf("/topics/elbe/corrections")).toContain("Meldungen dieses Themas");
});
