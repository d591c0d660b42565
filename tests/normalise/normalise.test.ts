import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import type { ParsedItem } from "../../src/model/parsed.ts";
import { type Normalised, normalise } from "../../src/normalise/normalise.ts";
import { read } from "../../src/road.ts";

const URL_OF_FEED = "https://press.example/feeds/all";
const BARE = { authors: [], categories: [], enclosures: [] } as const;

const normalised = (
  items: readonly Partial<ParsedItem>[],
  homeUrl?: string,
  words: readonly string[] = [],
): Normalised =>
  normalise(
    {
      kind: "parsed",
      format: "rss",
      feed: { authors: [], categories: [], ...(homeUrl !== undefined && { homeUrl }) },
      items: items.map((item) => ({ ...BARE, ...item })),
      hints: {},
      repairs: [],
    },
    URL_OF_FEED,
    words,
  );

const draftOf = (item: Partial<ParsedItem>, homeUrl?: string) => normalised([item], homeUrl).drafts[0];

test("a document that puts sections before its titles is read as its readers read it", async () => {
  const bytes = readFileSync(path.join(import.meta.dirname, "../fixtures/feeds/section-words-in-titles.rss"));

  const reading = await read({ url: "https://www.hafenblatt.example/rss", headers: {}, bytes }, [
    "Politik",
    "Finanzen",
    "Technologie",
    "Wirtschaft",
  ]);

  expect(reading).toMatchObject({
    kind: "read",
    profile: { title: "Hafenblatt", language: "de-de", homeUrl: "https://www.hafenblatt.example/" },
    drafts: [
      {
        title: "Zinswende an der Küste: Sparkassen senken Dispo erstmals seit 2019",
        sectionWord: "Finanzen",
        kicker: "Zinswende an der Küste",
        permalink: "https://www.hafenblatt.example/finanzen/zinswende-kueste-510001",
        teaser: "Die Zinsen fallen, der Dispo wird billiger: Was Kunden jetzt wissen müssen …",
        publishedAt: Date.UTC(2026, 0, 20),
      },
      {
        title: "Netze in unsicheren Zeiten: Was tun, wenn der Server im Keller ertrinkt?",
        permalink: "https://www.hafenblatt.example/technologie/server-keller-510002",
        teaser: "Ein Hochwasser zeigt, wie rasch …",
        publishedAt: Date.UTC(2026, 0, 20, 8, 15),
      },
      {
        title: "Werften: Auftragsbücher im Januar voller als erwartet",
        kicker: "Werften",
        summary: "<p>Die Werften melden mehr Aufträge – ein Signal, das viele als Hoffnungsschimmer…</p>",
        teaser: "Die Werften melden mehr Aufträge – ein Signal, das viele als Hoffnungsschimmer …",
      },
      { title: "Politik streitet über den Fahrplan der Fähren" },
    ],
  });
});

describe("addresses become absolute", () => {
  test("against xml:base, then the home page, then the document", () => {
    expect(draftOf({ link: "a", base: "https://base.example/x/" }, "https://home.example/")?.permalink).toBe(
      "https://base.example/x/a",
    );
    expect(draftOf({ link: "/a" }, "https://home.example/start")?.permalink).toBe("https://home.example/a");
    expect(draftOf({ link: "a" })?.permalink).toBe("https://press.example/feeds/a");
  });

  test("a guid that is a link stands in for the link", () => {
    expect(draftOf({ guid: "https://press.example/1", guidIsLink: true })?.permalink).toBe("https://press.example/1");
    expect(draftOf({ guid: "https://press.example/1" })?.permalink).toBeUndefined();
  });

  test("what is neither http nor https is left out", () => {
    const draft = draftOf({
      link: "javascript:alert(1)",
      enclosures: [{ url: "data:text/html,x" }, { url: "/a.mp3", type: "audio/mpeg" }],
      image: { url: "file:///etc/passwd" },
      authors: [{ name: "Jo", url: "javascript:alert(1)" }],
    });

    expect(draft).toEqual({
      enclosures: [{ url: "https://press.example/a.mp3", type: "audio/mpeg" }],
      authors: [{ name: "Jo" }],
    });
  });

  test("a place on a page is left out, unless items differ by nothing else", () => {
    expect(draftOf({ link: "https://press.example/a#top" })?.permalink).toBe("https://press.example/a");

    const { drafts } = normalised([{ link: "https://press.example/a#1" }, { link: "https://press.example/a#2" }]);
    expect(drafts.map(({ permalink }) => permalink)).toEqual([
      "https://press.example/a#1",
      "https://press.example/a#2",
    ]);
  });
});

test("no mark of direction gets out of a title, a teaser, a name or a label and turns around what stands beside it", () => {
  const turned = (text: string) => ({ text, type: "html" as const });
  const draft = draftOf({
    title: turned("Rat &amp;#x202e;und&amp;#8297; Tat \u2067"),
    summary: turned("Ein \u202eganzer &#8238;Satz."),
    authors: [{ name: "Jo \u202eDoe" }, { name: "דנה כהן" }],
    categories: [{ term: "Po\u2066litik", label: "\u202dPolitik" }, { term: "سياسة" }],
  });

  expect(draft).toMatchObject({
    ...{ title: "Rat und Tat", teaser: "Ein ganzer Satz." },
    authors: [{ name: "Jo Doe" }, { name: "דנה כהן" }],
    categories: [{ term: "Politik", label: "Politik" }, { term: "سياسة" }],
  });
});

describe("people, labels, languages", () => {
  test("each author and each category once", () => {
    const draft = draftOf({
      authors: [{ name: "Jo  Doe" }, { name: "jo doe" }, { name: "Mia Muster" }],
      categories: [{ term: "Politik" }, { term: " Politik " }, { term: "Politik", scheme: "https://press.example/s" }],
    });

    expect(draft?.authors).toEqual([{ name: "Jo Doe" }, { name: "Mia Muster" }]);
    expect(draft?.categories).toEqual([{ term: "Politik" }, { term: "Politik", scheme: "https://press.example/s" }]);
  });

  test.each([
    ["de_DE", "de-de"],
    ["EN", "en"],
    ["zh-Hant-TW", "zh-hant-tw"],
    ["Deutsch (Schweiz)", undefined],
  ])("language %s is %s", (written, tag) => expect(draftOf({ language: written })?.language).toBe(tag));

  test("dates in the future stay: the road decides what they are worth", () => {
    expect(draftOf({ publishedAt: Date.UTC(2090, 0, 1) })?.publishedAt).toBe(Date.UTC(2090, 0, 1));
  });

  test("the teaser is of the summary, else of the content, and plain", () => {
    expect(draftOf({ content: { text: "<p>Ein <b>Wort</b></p><p>mehr</p>", type: "html" } })?.teaser).toBe(
      "Ein Wort mehr",
    );
  });
});
