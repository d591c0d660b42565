import fc from "fast-check";
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from "feedsmith";
import { expect, test } from "vitest";
import type { Item } from "../../src/model/item.ts";
import type { TopicEntry } from "../../src/model/topic.ts";
import { check, publish, topicAddresses } from "../../src/publish/publish.ts";
import { childrenOf, readXml, textOf } from "../../src/publish/xml.ts";
import { documentsOf, entry, placed, site, topic, topicFeed } from "./press.ts";

/** Any UTF-16 code unit, halves of pairs among them, and what means something to a parser. */
const unit = fc.oneof(
  fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
  fc.constantFrom(..."]]> <![CDATA[ &amp; &#0; &lt; <script> </p> \" ' \u0000 \r\n 😀 https:// ?>".split(" ")),
);
const text = fc.string({ unit, maxLength: 40 });
const address = fc.oneof(
  text,
  text.map((rest) => `https://elbbote.example/${rest}`),
);

const fields: fc.Arbitrary<Partial<Item>> = fc.record({
  iri: address,
  title: text,
  teaser: text,
  content: text,
  permalink: address,
  feed: fc.constantFrom(...site.feeds.map(({ id }) => id)),
  authors: fc.array(fc.record({ name: text, url: address, email: text }), { maxLength: 3 }),
  categories: fc.array(fc.record({ term: text, label: text, scheme: address }), { maxLength: 3 }),
  enclosures: fc.array(fc.record({ url: address, type: text, length: fc.double() }), { maxLength: 3 }),
  image: fc.record({ url: address, width: fc.double() }),
  language: fc.oneof(text, fc.constant("en")),
});

const entries: fc.Arbitrary<TopicEntry> = fc
  .record({ lead: fields, other: fields, story: text, publishedAt: fc.double(), updatedAt: fc.integer() })
  .map(({ lead, other, story, ...dates }) =>
    entry(lead, { ...dates, story: story as TopicEntry["story"], others: [placed(other)] }),
  );

test("whatever the items say, all three documents conform, tell the same ids and account for every entry", () => {
  fc.assert(
    fc.property(fc.array(entries, { maxLength: 4 }), text, text, (wild, title, description) => {
      const list = [...wild, entry({ iri: "tag:elbbote.example,2026:sound" })];
      const feed = { ...topicFeed(...list), topic: { ...topic, title, description } };

      const { rss, atom, json } = documentsOf(feed);

      expect([check("rss", rss.text), check("atom", atom.text), check("json", json.text)]).toEqual([[], [], []]);
      expect(rss.itemCount + rss.leftOut.length).toBe(list.length);
      const ids = JSON.parse(json.text).items.map(({ id }: { id: string }) => id);
      expect([idsIn(rss.text, "item", "guid"), idsIn(atom.text, "entry", "id")]).toEqual([ids, ids]);
      expect(parseRssFeed(rss.text).items ?? []).toHaveLength(ids.length);
      expect(parseAtomFeed(atom.text).entries ?? []).toHaveLength(ids.length);
      expect(parseJsonFeed(json.text).items ?? []).toHaveLength(ids.length);
    }),
    { numRuns: 300 },
  );
});

test("a title arrives as it was written, whatever XML makes of its characters", () => {
  const visible = fc.string({ unit: "grapheme", minLength: 1, maxLength: 60 }).filter((title) => title.trim() !== "");
  fc.assert(
    fc.property(visible, (title) => {
      const { rss, json } = documentsOf(topicFeed(entry({ title })));

      const tidy = title.replace(/\s+/gu, " ").trim();
      expect(JSON.parse(json.text).items[0].title).toBe(tidy);
      expect(idsIn(rss.text, "item", "title")).toEqual([tidy]);
    }),
    { numRuns: 300 },
  );
});

test("the same entries make the same bytes", () => {
  fc.assert(
    fc.property(fc.array(entries, { maxLength: 3 }), (list) => {
      const once = publish(topicFeed(...list), site, topicAddresses(topic, site));
      const again = publish(structuredClone(topicFeed(...list)), structuredClone(site), topicAddresses(topic, site));

      expect(again).toEqual(once);
    }),
    { numRuns: 100 },
  );
});

function idsIn(document: string, entryName: string, name: string): readonly string[] {
  const reading = readXml(document);
  if (reading.kind === "malformed") throw new Error(reading.why);
  const parent = childrenOf(reading.root, "channel")[0] ?? reading.root;
  return childrenOf(parent, entryName).flatMap((one) => childrenOf(one, name).map(textOf));
}
