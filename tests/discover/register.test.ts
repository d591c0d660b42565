import { describe, expect, test } from "vitest";
import { addressKey, domainOf, likelySection, openRegister, webAddress } from "../../src/discover/discover.ts";
import { SLUG, sectionId } from "../../src/model/ids.ts";
import { readSections } from "../../src/settings/settings.ts";
import { aFeed, aPublisher, ROOT } from "../support/test-settings.ts";

const house = {
  publishers: [
    aPublisher("elbbote", { title: "Elbbote", homeUrl: "https://www.elbbote.example/", language: "de" }),
    aPublisher("bbc", { title: "BBC", homeUrl: "https://www.bbc.co.uk/" }),
  ],
  feeds: [
    aFeed("elbbote", "elbbote", "https://www.elbbote.example/rss/"),
    aFeed("bbc", "bbc", "https://feeds.bbci.co.uk/news/rss.xml"),
  ],
};

describe("a feed that is there already", () => {
  test.each(["http://elbbote.example/rss", "https://www.elbbote.example/rss/#x", "https://elbbote.example:443/rss"])(
    "is known at %s",
    (url) => {
      expect(openRegister(house).feedAt(url)?.id).toBe("elbbote");
    },
  );

  test("is not known at another path, query, port or name", () => {
    for (const url of [
      "https://elbbote.example/rss2",
      "https://elbbote.example/rss?a",
      "https://elbbote.example:8080/rss",
    ])
      expect(openRegister(house).feedAt(url)).toBeUndefined();
    expect(addressKey("https://a.example/B")).not.toBe(addressKey("https://a.example/b"));
  });
});

describe("the publisher of a new feed", () => {
  test("is the one of its domain", () => {
    const { feed, newPublisher } = openRegister(house).enrol({
      url: "https://newsfeed.elbbote.example/sport.xml",
      title: "Elbbote: Sport & Spiel",
      language: "de",
    });

    expect(feed).toEqual({
      id: "elbbote-sport-spiel",
      publisher: "elbbote",
      url: "https://newsfeed.elbbote.example/sport.xml",
      title: "Elbbote: Sport & Spiel",
      fullContent: false,
    });
    expect(newPublisher).toBeUndefined();
  });

  test("is the one of the page that names it, wherever it lies", () => {
    const register = openRegister(house);

    expect(
      register.enrol({ url: "https://feedburner.com/x", homeUrl: "https://elbbote.example/" }).feed.publisher,
    ).toBe("elbbote");
    expect(register.enrol({ url: "https://feeds.bbci.co.uk/sport/rss.xml" }).feed.publisher).toBe("bbc");
  });

  test("is the one that the operator says, by id or by name, known or new", () => {
    const register = openRegister(house);
    const url = "https://anywhere.example/";

    expect(register.enrol({ url, publisher: "bbc" }).feed.publisher).toBe("bbc");
    expect(register.enrol({ url, publisher: "ELBBOTE" }).feed.publisher).toBe("elbbote");
    expect(register.enrol({ url, publisher: "Größe & Co." })).toMatchObject({
      feed: { id: "groesse-co", publisher: "groesse-co" },
      newPublisher: { id: "groesse-co", title: "Größe & Co." },
    });
  });

  test("is a new one, named after the domain, where nobody has it; its next feed is its own", () => {
    const register = openRegister(house);
    const first = register.enrol({ url: "https://news.isar.co.uk/rss", title: "Isarblatt", language: "de-at" });
    const second = register.enrol({ url: "https://isar.co.uk/kultur.rss", title: "Isarblatt", language: "en" });

    expect(first).toMatchObject({
      feed: { id: "isar", publisher: "isar" },
      newPublisher: { id: "isar", title: "Isarblatt", language: "de-at" },
    });
    expect(second).toEqual({ feed: expect.objectContaining({ id: "isar-kultur", publisher: "isar", language: "en" }) });
  });

  test("is another one for each customer of a host of many", () => {
    const register = openRegister(house);
    const urls = [
      "https://anna.github.io/feed",
      "https://bert.github.io/feed",
      "https://anna.substack.com/feed",
      "https://feeds.feedburner.com/anna",
      "https://feeds.feedburner.com/bert",
      "http://127.0.0.1:8080/feed",
      "http://127.0.0.1:8081/feed",
    ];

    const publishers = urls.map((url) => register.enrol({ url, title: "Blog" }).feed.publisher);

    expect(new Set(publishers).size).toBe(urls.length);
  });

  test("and every feed gets an id of its own that stays one", () => {
    const register = openRegister(house);
    const titles = ["", "新闻", "x".repeat(300), "Elbbote", "-", "__proto__", "constructor"];

    const ids = Array.from({ length: 3000 }, (_, n) => {
      const title = titles[n % titles.length];
      return register.enrol({ url: `https://elbbote.example/${n % 7}/${n}/feed`, title }).feed.id;
    });

    expect(new Set(ids).size).toBe(3000);
    expect(ids.filter((id) => !SLUG.test(id))).toEqual([]);
  });
});

describe("the section that a feed may be of", () => {
  const sections = readSections(`${ROOT}/config`);
  const of = (url: string, title?: string, permalinks?: readonly string[]) =>
    likelySection({ url, title, publisher: "Handelsblatt", ...(permalinks !== undefined && { permalinks }) }, sections)
      ?.section;

  test("is the one that its title names, its publisher's name aside", () => {
    expect(of("https://a.example/rss", "Handelsblatt: Politik")).toBe(sectionId("politik"));
    expect(of("https://a.example/rss", "Handelsblatt")).toBeUndefined();
    expect(of("https://a.example/rss", "Politik und Sport")).toBeUndefined();
  });

  test("is the one of its address", () => {
    expect(of("https://a.example/rss/Sport.xml", "Neues")).toBe(sectionId("sport"));
    expect(of("https://a.example/nachrichten/rss", "Neues")).toBeUndefined();
  });

  test("is the one in which nearly all of its items lie", () => {
    const items = (sport: number, other: number) => [
      ...Array.from({ length: sport }, (_, n) => `https://a.example/sport/${n}`),
      ...Array.from({ length: other }, (_, n) => `https://a.example/politik/${n}`),
    ];

    expect(of("https://a.example/rss", "Neues", items(9, 1))).toBe(sectionId("sport"));
    expect(of("https://a.example/rss", "Neues", items(6, 4))).toBeUndefined();
    expect(of("https://a.example/rss", "Neues", items(3, 0))).toBeUndefined();
  });
});

test.each([
  ["feed://a.example/rss", "http://a.example/rss"],
  ["feed:https://a.example/rss#x", "https://a.example/rss"],
  [" https://a.example ", "https://a.example/"],
  ["javascript:alert(1)", undefined],
  ["data:text/html,x", undefined],
  ["https://name:word@a.example/", undefined],
  ["ftp://a.example/", undefined],
  ["", undefined],
  [`https://a.example/${"x".repeat(3000)}`, undefined],
])("%j as an address is %j", (text, address) => {
  expect(webAddress(text)).toBe(address);
});

test("a domain is what its publisher registered", () => {
  expect(domainOf("https://newsticker.heise.de/a")).toBe("heise.de");
  expect(domainOf("https://www.bbc.co.uk/")).toBe("bbc.co.uk");
  expect(domainOf("https://anna.github.io/")).toBe("anna.github.io");
  expect(domainOf("http://[::1]:80/")).toBe("[::1]");
});
