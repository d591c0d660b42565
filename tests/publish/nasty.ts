import type { Item } from "../../src/model/item.ts";
import type { TopicEntry, TopicFeed } from "../../src/model/topic.ts";
import { entry, item, MORNING, placed, site, topic, topicFeed } from "./press.ts";

/** One kind of trouble: what publishers send and `feed` 6 breaks on or tells wrongly. */
export interface Nasty {
  readonly name: string;
  readonly feed: TopicFeed;
  /** how many items every document must hold; one where left out */
  readonly items?: number;
}

const BELL = "\u0007";
const FULL = { feed: site.feeds[1]?.id, publisher: site.publishers[2]?.id } as Partial<Item>;

function lead(name: string, fields: Partial<Item>, rest: Partial<TopicEntry> = {}): Nasty {
  return { name, feed: topicFeed(entry(fields, rest)) };
}

/** Of an item that does not know these at all, not even as an empty text. */
function bare(name: string, ...missing: readonly ("teaser" | "permalink")[]): Nasty {
  const { lead: full, ...rest } = entry();
  const fields = Object.entries(full.item).filter(([field]) => !missing.some((one) => one === field));
  return { name, feed: topicFeed({ ...rest, lead: { ...full, item: Object.fromEntries(fields) as Item & {} } }) };
}

function framed(name: string, fields: Partial<TopicFeed["topic"]>): Nasty {
  return { name, feed: { ...topicFeed(entry()), topic: { ...topic, ...fields } } };
}

const texts: readonly Nasty[] = [
  lead("an ordinary item", {}),
  lead("the end of a CDATA section in a title", { title: "a ]]> b", teaser: "c ]]> d" }),
  lead("the end of a CDATA section twice", { title: "]]> ]]> ]]>", teaser: "]]>]]>" }),
  lead("the end of a CDATA section in a full text", { ...FULL, content: "<p>]]> and ]]> again</p>" }),
  lead("control characters", { title: `a${BELL}b\u000bc`, teaser: `${BELL}\u001f`, authors: [{ name: `x${BELL}` }] }),
  lead("lone surrogates", { title: "a\ud800b", teaser: "\udfff", categories: [{ term: "\ud83d" }] }),
  lead("noncharacters", { title: "a\ufffeb\uffff", teaser: "\ufffe" }),
  lead("emoji and umlauts", { title: "Grüße 👩‍👩‍👧 aus Köln", teaser: "Ærø, łódź, 日本" }),
  lead("an entity that is text", { title: "Wie &amp; in HTML geschrieben wird: &lt;b&gt;", teaser: "&amp;amp; &#38;" }),
  lead("a title that looks like HTML", { title: "a < b und <b>fett</b> <script>alert(1)</script>" }),
  lead("an empty title", { title: "" }),
  lead("a title of blanks", { title: " \n\t\u00a0 ", teaser: "" }),
  lead("line ends in a title", { title: "eins\r\nzwei\rdrei\n\tvier" }),
  lead("a script in a full text", { ...FULL, content: "<p>x</p><script>alert(1)</script>", teaser: "sicher" }),
  lead("a handler in a full text", { ...FULL, content: '<p onclick="alert(1)">x</p>', teaser: "sicher" }),
  lead("relative addresses in a full text", { ...FULL, content: '<img src="/a.png"><a href="b">c</a>' }),
  lead("a very long full text", { ...FULL, content: `<p>${"lang ".repeat(30_000)}</p>` }),
  lead("neither teaser nor content", { teaser: "" }),
  bare("no teaser at all", "teaser"),
  lead("an entity in a full text", { ...FULL, content: "<p>&amp;lt;b&amp;gt; &nbsp;&eacute;</p>" }),
];

const ids: readonly Nasty[] = [
  lead("a tag: id", { iri: "tag:elbbote.example,2026:4711" }),
  lead("a urn: id of mixed case", { iri: "urn:uuid:1225C695-cfb8-4ebb-AAAA-80da344efa6a" }),
  lead("a urn: id that promises a UUID", { iri: "urn:uuid:4711" }),
  lead("a tag: id without a date", { iri: "tag:elbbote.example:4711" }),
  lead("a tag: id in capitals", { iri: "tag:Elbbote.example,2026:4711" }),
  lead("an id that URL would respell", { iri: "HTTP://Elbbote.EXAMPLE/%7Efoo/../b" }),
  lead("an id with ampersands and quotes", { iri: 'https://elbbote.example/?a=1&b="2"&amp;c=<3>' }),
  lead("an id in Greek", { iri: "https://elbbote.example/άρθρο/4711" }),
  lead("an id that is no address", { iri: "4711" }),
  lead("an empty id", { iri: "" }),
  lead("an id that is a script", { iri: "javascript:alert(1)" }),
  lead("an id that is another page than the link", { iri: "https://elbbote.example/?p=4711" }),
  {
    name: "the same id twice",
    feed: topicFeed(entry(), entry({ title: "Noch einmal" }), entry({ iri: "tag:elbbote.example,2026:1" })),
    items: 2,
  },
];

