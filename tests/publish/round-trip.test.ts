import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FORMATS, type OutputFormat } from "../../src/model/published.ts";
import { SECOND } from "../../src/model/time.ts";
import type { TopicFeed } from "../../src/model/topic.ts";
import { editionOf } from "../../src/publish/edition.ts";
import { topicAddresses } from "../../src/publish/publish.ts";
import type { Telling } from "../../src/publish/telling.ts";
import { nasties } from "./nasty.ts";
import { documentsOf, entry, site, topicFeed } from "./press.ts";
import { feedsmith, nodeFeedparser, ours, type Reader, type ReadItem } from "./readers.ts";
import { told } from "./told.ts";

interface Trip {
  readonly read: Reader;
  readonly formats: readonly OutputFormat[];
  /** where it overlooks the date of a change */
  readonly undated?: OutputFormat;
}

const TRIPS: Readonly<Record<string, Trip>> = {
  "Ressort itself": { read: ours, formats: FORMATS },
  feedsmith: { read: feedsmith, formats: FORMATS },
  "node-feedparser": { read: nodeFeedparser, formats: ["rss", "atom"], undated: "rss" },
};

/** A space of no width keeps what looks like a tag from being one in the texts of RSS. */
const visible = (text: string | undefined): string | undefined => text?.replaceAll("\u200b", "");

/** What we mean to tell, as far as the format has words for it. */
function meant({ iri, title, link, publishedAt, updatedAt, bylines, enclosures }: Telling, format: OutputFormat) {
  const isRss = format === "rss";
  return {
    id: iri,
    title: visible(title),
    link,
    // RFC 822 has seconds
    publishedAt: isRss ? Math.floor(publishedAt / SECOND) * SECOND : publishedAt,
    updatedAt: isRss && updatedAt === publishedAt ? undefined : updatedAt,
    authors: bylines.map(({ name }) => visible(name)),
    enclosures: byUrl(enclosures),
  };
}

/** Readers put the picture of an item among its enclosures, and unknown lengths are 0 in RSS. */
function heard({ enclosures, ...item }: ReadItem, telling: Telling | undefined) {
  const attached = enclosures.filter(({ url }) => url !== telling?.image?.url);
  return {
    ...item,
    title: visible(item.title),
    authors: item.authors.map(visible),
    enclosures: byUrl(attached.map((one) => ({ ...one, length: one.length || undefined }))),
  };
}

function byUrl<T extends { readonly url?: string | undefined }>(enclosures: readonly T[]): readonly T[] {
  return enclosures.toSorted((a, b) => ((a.url ?? "") < (b.url ?? "") ? -1 : 1));
}

async function expectSame(feed: TopicFeed, { read, formats, undated }: Trip): Promise<void> {
  const documents = documentsOf(feed);
  const { edition } = editionOf(feed, site, topicAddresses(feed.topic, site));
  const tellings = edition.tellings.filter(({ iri }, n) => edition.tellings.findIndex((one) => one.iri === iri) === n);
  for (const format of formats) {
    const items = await read(documents[format], format);
    const wanted = tellings.map((telling) => meant(telling, format));
    expect(items.map((item, n) => heard(item, tellings[n]))).toEqual(
      format === undated ? wanted.map(({ updatedAt: _, ...rest }) => rest) : wanted,
    );
  }
}

/** Words with what means something to a parser between them, as publishers' titles are. */
const text = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 }) },
      fc.constantFrom(
        ..."]]> <![CDATA[ &amp; &lt; <b> </b> <script> <!-- --> < > & ' \" ?> &#8211; &nbsp; \u0007 \ud800".split(" "),
      ),
    ),
    { minLength: 1, maxLength: 8 },
  )
  .map((parts) => parts.join(" "));
const address = fc.webUrl({ withQueryParameters: true, withFragments: true });
const instant = fc.integer({ min: Date.parse("1995-01-01"), max: Date.parse("2035-01-01") });
const type = fc.constantFrom("audio/mpeg", "video/mp4", "image/jpeg", "application/pdf");
const enclosure = fc.record(
  { url: address, type, length: fc.integer({ min: 1, max: 2 ** 40 }) },
  { requiredKeys: ["url"] },
);

const entries = fc
  .uniqueArray(
    fc.record({
      iri: fc.oneof(
        address,
        fc.uuid().map((uuid) => `urn:uuid:${uuid}`),
        text,
      ),
      title: text,
      teaser: text,
      permalink: address,
      authors: fc.array(fc.record({ name: name(), url: address }), { maxLength: 3 }),
      enclosures: fc.uniqueArray(enclosure, { maxLength: 3, selector: ({ url }) => url }),
      dates: fc.tuple(instant, instant),
    }),
    { minLength: 1, maxLength: 4, selector: ({ iri }) => iri },
  )
  .map((list) =>
    list.map(({ dates: [one, other], ...fields }) =>
      entry(fields, { publishedAt: Math.min(one, other), updatedAt: Math.max(one, other) }),
    ),
  );

/** RSS has one field for all that is known of a person, and readers take it apart at addresses and brackets. */
function name(): fc.Arbitrary<string> {
  return text.map((written) => written.replace(/[@()<>:/,;"[\]\\|]/g, "")).filter((written) => /\p{L}/u.test(written));
}

describe.each(Object.entries(TRIPS))("%s", (_, trip) => {
  test("reads what we tell, the same in every format", async () => {
    await expectSame(topicFeed(told, entry({ iri: "tag:elbbote.example,2026:1" })), trip);
  });

  test.each(nasties)("reads what we tell: $name", async ({ feed }) => {
    await expectSame(feed, trip);
  });

  test("reads what we tell, whatever the items say", async () => {
    await fc.assert(
      fc.asyncProperty(entries, async (list) => {
        await expectSame(topicFeed(...list), trip);
      }),
      { numRuns: 300 },
    );
  });
});
