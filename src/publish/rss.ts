import { escapeText } from "entities";
import { type Extension, Feed, type Item } from "feed";
import { isoOf, MINUTE } from "../model/time.ts";
import { HISTORY, historyOf } from "./archive.ts";
import { type Edition, GENERATOR } from "./edition.ts";
import { extension, guarded, MEDIA_RSS, tag } from "./feed-package.ts";
import { inert } from "./inert.ts";
import { present } from "./present.ts";
import type { Telling } from "./telling.ts";

const HEXADECIMAL: Readonly<Record<string, string>> = { "&lt;": "&#x3C;", "&amp;": "&#x26;" };

/** RSS 2.0 after the RSS Advisory Board's profile, with content, dc, media and atom beside it. */
export function rssOf(edition: Edition): string {
  const { title, description, page, self, language, updatedAt, freshFor, archiveOf } = edition;
  const feed = new Feed(
    present({
      title: guarded(inert(title)),
      description: guarded(inert(description)),
      link: page,
      feed: self.rss,
      language,
      updated: new Date(updatedAt),
      ttl: freshFor === undefined ? undefined : freshFor / MINUTE,
      docs: "https://www.rssboard.org/rss-specification",
      generator: GENERATOR,
    }),
  );
  feed.addExtension(extension("_attributes", { "xmlns:media": MEDIA_RSS }));
  feed.addExtension(extension("atom:link", linksOf(edition)));
  if (archiveOf !== undefined) feed.addExtension(extension("fh:archive", tag({ "xmlns:fh": HISTORY })));
  // an empty topic has never been built; an empty list writes nothing
  if (updatedAt === 0) feed.addExtension(extension("lastBuildDate", []));
  for (const telling of edition.tellings) feed.addItem(itemOf(telling));
  return profiled(feed.rss2());
}

/** Plain text in hexadecimal references, as the Board's profile asks; CDATA sections are HTML and stay as they are. */
function profiled(rss: string): string {
  return rss.replace(/<!\[CDATA\[.*?\]\]>|&lt;|&amp;/gs, (part) => HEXADECIMAL[part] ?? part);
}

function linksOf(edition: Edition): readonly object[] {
  const { self, page, hub } = edition;
  const own = [
    tag({ href: self.rss, rel: "self", type: "application/rss+xml" }),
    tag({ href: page, rel: "alternate", type: "text/html" }),
    ...historyOf(edition, "rss").map(([rel, href]) => tag({ href, rel, type: "application/rss+xml" })),
  ];
  return hub === undefined ? own : [...own, tag({ href: hub, rel: "hub" })];
}

function itemOf(telling: Telling): Item {
  const { title, link, iri, teaser, body, publishedAt, updatedAt } = telling;
  return present({
    title,
    link,
    id: guarded(iri),
    description: teaser === undefined ? body : escapeText(teaser),
    content: body,
    date: new Date(updatedAt),
    published: new Date(publishedAt),
    extensions: [...creditsOf(telling), ...mediaOf(telling), ...revisionOf(telling)],
  });
}

/** The title is written again, for in a CDATA section it could not hold "]]>"; `author` wants an e-mail address, dc:creator a name. */
function creditsOf({ title, bylines, labels, source, language }: Telling): readonly Extension[] {
  const credits = [
    extension("title", tag({}, inert(title))),
    extension(
      "dc:creator",
      bylines.map(({ name }) => tag({}, inert(name))),
    ),
    extension(
      "category",
      labels.map(({ label, scheme }) => tag({ domain: scheme }, inert(label))),
    ),
    extension("source", tag({ url: source.feedUrl }, inert(source.title))),
  ];
  return language === undefined ? credits : [...credits, extension("dc:language", tag({}, language))];
}

/** One enclosure an item (RSS Advisory Board), what can be played if there is such; the others and the picture as Media RSS. */
function mediaOf({ enclosures, image }: Telling): readonly Extension[] {
  const first = enclosures.find(({ type }) => /^(?:audio|video)\//.test(type)) ?? enclosures[0];
  const rest = enclosures.filter((enclosure) => enclosure !== first);
  const others = rest.map(({ url, type, length }) => tag({ url, type, fileSize: length }));
  const picture =
    image === undefined ? [] : [tag({ url: image.url, medium: "image", width: image.width, height: image.height })];
  const media = extension("media:content", [...picture, ...others]);
  // the length is not optional: 0 says unknown
  return first === undefined
    ? [media]
    : [media, extension("enclosure", tag({ url: first.url, length: first.length ?? 0, type: first.type }))];
}

/** RSS itself has no date of change. */
function revisionOf({ publishedAt, updatedAt }: Telling): readonly Extension[] {
  return updatedAt > publishedAt ? [extension("atom:updated", tag({}, isoOf(updatedAt)))] : [];
}
