import { describe, expect, test } from "vitest";
import { HOUR, MINUTE } from "../../src/model/time.ts";
import { atom, entryOf, itemOf, parseText, rss } from "./read-text.ts";

describe("links and ids", () => {
  test("the alternate link that people can read is the item's page", async () => {
    const { link } = await entryOf(
      `<link rel="self" href="https://press.example/self"/><link rel="alternate" type="application/json" href="https://press.example/json"/>
       <link rel="alternate" type="text/html" href="https://press.example/page"/><link rel="enclosure" href="https://press.example/a.mp3"/>`,
    );

    expect(link).toBe("https://press.example/page");
  });

  test("a link that is not alternate is no page", async () => {
    expect((await entryOf('<link rel="edit" href="https://press.example/edit"/>')).link).toBeUndefined();
  });

  test("FeedBurner's original link is the page", async () => {
    const { items } = await parseText(
      `<rss xmlns:f="http://rssnamespace.org/feedburner/ext/1.0"><channel><item><link>https://burner.example/~r/1</link>
       <f:origLink>https://press.example/1</f:origLink></item></channel></rss>`,
    );

    expect(items[0]?.link).toBe("https://press.example/1");
  });

  test("a guid is a link where it looks like one and does not deny it", async () => {
    expect(await itemOf("<guid>https://press.example/1</guid>")).toMatchObject({ guidIsLink: true });
    expect(await itemOf('<guid isPermaLink="true">/artikel/1</guid>')).toMatchObject({ guidIsLink: true });
    expect((await itemOf('<guid isPermaLink="false">https://press.example/1</guid>')).guidIsLink).toBeUndefined();
    expect((await itemOf("<guid>4711</guid>")).guidIsLink).toBeUndefined();
  });

  test("links of images and sources are not the feed's", async () => {
    const { feed, items } = await parseText(
      rss(`<image><title>Logo</title><link>https://press.example/logo</link><url>https://press.example/logo.png</url></image>
           <title>Bote</title><link>https://press.example/</link><textInput><title>Suche</title></textInput>
           <item><source url="https://other.example/feed"><title>Andere</title></source><title>Titel</title></item>`),
    );

    expect(feed).toMatchObject({
      title: { text: "Bote" },
      homeUrl: "https://press.example/",
      image: { url: "https://press.example/logo.png" },
    });
    expect(items[0]?.title?.text).toBe("Titel");
  });
});

describe("addresses that are not absolute", () => {
  test("are meant against Content-Location where the answer has one, itself against the document", async () => {
    const { items } = await parseText(rss("<item><link>werften</link></item>"), { "content-location": "/archiv/feed" });

    expect(items[0]).toMatchObject({
      link: "https://press.example/archiv/werften",
      base: "https://press.example/archiv/feed",
    });
  });

  test("stay as they are where nothing says what they are meant against", async () => {
    expect((await itemOf("<link>werften</link>")).link).toBe("werften");
  });

  test("a hub is an address of the web or none", async () => {
    const { hints } = await parseText(
      rss('<atom:link rel="hub" href="javascript:alert(1)"/><atom:link rel="self" href="/feed"/>'),
    );

    expect(hints).toEqual({ self: "https://press.example/feed" });
  });
});

describe("people", () => {
  test.each([
    ["<author>jo@press.example (Jo Doe)</author>", { name: "Jo Doe", email: "jo@press.example" }],
    ["<author>Jo Doe &lt;jo@press.example&gt;</author>", { name: "Jo Doe", email: "jo@press.example" }],
    ["<author>Jo Doe (jo@press.example)</author>", { name: "Jo Doe", email: "jo@press.example" }],
    ["<author>jo+spam@press.example</author>", { email: "jo+spam@press.example" }],
    ["<dc:creator>Jo Doe</dc:creator>", { name: "Jo Doe" }],
    ["<itunes:author>Jo Doe</itunes:author>", { name: "Jo Doe" }],
    [
      "<author><name>Jo Doe</name><email>jo@press.example</email></author>",
      { name: "Jo Doe", email: "jo@press.example" },
    ],
  ])("%s", async (written, author) => {
    expect((await itemOf(written)).authors).toEqual([author]);
  });

  test("several authors are several, a repetition by iTunes is none", async () => {
    const { authors } = await itemOf(
      "<dc:creator>Jo Doe</dc:creator><dc:creator>Mia Muster</dc:creator><itunes:author>Redaktion</itunes:author>",
    );

    expect(authors).toEqual([{ name: "Jo Doe" }, { name: "Mia Muster" }]);
  });

  test("who was a guest, or took the picture, is no author", async () => {
    const { authors } = await itemOf(
      '<podcast:person role="guest">Mia Muster</podcast:person><podcast:person>Jo Doe</podcast:person><media:credit role="photographer">K. Knips</media:credit>',
    );

    expect(authors).toEqual([{ name: "Jo Doe" }]);
  });

  test("an author's address is read against xml:base", async () => {
    const { items } = await parseText(
      atom('<entry xml:base="https://press.example/"><author><name>Jo</name><uri>/jo</uri></author></entry>'),
    );

    expect(items[0]?.authors).toEqual([{ name: "Jo", url: "https://press.example/jo" }]);
  });
});

