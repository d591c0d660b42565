/** What `feed` 6 writes by itself, and what we publish of the same, for tests that show one beside the other. */
import { Feed, type FeedOptions, type Item as RawItem } from "feed";
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from "feedsmith";
import type { Item } from "../../src/model/item.ts";
import { readXml } from "../../src/publish/xml.ts";
import { documentsOf, entry, MORNING, topicFeed } from "./press.ts";

export const LINK = "https://elbbote.example/artikel/4711";

export function raw(fields: Partial<RawItem> = {}, options: Partial<FeedOptions> = {}): Feed {
  const feed = new Feed({ id: LINK, title: "Energie", link: LINK, updated: new Date(MORNING), ...options });
  feed.addItem({ title: "Windpark", id: LINK, link: LINK, date: new Date(MORNING), content: "<p>x</p>", ...fields });
  return feed;
}

export function ours(fields: Partial<Item> = {}) {
  const { rss, atom, json } = documentsOf(topicFeed(entry(fields)));
  return { rss: rss.text, atom: atom.text, json: json.text };
}

export const kindOf = (xml: string) => readXml(xml).kind;
export const rssItem = (text: string) => parseRssFeed(text).items?.[0];
export const atomEntry = (text: string) => parseAtomFeed(text).entries?.[0];
export const jsonItem = (text: string) => parseJsonFeed(text).items?.[0];
