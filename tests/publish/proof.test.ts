import { expect, test } from "vitest";
import { FORMATS } from "../../src/model/published.ts";
import { topicAddresses } from "../../src/publish/addresses.ts";
import { type Edition, editionOf } from "../../src/publish/edition.ts";
import { proofread } from "../../src/publish/proof.ts";
import { entry, site, topic, topicFeed } from "./press.ts";

const ids = ["tag:elbbote.example,2026:1", "tag:elbbote.example,2026:2", "tag:elbbote.example,2026:3"];
const feed = topicFeed(...ids.map((iri) => entry({ iri })));
const { edition } = editionOf(feed, site, topicAddresses(topic, site));

/** As if what makes values safe had overlooked something in the second entry. */
function spoilt(field: object): Edition {
  const tellings = edition.tellings.map((telling, n) => (n === 1 ? { ...telling, ...field } : telling));
  return { ...edition, tellings };
}

test.each([
  ["a character that XML forbids", { title: "a\u0007b" }, /no printable text/],
  ["a link that the writer throws at", { link: "/artikel" }, /no absolute/],
  ["a date that the writer throws at", { updatedAt: Number.NaN }, /Invalid time value/],
  ["a text that is none", { body: undefined }, /./],
])("%s in one entry costs that entry, not the document", (_, field, why) => {
  const { proofs, leftOut } = proofread(spoilt(field), [], FORMATS);

  expect(leftOut).toEqual([expect.stringMatching(why)]);
  expect(leftOut[0]).toContain("tag:elbbote.example,2026:2: ");
  for (const { text, faults } of proofs) {
    expect(faults).toEqual([]);
    expect([text.includes(":1<") || text.includes(':1"'), text.includes("2026:2")]).toEqual([true, false]);
  }
});

test("a frame that cannot be written is blamed on no entry", () => {
  const { proofs, leftOut } = proofread({ ...edition, page: "/topics/energie" }, [], FORMATS);

  expect(leftOut).toEqual([]);
  expect(proofs.every(({ faults }) => faults.length > 0)).toBe(true);
});
