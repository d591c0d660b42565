import type { Author, Category, Enclosure, Image } from "../model/item.ts";
import type { Markup, ParsedItem } from "../model/parsed.ts";
import type { Instant } from "../model/time.ts";
import { compact } from "./compact.ts";
import { parseDate } from "./date.ts";
import { resolve } from "./element.ts";
import { type Link, pageOf, readLinks, wholeNumber } from "./links.ts";
import { readPerson } from "./person.ts";
import { attribute, firstOf, inOrder, type Node, nodes, nodesLastFirst, parts, rank, text, type Wire } from "./wire.ts";

export function readItem(wire: Wire): ParsedItem {
  const links = readLinks(nodes(wire, "link"));
  const [, secondSummary] = nodes(wire, "summary").filter((node) => rank(node) === 0);
  const enclosures = readEnclosures(wire, links);
  return compact({
    ...readId(nodes(wire, "id")),
    link: firstOf(nodes(wire, "origin"), text) ?? pageOf(links) ?? sourceOf(nodes(wire, "body")),
    title: readMarkup(nodes(wire, "title")),
    summary: readMarkup(nodes(wire, "summary")),
    // two descriptions: the second one is the text (feedparser reads them so, and so do publishers mean it)
    content: readMarkup(nodes(wire, "body")) ?? readMarkup(secondSummary === undefined ? [] : [secondSummary]),
    authors: readAuthors(wire),
    categories: readCategories(wire),
    enclosures,
    image: readImage(nodes(wire, "image")) ?? readImage(pictures(wire)) ?? imageAmong(enclosures),
    images: imagesOf([...nodes(wire, "image"), ...pictures(wire)]),
    publishedAt: readDate(wire, "published"),
    updatedAt: readDate(wire, "updated"),
    language: firstOf(nodes(wire, "language"), text),
    base: firstOf(nodes(wire, "base"), text),
  });
}

export function readMarkup(found: readonly Node[]): Markup | undefined {
  return firstOf(found, (node) => {
    const written = text(node);
    const base = attribute(node, "base");
    if (written === undefined) return undefined;
    return {
      text: written,
      type: attribute(node, "type") === "text" ? "text" : "html",
      ...(base === undefined ? {} : { base }),
    };
  });
}

export const readDate = (wire: Wire, name: string): Instant | undefined =>
  firstOf(nodesLastFirst(wire, name), (node) => parseDate(text(node) ?? ""));

/** An item with more authors, or more categories, is a list of names. */
const MAX_NAMES = 500;

/** Only those of the element that speaks first: itunes:author repeats author. */
export function readAuthors(wire: Wire): readonly Author[] {
  const named = nodes(wire, "author").slice(0, MAX_NAMES);
  const found = named.map((node) => ({ rank: rank(node), author: readAuthor(node) }));
  const first = found.find(({ author }) => author !== undefined)?.rank;
  return found.flatMap((entry) => (entry.rank === first && entry.author !== undefined ? [entry.author] : []));
}

/** Podcasts name guests, and Media RSS photographers, among those who wrote. */
const AUTHORS_ROLE = /author|host|reporter|writer/i;

function readAuthor(node: Node): Author | undefined {
  if (!AUTHORS_ROLE.test(attribute(node, "role") ?? "author")) return undefined;
  const written = firstOf(parts(node, "name"), text) ?? text(node);
  const url = firstOf(parts(node, "url"), (part) => absolute(part, text(part))) ?? attribute(node, "href");
  const email = firstOf(parts(node, "email"), text)?.replace(/^mailto:/i, "");
  const person = written === undefined ? {} : readPerson(written);
  const author = { ...person, ...(email === undefined ? {} : { email }), ...(url === undefined ? {} : { url }) };
  return Object.keys(author).length === 0 ? undefined : author;
}

export function readCategories(wire: Wire): readonly Category[] {
  const found = inOrder(wire, "category").slice(0, MAX_NAMES);
  return found.flatMap((node) => {
    const term = attribute(node, "term") ?? text(node) ?? attribute(node, "text");
    if (term === undefined) return [];
    if (rank(node) > 0)
      return term.split(",", MAX_NAMES).flatMap((word) => (word.trim() === "" ? [] : [{ term: word.trim() }]));
    const label = attribute(node, "label");
    const scheme = attribute(node, "scheme") ?? attribute(node, "domain");
    return [{ term, ...(scheme === undefined ? {} : { scheme }), ...(label === undefined ? {} : { label }) }];
  });
}

