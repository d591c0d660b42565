import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { topicAddresses } from "../../src/publish/publish.ts";
import { JSON_FEED } from "./json-feed.schema.ts";
import { nasties } from "./nasty.ts";
import { documentsOf, entry, site, topic, topicFeed } from "./press.ts";
import { told } from "./told.ts";

const conforms = new Ajv2020({ allErrors: true }).compile(JSON_FEED);

function faultsOf(text: string): readonly string[] {
  conforms(JSON.parse(text));
  return (conforms.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

describe("every JSON document fits the schema of JSON Feed 1.1", () => {
  test.each(nasties)("$name", ({ feed }) => {
    expect(faultsOf(documentsOf(feed).json.text)).toEqual([]);
  });

  test("with all that there is to tell, a hub among it", () => {
    const addresses = { ...topicAddresses(topic, site), hub: "https://feeds.example.org/hub" };

    expect(
      faultsOf(documentsOf(topicFeed(told, entry({ iri: "tag:elbbote.example,2026:1" })), addresses).json.text),
    ).toEqual([]);
  });
});

describe("the schema is not content with", () => {
  const { json } = documentsOf(topicFeed(told));

  test.each([
    ["version 1", "version/1.1", "version/1", "/version"],
    ["a feed without a title", '"title": "Energie & Klima",', "", "'title'"],
    ["an item without an id", '"id": "https://elbbote.example/artikel/4711",', "", "'id'"],
    ["an id that is a number", '"id": "https://elbbote.example/artikel/4711"', '"id": 4711', "/items/0/id"],
    ["an item without content", '"content_html"', '"_html"', "'content_html'"],
    ["a relative address", '"url": "https://elbbote.example/artikel/4711"', '"url": "/4711"', "/items/0/url"],
    ["a date without a time", '"2026-03-02T06:30:00.000Z"', '"2026-03-02"', "date_published"],
    ["an author of version 1", '"authors": [', '"author": [', "additional properties"],
    ["an author who is nobody", '"name": "Jens B."', '"_who": {}', "/authors/1"],
    ["an attachment without a type", '"mime_type": "audio/mpeg",', "", "'mime_type'"],
    ["an attachment of a size in words", '"size_in_bytes": 1048576', '"size_in_bytes": "1 MB"', "size_in_bytes"],
    ["an extension that is no object", '"_source": {', '"_x": "y", "_source": {', "/_x"],
  ])("%s", (_, from, to, fault) => {
    expect(json.text).toContain(from);
    expect(faultsOf(json.text.replace(from, to)).join("\n")).toContain(fault);
  });
});
