import { parseAtomFeed, parseJsonFeed, parseRssFeed } from "feedsmith";
import RssParser from "rss-parser";
import { describe, expect, test } from "vitest";
import { check } from "../../src/publish/publish.ts";
import { nasties } from "./nasty.ts";
import { documentsOf } from "./press.ts";

describe.each(nasties)("$name", ({ feed, items = 1 }) => {
  const { rss, atom, json } = documentsOf(feed);

  test("makes three documents that conform", () => {
    expect([check("rss", rss.text), check("atom", atom.text), check("json", json.text)]).toEqual([[], [], []]);
    expect([rss.itemCount, atom.itemCount, json.itemCount]).toEqual([items, items, items]);
  });

  test("leaves out no item without saying so", () => {
    expect(rss.leftOut).toHaveLength(feed.entries.length - items);
  });

  test("is read alike by other parsers, with the same ids", async () => {
    // when
    const asRss = parseRssFeed(rss.text).items?.map(({ guid }) => guid?.value) ?? [];
    const asAtom = parseAtomFeed(atom.text).entries?.map(({ id }) => id) ?? [];
    const asJson = parseJsonFeed(json.text).items?.map(({ id }) => id) ?? [];
    const byRssParser = await new RssParser().parseString(rss.text);

    // then
    expect(asRss).toHaveLength(items);
    expect(asAtom).toEqual(asRss);
    expect(asJson).toEqual(asRss);
    expect(byRssParser.items.map(({ guid }) => guid)).toEqual(asRss);
  });
});