describe("what else an item shows", () => {
  test("categories of every vocabulary, in order", async () => {
    const { categories } = await itemOf(
      `<category domain="https://press.example/ressorts">Politik</category><dc:subject>Inland</dc:subject>
       <media:category label="Sport">s</media:category><itunes:category text="News"><itunes:category text="Daily"/></itunes:category>
       <itunes:keywords>Rat, Haushalt</itunes:keywords>`,
    );

    expect(categories).toEqual([
      { term: "Politik", scheme: "https://press.example/ressorts" },
      { term: "Inland" },
      { term: "s", label: "Sport" },
      { term: "News" },
      { term: "Daily" },
      { term: "Rat" },
      { term: "Haushalt" },
    ]);
  });

  test("every enclosure, once", async () => {
    const { enclosures } = await itemOf(
      `<enclosure url="https://press.example/1.mp3" length="1000" type="audio/mpeg"/><enclosure url="https://press.example/2.jpg"/>
       <media:group><media:content url="https://press.example/3.mp4" type="video/mp4" fileSize="3000"/><media:content url="https://press.example/2.jpg"/></media:group>`,
    );

    expect(enclosures).toEqual([
      { url: "https://press.example/1.mp3", type: "audio/mpeg", length: 1000 },
      { url: "https://press.example/2.jpg" },
      { url: "https://press.example/3.mp4", type: "video/mp4", length: 3000 },
    ]);
  });

  test("a thumbnail, with its size, even inside media:content", async () => {
    const { image } = await itemOf(
      '<media:content url="https://press.example/3.mp4"><media:thumbnail url="https://press.example/t.jpg" width="640" height="360"/></media:content>',
    );

    expect(image).toEqual({ url: "https://press.example/t.jpg", width: 640, height: 360 });
  });

  test.each([
    ["media:content of the medium image", '<media:content url="https://press.example/1" medium="image"/>'],
    ["an enclosure of an image's type", '<enclosure url="https://press.example/1" type="image/webp"/>'],
    ["podcast:images", '<podcast:images srcset="https://press.example/1 1500w, https://press.example/2 600w"/>'],
    ["itunes:image", '<itunes:image href="https://press.example/1"/>'],
    ["an image with parts", "<image><url>https://press.example/1</url></image>"],
    ["a thumbnail", "<thumbnail>https://press.example/1</thumbnail>"],
    ["a link of Atom", '<atom:link rel="enclosure" type="image/png" href="https://press.example/1"/>'],
  ])("its image, hidden in %s", async (_where, written) => {
    expect((await itemOf(written)).image?.url).toBe("https://press.example/1");
  });

  test("an enclosure whose name ends as pictures' names do is one", async () => {
    expect((await itemOf('<enclosure url="https://press.example/a.JPG?w=1"/>')).image?.url).toMatch(/a\.JPG/);
    expect((await itemOf('<enclosure url="https://press.example/a.mp3"/>')).image).toBeUndefined();
  });

  test("a category in an rdf:Bag", async () => {
    const { categories } = await itemOf("<dc:subject><rdf:Bag><rdf:li>Politik</rdf:li></rdf:Bag></dc:subject>");

    expect(categories).toEqual([{ term: "Politik" }]);
  });

  test("no more authors and categories than anybody reads", async () => {
    const many = (element: string) => Array.from({ length: 2000 }, (_, n) => `<${element}>n${n}</${element}>`).join("");
    const item = await itemOf(`${many("author")}${many("category")}<keywords>${"a,".repeat(2000)}</keywords>`);

    expect(item.authors).toHaveLength(500);
    expect(item.categories).toHaveLength(500);
  });

  test("published and updated are kept apart, whatever they are called", async () => {
    const item = await itemOf(
      "<dc:date>2026-01-20T10:00:00Z</dc:date><dcterms:modified>2026-01-21T10:00:00Z</dcterms:modified>",
    );

    expect(item).toMatchObject({ publishedAt: Date.UTC(2026, 0, 20, 10), updatedAt: Date.UTC(2026, 0, 21, 10) });
  });

  test("a date that cannot be read gives way to one that can", async () => {
    const item = await itemOf("<pubDate>heute früh</pubDate><dc:date>2026-01-20T10:00:00Z</dc:date>");

    expect(item.publishedAt).toBe(Date.UTC(2026, 0, 20, 10));
  });

  test("a date that is said again is corrected", async () => {
    const { updatedAt } = await entryOf(
      "<updated>2026-01-20T10:00:00Z</updated><updated>2026-01-19T10:00:00Z</updated>",
    );

    expect(updatedAt).toBe(Date.UTC(2026, 0, 19, 10));
  });

  test("an item says its own language", async () => {
    const { feed, items } = await parseText(
      '<rss xml:lang="de"><channel><language>de-DE</language><item xml:lang="fr"/><item><dc:language>it</dc:language></item></channel></rss>',
    );

    expect([feed.language, ...items.map(({ language }) => language)]).toEqual(["de-DE", "fr", "it"]);
  });
});

describe("what a document asks of those who poll it", () => {
  test("ttl, hours, days, period, hub", async () => {
    const { hints } = await parseText(
      rss(`<ttl>60</ttl><skipHours><hour>0</hour><hour>24</hour><hour>5</hour></skipHours><skipDays><day>Sunday</day><day>Saturday</day></skipDays>
           <sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>
           <atom:link rel="hub" href="https://hub.example/"/><atom:link rel="self" href="https://press.example/feed"/>`),
    );

    expect(hints).toEqual({
      ttl: 60 * MINUTE,
      updatePeriod: 6 * HOUR,
      skipHours: [0, 5],
      skipDays: [0, 6],
      hub: "https://hub.example/",
      self: "https://press.example/feed",
    });
  });
});
