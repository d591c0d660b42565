import { describe, expect, test } from "vitest";
import type { Draft } from "../../src/model/item.ts";
import { DAY, HOUR, MINUTE } from "../../src/model/time.ts";
import { draft, NOON, openPress, other, without } from "./press.ts";

/** Ten items of the last ten hours, newest first. */
const front = (change: (item: Draft, n: number) => Draft = (item) => item): readonly Draft[] =>
  Array.from({ length: 10 }, (_, n) => change(other(`n${n}`, { publishedAt: NOON - n * HOUR - 7 * MINUTE }), n));

const page = (path: string) => ({ permalink: `https://paper.example${path}` });

describe("nothing is announced twice when", () => {
  test.each<[string, (item: Draft, n: number) => Draft]>([
    ["all guids change at once", (item, n) => ({ ...item, guid: `new-${n}` })],
    [
      "all guids and all dates change at once, and two headlines",
      (item, n) => ({ ...item, guid: `new-${n}`, publishedAt: NOON + HOUR, ...(n < 2 && { title: `Edited ${n}` }) }),
    ],
    [
      "the publisher moves to another domain, with new guids and pages",
      (item, n) => ({ ...item, guid: `https://new.example/?p=${n}`, permalink: `https://new.example/2026/${n}` }),
    ],
    [
      "every address gets a token, in guid and link",
      (item, n) => ({ ...item, guid: `${item.permalink}?t=a${n}`, permalink: `${item.permalink}?t=a${n}` }),
    ],
    [
      "every name and every date is new and only the texts are left",
      (item, n) => ({
        ...item,
        guid: `new-${n}`,
        permalink: `https://new.example/${n}`,
        publishedAt: NOON + n * MINUTE,
      }),
    ],
    [
      "guids and links move from http://www to https",
      (item) => ({ ...item, guid: item.permalink ?? "", permalink: `${item.permalink}/` }),
    ],
    ["all items are dated anew", (item) => ({ ...item, publishedAt: NOON + DAY })],
    ["all items lose their dates", (item) => without(item, "publishedAt")],
    ["all items lose their guids", (item) => without(item, "guid")],
  ])("%s", (_, change) => {
    const press = openPress();
    press.read(
      front((item, n) => ({
        ...item,
        guid: `http://www.paper.example/n${n}`,
        permalink: `http://paper.example/n${n}`,
      })),
    );

    const second = press.read(
      front((item, n) => change({ ...item, permalink: `https://paper.example/n${n}` }, n)),
      NOON + HOUR,
    );
    const third = press.read(
      front((item, n) => change({ ...item, permalink: `https://paper.example/n${n}` }, n)),
      NOON + 2 * HOUR,
    );

    expect(second.fresh).toEqual([]);
    expect(third).toMatchObject({ fresh: [], revised: [], churned: 0 });
  });

  test.each([
    ["/politik/alte-zeile-1234567.html", "/politik/neue-zeile-1234567.html"],
    ["/article1234567/Old-line.html", "/article1234567/New-line.html"],
    ["/old-line-a-0c8f0e52-7b1e-4a5b-9d2f-1f6c1d6a3b10", "/new-line-a-0c8f0e52-7b1e-4a5b-9d2f-1f6c1d6a3b10"],
    ["/2026/03/01/1.5551234", "/2026/03/02/1.5551234"],
    ["/index.php?id=77&title=old", "/index.php?id=77&title=new"],
    ["/2026/03/01/three-weeks-without-a-ferry", "/2026/03/02/three-weeks-without-a-ferry"],
    ["/politics/three-weeks-without-a-ferry", "/economy/three-weeks-without-a-ferry"],
  ])("the headline changes in %s, in guid and link", (before, after) => {
    const press = openPress();
    const edited = (path: string, title: string) =>
      draft({ ...page(path), guid: `https://paper.example${path}`, title, publishedAt: NOON - 7 * MINUTE });
    const [first] = press
      .read([edited(before, "Old line"), other("b")])
      .fresh.filter(({ title }) => title === "Old line");

    const second = press.read([edited(after, "New line"), other("b")], NOON + HOUR);

    expect(second.fresh).toEqual([]);
    expect(second.revised).toMatchObject([{ id: first?.id, title: "New line" }]);
  });

  test("an article is edited, dated anew and gets a new guid with every change", () => {
    const press = openPress();
    const take = (n: number) => draft({ guid: `hash-${n}`, title: `Take ${n}`, publishedAt: NOON + n * HOUR });
    press.read([take(0), other("b")]);

    for (let n = 1; n < 5; n += 1) expect(press.read([take(n), other("b")], NOON + n * HOUR).fresh).toEqual([]);
  });
});

test("a guid that moves to https goes on naming its item, whatever else changes", () => {
  const press = openPress();
  const [first] = press.read([draft({ guid: "http://www.paper.example/?p=1" })]).fresh;

  const second = press.read([other("b", { guid: "https://paper.example/?p=1" })], NOON + DAY);

  expect(second.revised).toMatchObject([{ id: first?.id, title: "Title of b" }]);
});

