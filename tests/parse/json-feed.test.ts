import { expect, test } from "vitest";
import { parseText } from "./read-text.ts";

test("JSON Feed 1.1 is read whole", async () => {
  const { format, feed, items, hints } = await parseText(
    JSON.stringify({
      version: "https://jsonfeed.org/version/1.1",
      title: "Der Bote",
      description: "Aus Stadt und Land",
      home_page_url: "https://press.example/",
      feed_url: "https://press.example/feed.json",
      language: "de",
      authors: [{ name: "Redaktion", url: "https://press.example/team" }],
      hubs: [{ type: "WebSub", url: "https://hub.example/" }],
      items: [
        {
          id: 17,
          url: "https://press.example/17",
          title: "Rat <tagt>",
          content_html: "<p>Ganz</p>",
          summary: "Kurz",
          image: "https://press.example/17.jpg",
          date_published: "2026-01-20T10:00:00+01:00",
          tags: ["Politik", 5, null],
          attachments: [
            { url: "https://press.example/17.mp3", mime_type: "audio/mpeg", size_in_bytes: 1000 },
            "falsch",
          ],
        },
      ],
    }),
  );

  expect(format).toBe("json");
  expect(feed).toMatchObject({
    title: { text: "Der Bote", type: "text" },
    homeUrl: "https://press.example/",
    language: "de",
  });
  expect(hints).toEqual({ self: "https://press.example/feed.json", hub: "https://hub.example/" });
  expect(items).toEqual([
    {
      guid: "17",
      link: "https://press.example/17",
      title: { text: "Rat <tagt>", type: "text" },
      content: { text: "<p>Ganz</p>", type: "html" },
      summary: { text: "Kurz", type: "text" },
      image: { url: "https://press.example/17.jpg" },
      images: [{ url: "https://press.example/17.jpg" }],
      publishedAt: Date.UTC(2026, 0, 20, 9),
      authors: [],
      categories: [{ term: "Politik" }, { term: "5" }],
      enclosures: [{ url: "https://press.example/17.mp3", type: "audio/mpeg", length: 1000 }],
    },
  ]);
});

test("1.0's single author counts, and content as plain text stays plain", async () => {
  const { items } = await parseText(
    JSON.stringify({
      version: "https://jsonfeed.org/version/1",
      items: [{ id: "a", author: { name: "Jo" }, content_text: "1 < 2" }],
    }),
  );

  expect(items[0]).toMatchObject({ authors: [{ name: "Jo" }], content: { text: "1 < 2", type: "text" } });
});

test("a wrong item does not cost the others", async () => {
  const { items } = await parseText(
    JSON.stringify({ version: "1.1", items: [null, 7, [], { id: {}, title: [], tags: {} }, { id: "b" }] }),
  );

  expect(items.map(({ guid }) => guid)).toEqual([undefined, "b"]);
});

test.each([
  ["an empty list of authors beside the author", '{"items":[{"id":"1","authors":[],"author":{"name":"Jo"}}]}', "Jo"],
  ["line breaks within a string", '{"items":[{"id":"1","authors":[{"name":"Jo\nDoe"}]}]}', "Jo\nDoe"],
  ["commas after the last", '{"items":[{"id":"1","authors":[{"name":"Jo",},],},],}', "Jo"],
])("%s: the item is read", async (_mistake, text, name) => {
  const { items } = await parseText(text);

  expect(items).toMatchObject([{ guid: "1", authors: [{ name }] }]);
});

test("a document cut short keeps what was whole", async () => {
  const whole =
    '{"version":"1.1","title":"Bote","items":[{"id":"1","tags":["a"]},{"id":"2","url":"https://press.example/2';

  const { feed, items, repairs } = await parseText(whole);

  expect(feed.title?.text).toBe("Bote");
  expect(items).toMatchObject([{ guid: "1", categories: [{ term: "a" }] }, { guid: "2" }]);
  expect(items[1]?.link).toBeUndefined();
  expect(repairs).toEqual(["broken-json"]);
});

test("a hub is an address of the web, meant against that of the document", async () => {
  const hubs = [null, { url: "javascript:alert(1)" }, { url: "/hub" }];

  const { hints } = await parseText(JSON.stringify({ version: "1.1", feed_url: "feed.json", hubs }));

  expect(hints).toEqual({ self: "https://press.example/feed.json", hub: "https://press.example/hub" });
});
