import path from "node:path";
import { expect, test } from "vitest";
import { FORMATS } from "../../src/model/published.ts";
import { documentsOf, entry, topicFeed } from "./press.ts";
import { told } from "./told.ts";

const golden = path.join(import.meta.dirname, "..", "fixtures", "publish");
const plain = entry({ iri: "tag:elbbote.example,2026:4713", title: "Netzbetreiber: 1 < 2 Leitungen", teaser: "" });

test.each(FORMATS)("a rich topic as %s is written as it always was", async (format) => {
  const document = documentsOf(topicFeed(told, plain))[format];

  await expect(document.text).toMatchFileSnapshot(path.join(golden, `energie.${format}`));
});
