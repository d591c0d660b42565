import { describe, expect, test } from "vitest";
import { publisherId } from "../../src/model/ids.ts";
import { DAY } from "../../src/model/time.ts";
import type { TopicEntry } from "../../src/model/topic.ts";
import { check } from "../../src/publish/publish.ts";
import { read } from "../../src/road.ts";
import { documentsOf, entry, MORNING, placed, topicFeed } from "./press.ts";

/** What is ours in a document: digests, and titles that editors gave. */

const wind = entry(
  { title: "Windpark liefert <Strom> & Ärger" },
  { others: [placed({ publisher: publisherId("isarblatt"), permalink: "https://isarblatt.example/2" })] },
);
const rivers = entry(
  {
    iri: "https://havelkurier.example/8",
    publisher: publisherId("havelkurier"),
    title: "Die Havel ]]> steigt",
    permalink: "https://havelkurier.example/8",
    teaser: "Um zwei Meter.",
  },
  { title: "Hochwasser: die Havel steigt" },
);
const digest: TopicEntry = {
  ...wind,
  iri: "tag:ressort,2026:digest/energie/day/2026-03-02",
  others: [rivers.lead],
  title: "Energie & Klima: das Wichtigste am 2. März 2026",
  digest: { day: "2026-03-02", from: MORNING - DAY, to: MORNING, stories: [wind, rivers] },
};

describe("a digest", () => {
  const documents = documentsOf(topicFeed(digest));

  test.each(["rss", "atom", "json"] as const)("is sound as %s, and is read back under its id", async (format) => {
    const { text, contentType, path } = documents[format];
    expect(check(format, text)).toEqual([]);

    const bytes = new TextEncoder().encode(text);
    const headers = { "content-type": contentType };
    const reading = await read({ url: `https://feeds.example.org/${path}`, bytes, headers }, []);
    expect(reading).toMatchObject({ kind: "read", drafts: [{ guid: digest.iri, title: digest.title }] });
  });

  test("lists its stories with their publishers, who else has them, and the way there", () => {
    const [item] = JSON.parse(documents.json.text).items;

    expect(item.url).toBe("https://feeds.example.org/topics/energie#2026-03-02");
    expect(item.content_html).toBe(
      '<ol><li><a href="https://elbbote.example/artikel/4711">Windpark liefert &lt;Strom&gt; &amp; Ärger</a> (Elbbote)' +
        '<br>Nach vier Jahren Bauzeit speist die Anlage ein.<br>Auch bei: <a href="https://isarblatt.example/2">Isarblatt</a></li>' +
        '<li><a href="https://havelkurier.example/8">Hochwasser: die Havel steigt</a> (Havelkurier &amp; Söhne)<br>Um zwei Meter.</li></ol>',
    );
    expect(item.summary).toBe("Windpark liefert <Strom> & Ärger · Hochwasser: die Havel steigt");
    expect(item._source).toEqual({
      title: "Ressort",
      feed_url: "https://feeds.example.org/topics/energie.atom",
      home_page_url: "https://feeds.example.org/topics/energie",
    });
  });
});

describe("a title that editors gave", () => {
  test("stands in all formats, with the publisher's own below the text", () => {
    const { rss, atom, json } = documentsOf(topicFeed(rivers));
    const [item] = JSON.parse(json.text).items;

    expect(item.title).toBe("Hochwasser: die Havel steigt");
    expect(item.content_html).toContain("<p>Um zwei Meter.</p><p>Im Original: Die Havel ]]&gt; steigt</p>");
    for (const { text } of [rss, atom]) expect(text).toContain("Hochwasser: die Havel steigt");
  });

  test("is not told apart from the same title", () => {
    const same = entry({ title: "Gleich" }, { title: "Gleich" });

    expect(JSON.parse(documentsOf(topicFeed(same)).json.text).items[0].content_html).not.toContain("Original");
  });
});
