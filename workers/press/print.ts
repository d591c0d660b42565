import { escapeUTF8 as escaped } from "entities";
import type { Duration, Instant } from "../../src/model/time.ts";
import { isoOf } from "../../src/model/time.ts";
import type { Piece } from "./edition.ts";
import type { FeedPlan, House } from "./houses.ts";

/** Where and when a document is printed. */
export interface Imprint {
  readonly house: House;
  readonly feed: FeedPlan;
  /** of the house, with the slash at the end: "http://127.0.0.1:4000/kontor/" */
  readonly home: string;
  /** when the press opened: pieces' times count from here */
  readonly openedAt: Instant;
}

export interface PrintedFeed {
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

const TEASER_BREAK = 120;
const NOTE = { de: "Alle Meldungen sind erfunden.", en: "All of this news is invented." };

export function printFeed(imprint: Imprint, pieces: readonly Piece[]): PrintedFeed {
  const printed = PRINTERS[imprint.feed.format](imprint, pieces);
  if (imprint.feed.charset === undefined) return { ...printed, bytes: Buffer.from(printed.text) };
  return { contentType: `${printed.contentType}; charset=${imprint.feed.charset}`, bytes: latin1(printed.text) };
}

type Printer = (imprint: Imprint, pieces: readonly Piece[]) => { readonly contentType: string; readonly text: string };

const PRINTERS: Readonly<Record<FeedPlan["format"], Printer>> = { rss, rdf, atom, json };

function rss(imprint: Imprint, pieces: readonly Piece[]) {
  const { house, feed, home } = imprint;
  const items = pieces.map((piece) => {
    const { title, teaser, date } = house.style === "desk" ? deskStyle(imprint, piece) : plainStyle(imprint, piece);
    const guid = house.guid === "permalink" ? home + piece.guid : piece.guid;
    const category = house.style === "desk" ? "" : `<category>${escaped(labelOf(house, piece))}</category>`;
    return `<item><title>${escaped(title)}</title><link>${home}${piece.path}</link><guid isPermaLink="${house.guid === "permalink"}">${guid}</guid>
<description>${escaped(teaser)}</description>${category}<pubDate>${date}</pubDate></item>`;
  });
  const text = `<?xml version="1.0" encoding="${feed.charset ?? "utf-8"}"?>
<rss version="2.0"><channel><title>${escaped(titleOf(imprint))}</title><link>${home}</link>
<description>${escaped(noteOf(house))}</description><language>${house.language}</language>
${items.join("\n")}
</channel></rss>
`;
  return { contentType: "application/rss+xml", text };
}

function rdf(imprint: Imprint, pieces: readonly Piece[]) {
  const { house, feed, home } = imprint;
  const items = pieces.map(
    (
      piece,
    ) => `<item rdf:about="${home}${piece.path}"><title>${escaped(piece.title)}</title><link>${home}${piece.path}</link>
<description>${escaped(piece.teaser)}</description><dc:subject>${escaped(labelOf(house, piece))}</dc:subject><dc:date>${iso(imprint, piece.publishedAt)}</dc:date></item>`,
  );
  const toc = pieces.map((piece) => `<rdf:li rdf:resource="${home}${piece.path}"/>`);
  const text = `<?xml version="1.0" encoding="utf-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="${home}${feed.file}"><title>${escaped(titleOf(imprint))}</title><link>${home}</link>
<description>${escaped(noteOf(house))}</description><dc:language>${house.language}</dc:language>
<items><rdf:Seq>${toc.join("")}</rdf:Seq></items></channel>
${items.join("\n")}
</rdf:RDF>
`;
  return { contentType: "application/rdf+xml", text };
}

function atom(imprint: Imprint, pieces: readonly Piece[]) {
  const { house, feed, home } = imprint;
  const entries = pieces.map(
    (piece) => `<entry><id>${home}${piece.guid}</id><title>${escaped(piece.title)}</title><link href="${piece.path}"/>
<published>${iso(imprint, piece.publishedAt)}</published><updated>${iso(imprint, piece.changedAt)}</updated>
<category term="${piece.section}" label="${escaped(labelOf(house, piece))}"/><summary>${escaped(piece.teaser)}</summary>
<content type="html">${escaped(htmlOf(piece))}</content></entry>`,
  );
  const text = `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${house.language}" xml:base="${home}"><id>${home}${feed.file}</id>
<title>${escaped(titleOf(imprint))}</title><subtitle>${escaped(noteOf(house))}</subtitle><link href="${home}"/><link rel="self" href="${home}${feed.file}"/>
<updated>${iso(imprint, newestOf(pieces))}</updated><author><name>${escaped(house.title)}</name></author>
${entries.join("\n")}
</feed>
`;
  return { contentType: "application/atom+xml", text };
}

function json(imprint: Imprint, pieces: readonly Piece[]) {
  const { house, feed, home } = imprint;
  const items = pieces.map((piece) => ({
    id: piece.guid,
    url: home + piece.path,
    title: piece.title,
    summary: piece.teaser,
    content_html: htmlOf(piece),
    date_published: iso(imprint, piece.publishedAt),
    tags: [labelOf(house, piece)],
  }));
  const document = {
    version: "https://jsonfeed.org/version/1.1",
    title: titleOf(imprint),
    description: noteOf(house),
    home_page_url: home,
    feed_url: home + feed.file,
    language: house.language,
    items,
  };
  return { contentType: "application/feed+json", text: `${JSON.stringify(document, null, 1)}\n` };
}

/** The page that a piece's link leads to. */
export function printPage(house: House, piece: Piece, openedAt: Instant): string {
  const date = new Date(openedAt + piece.publishedAt).toLocaleString(house.language, { timeZone: "Europe/Berlin" });
  return `<!doctype html><html lang="${house.language}"><meta charset="utf-8"><title>${escaped(piece.title)}</title>
<body><p>${escaped(house.title)} · ${escaped(labelOf(house, piece))} · ${date}</p><h1>${escaped(piece.title)}</h1>
${htmlOf(piece)}<p><em>${noteOf(house)}</em></p></body></html>
`;
}

function plainStyle({ openedAt }: Imprint, piece: Piece) {
  return { title: piece.title, teaser: piece.teaser, date: new Date(openedAt + piece.publishedAt).toUTCString() };
}

/** "Finanzen Goldpreis-Rekordhoch: …", a teaser that breaks off, and a date without a time. */
function deskStyle({ house, openedAt }: Imprint, piece: Piece) {
  const { teaser } = piece;
  const short =
    teaser.length > TEASER_BREAK ? `${teaser.slice(0, teaser.lastIndexOf(" ", TEASER_BREAK))}...` : `${teaser}...`;
  const [year, month, day] = isoOf(openedAt + piece.publishedAt)
    .slice(0, 10)
    .split("-");
  return { title: `${labelOf(house, piece)} ${piece.title}`, teaser: short, date: `${day}.${month}.${year}` };
}

const iso = ({ openedAt }: Imprint, at: Duration): string => isoOf(openedAt + at);

const newestOf = (pieces: readonly Piece[]): Duration => Math.max(0, ...pieces.map((piece) => piece.changedAt));

const labelOf = (house: House, piece: Piece): string => house.labels[piece.section] ?? piece.section;

const noteOf = (house: House): string => (house.language === "en" ? NOTE.en : NOTE.de);

const titleOf = ({ house, feed }: Imprint): string =>
  feed.section === undefined ? house.title : `${house.title}: ${house.labels[feed.section] ?? feed.section}`;

const htmlOf = ({ teaser, facts }: Piece): string =>
  [teaser, ...facts].map((text) => `<p>${escaped(text)}</p>`).join("");

/** Letters that ISO 8859-1 lacks are written as numbers, as old content systems do. */
function latin1(text: string): Uint8Array {
  return Buffer.from(
    text.replace(/[\u0100-\u{10ffff}]/gu, (letter) => `&#${letter.codePointAt(0)};`),
    "latin1",
  );
}
