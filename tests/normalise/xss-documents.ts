import type { Draft } from "../../src/model/item.ts";
import type { Reading } from "../../src/model/reading.ts";
import { read } from "../../src/road.ts";

/** The vectors wherever a publisher may write, once in each format, as they come out of the road. */
export async function readEverywhere(vectors: readonly string[]): Promise<Readonly<Record<Format, readonly Draft[]>>> {
  return {
    rss: draftsOf(await readText(rss(vectors))),
    atom: draftsOf(await readText(atom(vectors))),
    json: draftsOf(await readText(json(vectors))),
  };
}

export type Format = "rss" | "atom" | "json";

function draftsOf(reading: Reading): readonly Draft[] {
  if (reading.kind !== "read") throw new Error(reading.why);
  return reading.drafts;
}

const readText = (text: string): Promise<Reading> =>
  read({ url: "https://press.example/feed", headers: {}, bytes: Buffer.from(text) }, []);

const xml = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`).replaceAll("\0", "\ufffd");
/** As most write it; "]]>" ends it too early. */
const cdata = (text: string): string => `<![CDATA[${text.replaceAll("\0", "\ufffd").replaceAll("]]>", "]] >")}]]>`;

/** Every item has a title, else readers could not find it. */
const titleOf = (vector: string, at: number): string => `Item ${at} ${vector}`;

const rss = (vectors: readonly string[]): string =>
  `<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>x</title><link>https://press.example/</link>${vectors
    .map(
      (vector, at) => `<item><title>${xml(titleOf(vector, at))}</title><link>${xml(vector)}</link>
        <guid>${xml(`${at} ${vector}`)}</guid><author>${xml(vector)}</author><category domain="${xml(vector)}">${xml(vector)}</category>
        <enclosure url="${xml(vector)}" type="${xml(vector)}" length="1"/><media:thumbnail url="${xml(vector)}"/>
        <description>${xml(vector)}</description><content:encoded>${cdata(`<p>before</p>${vector}<p>after</p>`)}</content:encoded></item>`,
    )
    .join("\n")}</channel></rss>`;

const atom = (vectors: readonly string[]): string =>
  `<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><id>urn:x</id>${vectors
    .map(
      (vector, at) => `<entry><title type="html">${xml(titleOf(vector, at))}</title><id>${xml(`${at} ${vector}`)}</id>
        <link href="${xml(vector)}"/><link rel="enclosure" href="${xml(vector)}" type="${xml(vector)}"/>
        <author><name>${xml(vector)}</name><uri>${xml(vector)}</uri><email>${xml(vector)}</email></author>
        <category term="${xml(vector)}" label="${xml(vector)}"/><summary type="text">${xml(vector)}</summary>
        <content type="html">${xml(vector)}</content></entry>`,
    )
    .join("\n")}</feed>`;

const json = (vectors: readonly string[]): string =>
  JSON.stringify({
    version: "https://jsonfeed.org/version/1.1",
    title: "x",
    items: vectors.map((vector, at) => ({
      id: `${at} ${vector}`,
      url: vector,
      title: titleOf(vector, at),
      summary: vector,
      content_html: vector,
      image: vector,
      tags: [vector],
      language: vector,
      authors: [{ name: vector, url: vector }],
      attachments: [{ url: vector, mime_type: vector }],
    })),
  });
