import { Feed, type Item } from "feed";
import { type Edition, GENERATOR } from "./edition.ts";
import { extension } from "./feed-package.ts";
import { present } from "./present.ts";
import type { Telling } from "./telling.ts";

/** JSON Feed 1.1: `feed` writes 1.0, what is new since then comes in as extensions. */
export function jsonOf(edition: Edition): string {
  const { title, description, page, self, hub, older, language, issuer } = edition;
  const feed = new Feed({ title, description, link: page, feedLinks: { json: self.json }, generator: GENERATOR });
  feed.addExtension(extension("version", "https://jsonfeed.org/version/1.1"));
  feed.addExtension(extension("next_url", older?.json));
  feed.addExtension(extension("language", language));
  feed.addExtension(extension("authors", [issuer]));
  if (hub !== undefined) feed.addExtension(extension("hubs", [{ type: "WebSub", url: hub }]));
  for (const telling of edition.tellings) feed.addItem(itemOf(telling));
  return feed.json1();
}

function itemOf(telling: Telling): Item {
  const { title, link, iri, teaser, body, image, publishedAt, updatedAt } = telling;
  return present({
    title,
    link,
    id: iri,
    description: teaser,
    content: body,
    image: image?.url,
    date: new Date(updatedAt),
    published: new Date(publishedAt),
    extensions: Object.entries(extensionsOf(telling)).map(([name, value]) => extension(name, value)),
  });
}

/** Absent values are dropped by JSON itself. `_source` and `_story` are ours: whom it came from, and who else has it. */
function extensionsOf({ bylines, labels, language, enclosures, source, story, others }: Telling) {
  const attachments = enclosures.map(({ url, type, length }) => ({ url, mime_type: type, size_in_bytes: length }));
  return {
    language,
    authors: bylines,
    tags: labels.length === 0 ? undefined : labels.map(({ label }) => label),
    attachments: attachments.length === 0 ? undefined : attachments,
    _source: { title: source.title, feed_url: source.feedUrl, home_page_url: source.homeUrl },
    _story: { ...story, others },
  };
}
