import fc from "fast-check";
import type { Document } from "../../src/model/document.ts";
import { DAY, HOUR, MINUTE } from "../../src/model/time.ts";
import { decode, splitItems } from "../../src/parse/parse.ts";

/** What publishers do to a document from one edition to the next. */

const NOW = Date.UTC(2026, 10, 20, 9, 30);

export interface Press {
  readonly head: string;
  readonly items: readonly string[];
  readonly tail: string;
}

export interface Edition {
  readonly document: Document;
  readonly at: number;
}

export function pressOf(document: Document): Press | undefined {
  const items = splitItems(document)?.items;
  if (items === undefined) return undefined;
  const { text } = decode(document);
  const [first = "", last = ""] = [items[0], items.at(-1)];
  return { head: text.slice(0, text.indexOf(first)), items, tail: text.slice(text.lastIndexOf(last) + last.length) };
}

type Change = (items: readonly string[], which: number, edition: number) => readonly string[];

const one =
  (change: (item: string, edition: number) => string): Change =>
  (items, which, edition) =>
    items.map((item, n) => (n === which ? change(item, edition) : item));

const all =
  (change: (item: string, edition: number, n: number) => string): Change =>
  (items, _, edition) =>
    items.map((item, n) => change(item, edition, n));

/** One item takes what its older neighbour has. */
const beside =
  (change: (item: string, found: string) => string, what: RegExp): Change =>
  (items, which) => {
    const found = what.exec(items[which + 1] ?? "")?.[0];
    return items.map((item, n) => (n === which && found !== undefined ? change(item, found) : item));
  };

const PAGE = /<link>[^<]*</i;
const WHOLE_TITLE = /<title\b[^<>]*>[^<]*</i;
const redated = (item: string, n: number): string =>
  item.replace(DATE, `<$1>${new Date(NOW + n * 50 * MINUTE).toISOString()}<`);