test("two items that exchange their guids stay who they are", () => {
  const press = openPress();
  const stable = [other("c"), other("d"), other("e")];
  press.read([other("a"), other("b"), ...stable]);

  const second = press.read([other("a", { guid: "guid-b" }), other("b", { guid: "guid-a" }), ...stable], NOON + HOUR);

  expect(second).toMatchObject({ fresh: [], revised: [], unchanged: 5 });
});

describe("two items are two", () => {
  test.each<[string, (n: number) => Draft]>([
    ["in a daily column of the same words on other pages", (n) => column({ ...page(`/wetter/${n}`) }, n, DAY)],
    [
      "in a daily column of the same words whose pages differ by their date",
      (n) => column({ ...page(`/2026/03/0${n + 1}/das-wetter-in-deutschland`) }, n, DAY),
    ],
    ["in a daily column of the same words on one page", (n) => column({ ...page("/wetter") }, n, DAY)],
    [
      "in hourly bulletins of other words on one page, alone in their document",
      (n) => column({ ...page("/news"), teaser: `Bulletin ${n}` }, n, HOUR),
    ],
    [
      "in hourly bulletins without guids on one page, alone in their document",
      (n) => without(column({ ...page("/news"), teaser: `Bulletin ${n}` }, n, HOUR), "guid"),
    ],
    [
      "in episodes on one page, each with its file",
      (n) => column({ ...page("/podcast"), enclosures: [{ url: `https://cdn.example/${n}.mp3?token=1` }] }, n, HOUR),
    ],
    ["under guids that are a mere day", (n) => other(`n${n}`, { guid: "2026-03-02", publishedAt: NOON + n * HOUR })],
    ["under titles without words at the same full hour", (n) => column({ ...page(`/photo/${n}`), teaser: "" }, n, 0)],
  ])("%s", (_, item) => {
    const [alone, sliding] = [openPress(), openPress()];
    for (let n = 0; n < 5; n += 1) {
      const now = NOON + n * DAY;

      expect(alone.read([item(n)], now).fresh).toHaveLength(1);
      expect(sliding.read(n === 0 ? [item(0)] : [item(n), item(n - 1)], now).fresh).toHaveLength(1);
    }
    expect(openPress().read([4, 3, 2, 1, 0].map(item)).fresh).toHaveLength(5);
  });

  test("in a ticker whose posts share one page, also when only one is left", () => {
    const press = openPress();
    const post = (n: number) => other(`post-${n}`, { ...page("/ticker-1234567.html"), publishedAt: NOON + n * MINUTE });
    press.read([post(1), post(0)]);

    expect(press.read([post(2)], NOON + HOUR).fresh).toHaveLength(1);
    expect(press.read([post(3)], NOON + 2 * HOUR).fresh).toHaveLength(1);
  });

  test("on a page that has had two items, also where one is left and the other's date is near", () => {
    const press = openPress();
    const bulletin = (n: number) => other(`n${n}`, { ...page("/news"), publishedAt: NOON + n * HOUR + MINUTE });
    press.read([bulletin(1), bulletin(0), other("x")]);

    for (let n = 2; n < 6; n += 1) expect(press.read([bulletin(n), other("x")], NOON + n * HOUR).fresh).toHaveLength(1);
  });

  test("in a ticker whose posts are places on one page", () => {
    const press = openPress();
    const post = (n: number) => other(`post-${n}`, { ...page(`/ticker-1234567.html#p${n}`), guid: `post-${n}` });

    for (let n = 0; n < 5; n += 1) expect(press.read([post(n), other("b")], NOON + n * HOUR).fresh).not.toEqual([]);
  });

  test.each([
    ["with pages", []],
    ["without pages", ["permalink"]],
  ] as const)("under guids that only count the places in the document, %s", (_, missing) => {
    const press = openPress();
    const newest = (n: number) =>
      [n + 2, n + 1, n].map((item, place) =>
        without(other(`n${item}`, { guid: String(place + 1), publishedAt: NOON + item * HOUR }), ...missing),
      );
    press.read(newest(0));

    for (let n = 1; n < 9; n += 1) {
      const { fresh, revised } = press.read(newest(n), NOON + n * HOUR);

      expect(fresh).toMatchObject([{ title: `Title of n${n + 2}` }]);
      expect(revised).toEqual([]);
    }
  });

  test("under one guid for all, also when only one is left", () => {
    const press = openPress();
    const item = (name: string) => other(name, { guid: "urn:paper", publishedAt: NOON - name.charCodeAt(0) * MINUTE });
    press.read([item("a"), item("b"), item("c")]);

    expect(press.read([item("d")], NOON + HOUR).fresh).toHaveLength(1);
    expect(press.read([item("e")], NOON + 2 * HOUR).fresh).toHaveLength(1);
  });
});

function column(own: Partial<Draft>, n: number, every: number): Draft {
  const words = { title: "Das Wetter", teaser: "Die Aussichten für heute.", content: "" };
  return draft({ ...words, guid: `wetter-${n}`, publishedAt: NOON + n * every, ...own });
}
