import { printable } from "./printable.ts";
import * as rules from "./rules.ts";

/** What is wrong with any value that JSON can hold. */
type Judge = (value: unknown) => readonly string[];

const address = text(rules.anAddress);
const date = text(rules.anRfc3339Date);
const said = text(rules.said);
const plain = text(rules.anything);
const language = text(rules.aLanguage);
const count: Judge = (value) => rules.unless(Number.isSafeInteger(value), "is no count");
const authors = list(object({ name: said, url: address, avatar: address }, ["name"]));

const source = object({ title: said, feed_url: address, home_page_url: address }, ["title", "feed_url"]);
const mention = object({ publisher: said, title: plain, url: address }, ["publisher", "title", "url"]);
const attachment = object({ url: address, mime_type: text(rules.aMediaType), size_in_bytes: count }, [
  "url",
  "mime_type",
]);

const item = object(
  {
    id: text(rules.anId),
    url: address,
    title: said,
    content_html: text(rules.harmless),
    summary: plain,
    image: address,
    date_published: date,
    date_modified: date,
    authors,
    tags: list(said),
    language,
    attachments: list(attachment),
    _source: source,
    _story: object({ id: said, url: address, others: list(mention) }, ["id", "url", "others"]),
  },
  ["id", "url", "content_html", "date_published", "date_modified", "authors", "_source", "_story"],
);

const feed = object(
  {
    version: (value) => rules.unless(value === "https://jsonfeed.org/version/1.1", "is not 1.1"),
    title: said,
    description: plain,
    home_page_url: address,
    feed_url: address,
    next_url: address,
    language,
    authors,
    hubs: list(object({ type: said, url: address }, ["type", "url"])),
    items: list(() => []),
  },
  ["version", "title", "home_page_url", "feed_url", "items"],
);

/** https://www.jsonfeed.org/version/1.1/, and what we promise beyond it: dates, authors, `_source`, `_story`. */
export function jsonFaults(document: string): readonly rules.Fault[] {
  const json = parsed(document);
  const turnsBack = isRecord(json) && json["next_url"] !== undefined && json["next_url"] === json["feed_url"];
  const wrong = [...feed(json), ...(turnsBack ? ["next_url leads to the same page"] : [])].map((what) => ({ what }));
  const items = isRecord(json) && Array.isArray(json["items"]) ? json["items"] : [];
  const again = rules.repeated(items.map((one) => (isRecord(one) ? String(one["id"]) : undefined)));
  return [
    ...wrong,
    ...items.flatMap((one, entry) => item(one).map((what) => ({ entry, what }))),
    ...again.map((entry) => ({ entry, what: "its id stands twice" })),
  ];
}

function parsed(document: string): unknown {
  try {
    return JSON.parse(document);
  } catch {
    return undefined;
  }
}

function text(rule: rules.Rule): Judge {
  return (value) => (typeof value === "string" && printable(value) === value ? rule(value) : ["is no printable text"]);
}

function list(judge: Judge): Judge {
  return (value) => (Array.isArray(value) ? value.flatMap(judge) : ["is no list"]);
}

function object(judges: Readonly<Record<string, Judge>>, needed: readonly string[]): Judge {
  return (value) => {
    if (!isRecord(value)) return ["is no object"];
    const missing = needed.filter((name) => !(name in value)).map((name) => `has no ${name}`);
    const judged = Object.entries(value).flatMap(([name, member]) =>
      (judges[name] ?? ownMember(name))(member).map((wrong) => `${name} ${wrong}`),
    );
    return [...missing, ...judged];
  };
}

/** An extension is an object whose name begins with an underscore and a letter. */
function ownMember(name: string): Judge {
  return (value) => (/^_[a-z]/i.test(name) && isRecord(value) ? [] : ["is no member of JSON Feed"]);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