const GUID = /<(guid|id)\b([^<>]*)>[^<]*</i;
const TITLE = /<title\b([^<>]*)>(?:<!\[CDATA\[)?/i;
const DATE = /<(pubDate|published|dc:date|updated)>[^<]*</gi;

const EDITS = {
  nothing: (items) => items,
  retitle: one((item, n) => item.replace(TITLE, (start) => `${start}Korrigiert ${n}: `)),
  newText: one((item, n) =>
    item.replace(
      /<(description|summary|content|content:encoded)\b([^<>]*)>(?:<!\[CDATA\[)?/i,
      (start) => `${start}Nachtrag ${n}. `,
    ),
  ),
  newGuid: one((item, n) => item.replace(GUID, `<$1$2>urn:neu:${n}<`)),
  newGuids: all((item, edition, n) => item.replace(GUID, `<$1$2>urn:neu:${edition}:${n}<`)),
  newLinks: all((item, edition) => item.replace(/(<link>[^<]*)</i, `$1?lauf=${edition}<`)),
  sameGuid: (items, which) => items.map((item, n) => (n <= which ? item.replace(GUID, "<$1$2>urn:alle<") : item)),
  samePage: (items, which) =>
    items.map((item, n) => (n <= which ? item.replace(/<link>[^<]*</i, "<link>https://haus.example/liste<") : item)),
  twice: (items, which) => [...items, items[which] ?? ""],
  swap: (items) => items.toReversed(),
  fragment: (items) => items.map((item, n) => (n < 2 ? item.replace(/<link>([^<]*)</i, `<link>$1#teil-${n}<`) : item)),
  sectionWords: all((item) => item.replace(TITLE, (start) => `${start}Politik `)),
  oneDate: all((item) => item.replace(DATE, "<$1>Fri, 20 Nov 2026 08:00:00 GMT<")),
  midnight: all((item, _, n) => item.replace(DATE, `<$1>2026-11-${10 + (n % 9)}T00:00:00Z<`)),
  noDates: all((item) => item.replace(DATE, "<$1><")),
  updated: all((item) => item.replace(/<\/(item|entry)>$/i, "<updated>2026-11-20T07:00:00Z</updated></$1>")),
  rebuilt: (items) => items,
  language: (items) => items,
  broken: one((item) => item.replace(/<\/title>/i, " & <b></title>")),
  truncated: (items) => items,
  home: (items) => items,
  versions: (items, which, n) => [...items, (items[which] ?? "").replace(TITLE, `<title$1>Fassung ${n}: `)],
  neighboursGuid: beside((item, guid) => item.replace(GUID, guid), GUID),
  neighboursPage: beside((item, page) => item.replace(PAGE, page), PAGE),
  neighboursTitle: beside((item, title) => item.replace(WHOLE_TITLE, title), WHOLE_TITLE),
  bulletin: one((item, n) =>
    redated(item.replace(GUID, `<$1$2>urn:neu:${n}<`).replace(TITLE, `<title$1>Stand ${n}: `), n),
  ),
  column: one((item, n) =>
    redated(item.replace(GUID, `<$1$2>urn:neu:${n}<`).replace(PAGE, `<link>https://haus.example/neu/${n}<`), n),
  ),
  reusedGuid: one((item, n) =>
    redated(item.replace(PAGE, `<link>https://haus.example/neu/${n}<`).replace(TITLE, `<title$1>Neues ${n}: `), n),
  ),
  dayOnly: one((item) => item.replace(DATE, "<$1>2026-11-19T00:00:00Z<")),
  undated: one((item) => item.replace(DATE, "<$1><")),
  touched: one((item) => item.replace(/<\/(item|entry)>$/i, "<updated>2026-11-20T07:00:00Z</updated></$1>")),
  part: one((item, n) => item.replace(/<link>([^<]*)</i, `<link>$1#absatz-${n}<`)),
  section: (items, which) =>
    items.map((item, n) => (n <= which ? item.replace(TITLE, (start) => `${start}Politik Rat `) : item)),
  back: (items) => items,
  takenOut: (items) => items,
  putBack: (items) => items,
} as const satisfies Readonly<Record<string, Change>>;

/** What a publisher may do between two editions. */
export const anEdit = fc.record({
  /** older items that leave, newer ones that come */
  moves: fc.nat(3),
  what: fc.oneof(
    { weight: 1, arbitrary: fc.constant("nothing" as const) },
    { weight: 3, arbitrary: fc.constantFrom(...(Object.keys(EDITS) as (keyof typeof EDITS)[])) },
  ),
  which: fc.nat(4),
  later: fc.constantFrom(7 * MINUTE, 7 * MINUTE, HOUR, HOUR, 2 * HOUR, 5 * HOUR, 26 * HOUR, 3 * DAY),
});

export type Edit = typeof anEdit extends fc.Arbitrary<infer One> ? One : never;

export function editionsOf(
  { head, items, tail }: Press,
  edits: readonly Edit[],
  { url }: Document,
): readonly Edition[] {
  const width = Math.max(3, Math.floor(items.length / 2));
  let from = Math.max(0, items.length - width);
  let at = NOW;
  const out = new Set<string>();
  const shown = (): readonly string[] => items.slice(from, from + width).filter((item) => !out.has(item));
  const print = (edit: Edit | undefined, n: number): Edition => {
    const changed = edit === undefined ? shown() : EDITS[edit.what](shown(), edit.which, n);
    const text = surrounded(head, changed, tail, edit, n);
    return { document: { url, headers: { "content-type": "text/xml; charset=utf-8" }, bytes: Buffer.from(text) }, at };
  };
  const editions = [print(undefined, 0)];
  for (const [n, edit] of edits.entries()) {
    at += edit.later;
    from = Math.max(0, from + (edit.what === "back" ? 2 : -edit.moves));
    // for good, not only from this edition
    if (edit.what === "takenOut") out.add(items[from + 1 + edit.which] ?? "");
    if (edit.what === "putBack") out.clear();
    editions.push(print(edit, n + 1));
  }
  return editions;
}

function surrounded(head: string, items: readonly string[], tail: string, edit: Edit | undefined, n: number): string {
  const date = `<lastBuildDate>Fri, 20 Nov 2026 10:0${n}:00 GMT</lastBuildDate>`;
  const start = head
    .replace(/^\s*<\?xml[^>]*>/, "")
    .replace(/(<channel>)/i, `$1${edit?.what === "rebuilt" ? date : ""}`);
  const foreign = start.replace(/(<channel>|<feed\b[^>]*>)/i, "$1<language>fr</language>");
  const elsewhere = start.replace(PAGE, "<link>https://haus.example/andere/<");
  const around = edit?.what === "language" ? foreign : edit?.what === "home" ? elsewhere : start;
  const text = `${around}${items.join("\n")}${tail}`;
  return edit?.what === "truncated" ? text.slice(0, text.length * 0.8) : text;
}

export function rssOf(count: number, before = ""): Document {
  return xml(
    `<rss version="2.0"><channel><title>Haus</title><link>https://haus.example/</link><description>d</description>${times(
      count,
      (n) =>
        `<item><title>${before}Meldung ${n} aus dem Ort</title><link>https://haus.example/artikel/${4000 + n}</link><guid isPermaLink="false">haus-${4000 + n}</guid><pubDate>${new Date(NOW - n * 37 * MINUTE).toUTCString()}</pubDate><description><![CDATA[<p>Absatz ${n} mit <b>Text</b> &#38; Zeichen.</p>]]></description></item>`,
    )}</channel></rss>`,
  );
}

/** Pages as seen from the feed's home. */
export function relative({ bytes, ...document }: Document): Document {
  return {
    ...document,
    bytes: Buffer.from(
      Buffer.from(bytes).toString().replaceAll("<link>https://haus.example/artikel/", "<link>artikel/"),
    ),
  };
}

export function atomOf(count: number): Document {
  return xml(
    `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Haus</title><id>urn:haus</id><updated>2026-11-20T09:00:00Z</updated><author><name>Redaktion</name></author>${times(
      count,
      (n) =>
        `<entry><title>Meldung ${n} aus dem Ort</title><link href="https://haus.example/artikel/${4000 + n}"/><id>urn:haus:${4000 + n}</id><published>${new Date(NOW - n * 37 * MINUTE).toISOString()}</published><updated>${new Date(NOW - n * 36 * MINUTE).toISOString()}</updated><summary type="html">&lt;p&gt;Absatz ${n}&lt;/p&gt;</summary></entry>`,
    )}</feed>`,
  );
}

export function rdfOf(count: number): Document {
  return xml(
    `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://haus.example/"><title>Haus</title><link>https://haus.example/</link><description>d</description></channel>${times(
      count,
      (n) =>
        `<item rdf:about="https://haus.example/artikel/${4000 + n}"><title>Meldung ${n} aus dem Ort</title><link>https://haus.example/artikel/${4000 + n}</link><dc:date>${new Date(NOW - n * 37 * MINUTE).toISOString()}</dc:date><description>Absatz ${n}</description></item>`,
    )}</rdf:RDF>`,
  );
}

const times = (count: number, write: (n: number) => string): string =>
  Array.from({ length: count }, (_, n) => write(n)).join("\n");

const xml = (text: string): Document => ({ url: "https://haus.example/feed", headers: {}, bytes: Buffer.from(text) });
