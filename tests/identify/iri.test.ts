import { describe, expect, test } from "vitest";
import { HOUR } from "../../src/model/time.ts";
import { draft, FEED, NOON, openPress } from "./press.ts";

const others = new Set(["rival.example", "gazette.co.uk"]);

function iriOf(guid: string, more: { permalink?: string; url?: string; homeUrl?: string } = {}): string | undefined {
  const { permalink = "https://paper.example/politics/harbour", url = FEED.url, homeUrl } = more;
  const press = openPress({ ...FEED, url }, { others, ...(homeUrl !== undefined && { homeUrl }) });
  return press.read([draft({ guid, permalink })]).fresh[0]?.iri;
}

describe("the guid is the id on output where it lies", () => {
  test.each([
    ["on the feed's host", "https://paper.example/?p=1", {}],
    [
      "on another host of the feed's domain",
      "https://cms.paper.example/7",
      { permalink: "https://elsewhere.example/7" },
    ],
    ["where the item's page is", "https://blog.example/1", { permalink: "https://blog.example/1" }],
    [
      "where the feed has its home, behind FeedBurner",
      "http://paper.example/?p=1",
      {
        url: "https://feeds.feedburner.com/paper",
        permalink: "https://feedproxy.google.com/~r/paper/1",
        homeUrl: "https://www.paper.example/",
      },
    ],
    [
      "on a publisher's own domain, whoever else is there",
      "https://rival.example/1",
      { url: "https://rival.example/f" },
    ],
    ["in a blog platform's names", "tag:blogger.com,1999:blog-1.post-2", { url: "https://a.blogspot.com/feed" }],
    ["nowhere", "urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a", {}],
    ["at an address without a domain", "http://127.0.0.1:8080/1", { url: "http://127.0.0.1:8080/feed" }],
  ] as const)("%s", (_, guid, more) => {
    expect(iriOf(guid, more)).toBe(guid);
  });
});

describe("nobody takes an address that is another's:", () => {
  test.each([
    ["another publisher's page", "https://www.rival.example/scoop", {}],
    [
      "another publisher's page, which the item leads to",
      "https://rival.example/a",
      { permalink: "https://rival.example/a" },
    ],
    [
      "another publisher's page, which the feed calls its home",
      "https://rival.example/a",
      { homeUrl: "https://rival.example" },
    ],
    ["another publisher's tag", "tag:editor@news.gazette.co.uk,2026:1", {}],
    ["one of the tags that we give", "tag:news.example,2026:item/i0", {}],
    ["a page of a host that nothing else is on", "https://victim.example/scoop", {}],
    ["a neighbour on a blog platform", "https://b.blogspot.com/1", { url: "https://a.blogspot.com/feed" }],
  ] as const)("%s", (_, guid, more) => {
    expect(iriOf(guid, more)).toMatch(/^tag:news\.example,2026:item\/i[0-9a-f]{20}$/);
  });
});

test.each([
  "https://paper.example/\u03ac\u03c1\u03b8\u03c1\u03bf",
  "https://Paper.example/1",
  "https://paper.example/%c3%bc",
  "urn:uuid:4711",
])("an address that some readers would spell anew is no id on output: %s", (guid) => {
  expect(iriOf(guid)).toMatch(/^tag:news\.example,2026:item\/i[0-9a-f]{20}$/);
});

test("an item that is known keeps the id it has, also once the address is another publisher's", () => {
  const press = openPress();
  const guid = "https://rival.example/a";
  const [first] = press.read([draft({ guid, permalink: guid })]).fresh;

  const again = press.read([draft({ guid, permalink: guid })], NOON + HOUR, { others });

  expect(first?.iri).toBe(guid);
  expect(again).toMatchObject({ fresh: [], revised: [], unchanged: 1 });
});
