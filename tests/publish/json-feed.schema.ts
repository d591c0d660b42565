/**
 * JSON Feed 1.1 as a JSON Schema (draft 2020-12), written from https://www.jsonfeed.org/version/1.1/. It knows nothing
 * of ours: what Ressort promises beyond the format is not in it, and extensions need only be well-formed ones.
 */

const text = { type: "string" };
const said = { type: "string", pattern: "\\S" };
const address = { type: "string", pattern: "^https?://[^\\s/]\\S*$" };
const date = {
  type: "string",
  pattern: "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?(Z|[+-]\\d{2}:\\d{2})$",
};
/** RFC 5646, its shape */
const language = { type: "string", pattern: "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$" };
const mediaType = { type: "string", pattern: "^[\\w.+!#$&^-]+/[\\w.+!#$&^-]+$" };
const amount = { type: "number", minimum: 0 };

/** "Custom objects": a name of an underscore and a letter, no dots, and an object. */
const extensions = { "^_[A-Za-z][^.]*$": { type: "object" } };

function closed(properties: object, rest: object = {}) {
  return { type: "object", properties, patternProperties: extensions, additionalProperties: false, ...rest };
}

const author = closed(
  { name: said, url: text, avatar: address },
  { anyOf: [{ required: ["name"] }, { required: ["url"] }, { required: ["avatar"] }] },
);

const attachment = closed(
  { url: address, mime_type: mediaType, title: text, size_in_bytes: amount, duration_in_seconds: amount },
  { required: ["url", "mime_type"] },
);

const item = closed(
  {
    id: said,
    url: address,
    external_url: address,
    title: text,
    content_html: text,
    content_text: text,
    summary: text,
    image: address,
    banner_image: address,
    date_published: date,
    date_modified: date,
    authors: { type: "array", items: author },
    tags: { type: "array", items: text },
    language,
    attachments: { type: "array", items: attachment },
  },
  { required: ["id"], anyOf: [{ required: ["content_html"] }, { required: ["content_text"] }] },
);

export const JSON_FEED = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  ...closed(
    {
      version: { const: "https://jsonfeed.org/version/1.1" },
      title: said,
      home_page_url: address,
      feed_url: address,
      description: text,
      user_comment: text,
      next_url: address,
      icon: address,
      favicon: address,
      authors: { type: "array", items: author },
      language,
      expired: { type: "boolean" },
      hubs: { type: "array", items: closed({ type: said, url: address }, { required: ["type", "url"] }) },
      items: { type: "array", items: item },
    },
    { required: ["version", "title", "items"] },
  ),
};