export const readImage = (found: readonly Node[]): Image | undefined => firstOf(found, imageOf);

function imagesOf(found: readonly Node[]): readonly Image[] | undefined {
  const images = found.slice(0, MAX_ENCLOSURES).flatMap((node) => imageOf(node) ?? []);
  return images.length === 0 ? undefined : images;
}

function imageOf(node: Node): Image | undefined {
  const written =
    attribute(node, "url") ??
    attribute(node, "href") ??
    attribute(node, "srcset")?.split(/[\s,]/, 1)[0] ??
    firstOf(parts(node, "url"), text) ??
    text(node);
  const url = absolute(node, written);
  if (url === undefined) return undefined;
  const width = wholeNumber(attribute(node, "width") ?? firstOf(parts(node, "width"), text));
  const height = wholeNumber(attribute(node, "height") ?? firstOf(parts(node, "height"), text));
  return { url, ...(width === undefined ? {} : { width }), ...(height === undefined ? {} : { height }) };
}

/** Against the base that the element stands under; as written where there is none. */
export const absolute = (node: Node, url: string | undefined): string | undefined =>
  url === undefined ? undefined : (resolve(url, attribute(node, "base")) ?? url);

/** `guid`, `id` or `rdf:about`; a guid is a link unless it says that it is none. */
function readId(found: readonly Node[]): Pick<ParsedItem, "guid" | "guidIsLink"> {
  const node = found.find((each) => text(each) !== undefined);
  const guid = text(node);
  if (node === undefined || guid === undefined) return {};
  const isLink = saysLink(attribute(node, "ispermalink"), guid);
  return isLink ? { guid, guidIsLink: true } : { guid };
}

/** Only who says so may mean a relative URL. */
function saysLink(isPermaLink: string | undefined, guid: string): boolean {
  const said = isPermaLink?.toLowerCase();
  return said !== "false" && (/^https?:\/\//i.test(guid) || (said === "true" && guid.includes("/")));
}

/** Atom content that lies elsewhere (RFC 4287 4.1.3.2). */
const sourceOf = (bodies: readonly Node[]): string | undefined =>
  firstOf(bodies, (node) => absolute(node, attribute(node, "src")));

/** A publisher with more names galleries, not enclosures. */
const MAX_ENCLOSURES = 50;

function readEnclosures(wire: Wire, links: readonly Link[]): readonly Enclosure[] {
  const linked = links
    .filter(({ rel }) => rel === "enclosure")
    .map(({ href, type, length }) => ({ url: href, type, length }));
  const attached = nodes(wire, "attachment").map((node) => ({
    url: absolute(node, attribute(node, "url") ?? attribute(node, "href")),
    type: attribute(node, "type"),
    length: wholeNumber(attribute(node, "length") ?? attribute(node, "filesize")),
  }));
  const byUrl = new Map<string, Enclosure>();
  for (const { url, type, length } of [...linked, ...attached])
    if (url !== undefined && !byUrl.has(url) && byUrl.size < MAX_ENCLOSURES)
      byUrl.set(url, { url, ...(type === undefined ? {} : { type }), ...(length === undefined ? {} : { length }) });
  return [...byUrl.values()];
}

const pictures = (wire: Wire): readonly Node[] =>
  nodes(wire, "attachment").filter(
    (node) => attribute(node, "medium") === "image" || isPicture(attribute(node, "type"), attribute(node, "url")),
  );

function imageAmong(enclosures: readonly Enclosure[]): Image | undefined {
  const image = enclosures.find(({ type, url }) => isPicture(type, url));
  return image === undefined ? undefined : { url: image.url };
}

const isPicture = (type: string | undefined, url = ""): boolean =>
  type === undefined
    ? /\.(?:avif|gif|jpe?g|png|webp)$/i.test(url.split(/[?#]/, 1)[0] ?? "")
    : type.startsWith("image/");
