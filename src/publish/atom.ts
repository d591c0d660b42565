import { escapeText } from "entities";
import { Feed, type Item } from "feed";
import { isoOf } from "../model/time.ts";
import { publicIri } from "./address.ts";
import { HISTORY, historyOf } from "./archive.ts";
import { tombstonesOf } from "./atom-tombstones.ts";
import { type Edition, GENERATOR } from "./edition.ts";
import { guarded, MEDIA_RSS } from "./feed-package.ts";
import { inert } from "./inert.ts";
import { momentsOf } from "./moments.ts";
import { present } from "./present.ts";
import type { Telling } from "./telling.ts";
import { childrenOf, element, isElement, readXml, writeXml, type XmlElement } from "./xml.ts";

/** Atom demands a date of an empty feed too; readers and validators take 1970 for a mistake. */
const NEVER = Date.parse("2000-01-01T00:00:00Z");

/** Made anew, for `feed` spells ids and links as URL does, guesses types, and knows neither source nor language. */
const MADE_ANEW: ReadonlySet<string> = new Set(["id", "link", "updated"]);

/** Atom 1.0 (RFC 4287): `feed` draws it, and what it has no words for is put into the tree. */
export function atomOf(edition: Edition): string {
  const { title, description, page, self, hub, updatedAt, issuer } = edition;
  const feed = new Feed(
    present({
      id: guarded(page),
      title: guarded(title),
      description: guarded(description),
      link: page,
      feed: self.atom,
      hub,
      updated: new Date(updatedAt || NEVER),
      author: { name: guarded(inert(issuer.name)), link: issuer.url },
      generator: GENERATOR,
    }),
  );
  for (const telling of edition.tellings) feed.addItem(itemOf(telling));
  const drawing = readXml(feed.atom1());
  if (drawing.kind === "malformed") throw new Error(`unprintable text reached the Atom document: ${drawing.why}`);
  return writeXml(completed(drawing.root, edition));
}

/** Plain text becomes HTML, for `feed` calls every text HTML. */
function itemOf({ title, link, teaser, body, bylines, publishedAt, updatedAt }: Telling): Item {
  return present({
    title: escapeText(title),
    link,
    description: teaser === undefined ? undefined : escapeText(teaser),
    content: body,
    author: bylines.map(({ name, url }) => present({ name: guarded(inert(name)), link: url })),
    date: new Date(updatedAt),
    published: new Date(publishedAt),
  });
}

function completed(root: XmlElement, edition: Edition): XmlElement {
  const { title, description, language, tellings, page, issuer } = edition;
  const texts: Readonly<Record<string, XmlElement>> = {
    id: element("id", {}, publicIri(page, issuer.url)),
    title: htmlText("title", title),
    subtitle: htmlText("subtitle", description),
  };
  const frame = root.children
    .filter(isElement)
    .filter(({ name }) => name !== "entry")
    .map((child) => texts[child.name] ?? child);
  const history = historyOf(edition, "atom").map(([rel, href]) => element("link", { rel, href }));
  const marks = edition.archiveOf === undefined ? [] : [element("fh:archive", { "xmlns:fh": HISTORY })];
  const moments = momentsOf(tellings);
  const entries = childrenOf(root, "entry").flatMap((entry, index) => {
    const [telling, moment] = [tellings[index], moments[index]];
    return telling === undefined || moment === undefined ? [] : [completedEntry(entry, telling, moment, issuer.url)];
  });
  const tombstones = tombstonesOf(edition);
  const attributes = { ...root.attributes, "xmlns:media": MEDIA_RSS, ...tombstones.namespace, "xml:lang": language };
  return element(root.name, attributes, ...frame, ...history, ...marks, ...entries, ...tombstones.elements);
}

/** Plain text as HTML: readers that overlook `type` take every title for HTML. */
function htmlText(name: string, text: string): XmlElement {
  return element(name, { type: "html" }, escapeText(text));
}

function completedEntry(entry: XmlElement, telling: Telling, moment: string, publicUrl: string): XmlElement {
  const drawn = entry.children.filter((child) => isElement(child) && !MADE_ANEW.has(child.name));
  return element(
    entry.name,
    { "xml:lang": telling.language },
    element("id", {}, telling.iri),
    element("updated", {}, moment),
    ...linksOf(telling),
    ...drawn,
    ...telling.labels.map(({ term, label, scheme }) => element("category", { term, scheme, label: inert(label) })),
    ...pictureOf(telling),
    sourceOf(telling, publicUrl),
  );
}

function linksOf({ link, story, enclosures }: Telling): readonly XmlElement[] {
  return [
    element("link", { rel: "alternate", type: "text/html", href: link }),
    element("link", { rel: "related", type: "text/html", href: story.url }),
    ...enclosures.map(({ url, type, length }) => element("link", { rel: "enclosure", type, length, href: url })),
  ];
}

function pictureOf({ image }: Telling): readonly XmlElement[] {
  return image === undefined
    ? []
    : [element("media:content", { url: image.url, medium: "image", width: image.width, height: image.height })];
}

function sourceOf({ source, updatedAt }: Telling, publicUrl: string): XmlElement {
  const home =
    source.homeUrl === undefined
      ? []
      : [element("link", { rel: "alternate", type: "text/html", href: source.homeUrl })];
  return element(
    "source",
    {},
    element("id", {}, publicIri(source.feedUrl, publicUrl)),
    htmlText("title", source.title),
    element("updated", {}, isoOf(updatedAt)),
    element("link", { rel: "self", href: source.feedUrl }),
    ...home,
  );
}