const links: readonly Nasty[] = [
  lead("a relative link", { permalink: "/artikel/4711" }),
  lead("a link that runs", { permalink: "javascript:alert(1)" }),
  lead("a link with a password", { permalink: "https://me:secret@elbbote.example/a" }),
  lead("a link with ampersands, quotes and brackets", { permalink: `https://elbbote.example/?a=1&b='"<>|&amp;{}` }),
  lead("an empty link", { permalink: "" }),
  bare("no link at all", "permalink"),
  lead("enclosures without length and type", { enclosures: [{ url: "https://m.example/a.mp3" }] }),
  lead("an enclosure without a suffix", { enclosures: [{ url: "https://m.example/stream/" }] }),
  lead("an enclosure with a broken type", {
    enclosures: [{ url: "https://m.example/a", type: 'mp3" x="', length: -1 }],
  }),
  lead("an enclosure with all that is known of it", {
    enclosures: [{ url: "https://m.example/folge-12.mp3?von=rss&mit=%20", type: "audio/mpeg", length: 2 ** 33 }],
  }),
  lead("a relative enclosure", { enclosures: [{ url: "a.mp3" }], image: { url: "p.jpg" } }),
  lead("two enclosures and a picture", {
    enclosures: [
      { url: "https://m.example/a.mp3?x=1&y=2", type: "audio/mpeg", length: 10 },
      { url: "https://m.example/b.jpg", type: "image/jpeg", length: 20 },
    ],
    image: { url: "https://m.example/p.jpg?w=1&h=2", width: 640, height: 0 },
  }),
];

const people: readonly Nasty[] = [
  lead("no authors", { authors: [] }),
  lead("an author with only a name", { authors: [{ name: "Änne Möller" }] }),
  lead("an author with only an e-mail address", { authors: [{ email: "am@elbbote.example" }] }),
  lead("two authors", { authors: [{ name: "A & B" }, { name: "<C>" }] }),
  lead("an author with a bad link", { authors: [{ name: "A", url: "am.html" }] }),
  lead("an author without anything", { authors: [{}] }),
  lead("a category with brackets and quotes", { categories: [{ term: '<a href="x">', label: '"x" & <y>' }] }),
  lead("a category whose scheme is no address", { categories: [{ term: "wind", scheme: "own" }] }),
  lead("a category with an ampersand in its scheme", {
    categories: [{ term: "wind", scheme: "https://x.example/?a&b" }],
  }),
  lead("an empty category", { categories: [{ term: "" }, { term: " " }] }),
  lead("a hundred categories", { categories: Array.from({ length: 100 }, (_, n) => ({ term: `t${n}` })) }),
  lead(
    "others without a link and of no known publisher",
    {},
    {
      others: [
        placed({ permalink: "x" }),
        placed({ publisher: "weg" as Item["publisher"], permalink: "https://w.example/1" }),
      ],
    },
  ),
  lead("a feed and a publisher that the settings have forgotten", {
    feed: "weg" as Item["feed"],
    publisher: "weg" as Item["publisher"],
  }),
];

/** Before a sound one. */
function undated(name: string, dates: Partial<TopicEntry>): Nasty {
  return { name, feed: topicFeed(entry({ iri: "tag:elbbote.example,2026:1" }, dates), entry()) };
}

const dates: readonly Nasty[] = [
  undated("a date that is none", { publishedAt: Number.NaN }),
  undated("a date before our era", { publishedAt: Date.parse("-000044-03-15T00:00:00Z") }),
  undated("a year of five digits", { updatedAt: Date.parse("+010000-01-01T00:00:00Z") }),
  lead("a revision", {}, { updatedAt: MORNING + 60_000 }),
  { name: "a feed that never changed", feed: { ...topicFeed(entry()), updatedAt: Number.NaN } },
  { name: "no items", feed: topicFeed(), items: 0 },
];

const frames: readonly Nasty[] = [
  framed("control characters in the feed's title", { title: `En${BELL}ergie]]>&amp;`, description: `\ud800${BELL}` }),
  framed("an empty title and description", { title: "", description: "" }),
  framed("a language that is none", { language: "Deutsch!" }),
  framed("an English topic", { language: "en-GB" }),
  { name: "an item in another language", feed: topicFeed(entry(item({ language: "nl" }))) },
];

export const nasties: readonly Nasty[] = [...texts, ...ids, ...links, ...people, ...dates, ...frames];
