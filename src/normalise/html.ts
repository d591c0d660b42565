import { escapeText } from "entities";
import sanitizeHtml from "sanitize-html";
import { withoutForbidden } from "../model/characters.ts";
import type { Markup } from "../model/parsed.ts";
import { plainText } from "./plain-text.ts";
import { absoluteUrl } from "./url.ts";

/** What of a publisher's markup may stand on a page of ours: no scripts, no styles, no pixels, absolute URLs. */
export function safeHtml(markup: Markup, base: string): string {
  if (markup.type === "text") return escapeText(markup.text.slice(0, MAX_LENGTH));
  const html = markup.text.slice(0, MAX_LENGTH);
  if (isTooDeep(html)) return escapeText(plainText(markup));
  const resolve: sanitizeHtml.Transformer = (tagName, attribs) => ({
    tagName,
    attribs: absoluteAttributes(attribs, markup.base ?? base),
  });
  return withoutForbidden(sanitizeHtml(html, { ...RULES, transformTags: { "*": resolve } })).trim();
}

/** Characters. The longest honest article is shorter; what comes after is cut. */
const MAX_LENGTH = 500_000;
/** Elements within elements that are kept. */
const MAX_NESTING = 100;
/** Elements open at once: the sanitiser looks through all of them at every end tag, so their number bounds its time. */
const MAX_OPEN = 1000;

const TAGS: string[] = [
  "a abbr b blockquote br caption center cite code col colgroup dd del details dfn div dl dt em figcaption figure",
  "h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp small span strike strong sub summary sup",
  "table tbody td tfoot th thead time tr tt u ul var audio source video",
].flatMap((names) => names.split(" "));

const RULES: sanitizeHtml.IOptions = {
  allowedTags: TAGS,
  allowedAttributes: {
    a: ["href", "title"],
    img: ["src", "alt", "title", "width", "height"],
    audio: ["src", "controls"],
    video: ["src", "controls", "poster", "width", "height"],
    source: ["src", "type"],
    ol: ["start", "type"],
    td: ["colspan", "rowspan"],
    th: ["colspan", "rowspan"],
    time: ["datetime"],
    blockquote: ["cite"],
    abbr: ["title"],
    "*": ["lang", "dir"],
  },
  allowedSchemes: ["http", "https", "mailto"],
  allowedSchemesByTag: {
    img: ["http", "https"],
    audio: ["http", "https"],
    video: ["http", "https"],
    source: ["http", "https"],
  },
  allowedSchemesAppliedToAttributes: ["href", "src", "cite", "poster"],
  allowProtocolRelative: false,
  enforceHtmlBoundary: false,
  nestingLimit: MAX_NESTING,
  parseStyleAttributes: false,
  nonTextTags: ["script", "style", "textarea", "option", "noscript", "template", "iframe", "object", "math"],
  exclusiveFilter: (frame) => frame.tag === "img" && isPixel(frame.attribs),
};

const URL_ATTRIBUTES = ["href", "src", "cite", "poster"];

function absoluteAttributes(attributes: sanitizeHtml.Attributes, base: string): sanitizeHtml.Attributes {
  const absolute = { ...attributes };
  for (const name of URL_ATTRIBUTES) {
    const url = absolute[name];
    if (url === undefined || /^\s*mailto:/i.test(url)) continue;
    const resolved = absoluteUrl(url, base);
    if (resolved === undefined) delete absolute[name];
    else absolute[name] = resolved;
  }
  return absolute;
}

/** Counters of readers: pictures of a pixel, and the hosts that count for publishers. */
const isPixel = (attributes: sanitizeHtml.Attributes): boolean =>
  attributes["src"] === undefined ||
  /^\s*[01](?:px)?\s*$/.test(attributes["width"] ?? "") ||
  /^\s*[01](?:px)?\s*$/.test(attributes["height"] ?? "") ||
  COUNTERS.test(attributes["src"]);

const COUNTERS = new RegExp(
  [
    "^https?://(?:[^/]*\\.)?(?:vgwort\\.de|ioam\\.de|ivwbox\\.de|doubleclick\\.net|google-analytics\\.com|quantserve\\.com",
    "feedsportal\\.com|pixel\\.wp\\.com|stats\\.wordpress\\.com|feeds\\.feedburner\\.com/~)",
  ].join("|"),
  "i",
);

/** Honest markup leaves some elements open, a page of the nineties hundreds; an attack, all of them. */
function isTooDeep(html: string): boolean {
  const open = new Map<string, number>();
  let depth = 0;
  for (const [, slash, tag = ""] of html.matchAll(/<(\/?)([a-z][a-z\d]*)/gi)) {
    const name = tag.toLowerCase();
    const count = open.get(name) ?? 0;
    if (VOID_ELEMENTS.has(name) || (slash === "/" && count === 0)) continue;
    const step = slash === "/" ? -1 : 1;
    open.set(name, count + step);
    depth += step;
    if (depth > MAX_OPEN) return true;
  }
  return false;
}

const VOID_ELEMENTS: ReadonlySet<string> = new Set("area base br col hr img input link meta source wbr".split(" "));
