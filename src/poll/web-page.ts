import type { Document } from "../model/document.ts";

/** Where a page's first tag and title are found, comments before it included. */
const HEAD_BYTES = 8192;

/** Links to feeds stand in a page's head, behind all its styles. */
const LINKS_BYTES = 256 * 1024;
const MAX_LINK = 2000;
const FEED_LINK = /\stype\s?=\s?["']?application\/(?:rss|atom|rdf|feed)\+(?:xml|json)/i;
const HREF = /\shref\s?=\s?(?:"([^"]+)"|'([^']+)'|([^\s"'>]+))/i;

/** What may stand before the first element: XML declaration, processing instructions, comments. */
const PROLOGUE: readonly (readonly [string, string])[] = [
  ["<!--", "-->"],
  ["<?", "?>"],
];

const FIRST_TAG_OF_PAGE = /^<(?:!doctype\s{1,20}html|html|head|body|title|meta|script|link|style)[\s>/]/i;

/** Titles of pages that want a browser to prove itself: Cloudflare, DDoS-Guard, Sucuri, Imperva, Anubis. */
const CHALLENGE_TITLE =
  /^\s{0,100}(?:just a moment|attention required! \| cloudflare|checking your browser|ddos-guard|sucuri website firewall|pardon our interruption|verifying (?:you are|that you are) human|making sure you(?:'|&#39;|’)re not a bot)/i;

/** Is the body a web page, whatever its content type says? Publishers send feeds as text/html and pages as XML. */
export function isWebPage(bytes: Uint8Array): boolean {
  return FIRST_TAG_OF_PAGE.test(withoutPrologue(headOf(bytes)));
}

/** The feed that a page names as its own (autodiscovery): for the operator to read, never followed (facts A-25). */
export function feedNamedBy({ url, bytes }: Document): string | undefined {
  const page = Buffer.from(bytes.subarray(0, LINKS_BYTES)).toString("utf8");
  const lower = page.toLowerCase();
  for (let at = lower.indexOf("<link"); at >= 0; at = lower.indexOf("<link", at + 1)) {
    const end = page.indexOf(">", at);
    if (end < 0) return undefined;
    const link = page.slice(at, Math.min(end, at + MAX_LINK));
    const [, ...hrefs] = HREF.exec(link) ?? [];
    const href = hrefs.find((quoted) => quoted !== undefined)?.replaceAll("&amp;", "&");
    if (href !== undefined && FEED_LINK.test(link)) return URL.parse(href, url)?.href;
  }
  return undefined;
}

/** Do bot checks stand before the feed? They answer with any status, and never with a feed. */
export function isChallenge({ headers, bytes }: Document): boolean {
  if (headers["cf-mitigated"] === "challenge" || headers["x-amzn-waf-action"] !== undefined) return true;
  return isWebPage(bytes) && CHALLENGE_TITLE.test(titleOf(headOf(bytes)));
}

/** Markup is ASCII in every encoding of the web but UTF-16, where dropping the zero bytes makes it so. */
function headOf(bytes: Uint8Array): string {
  const head = Buffer.from(bytes.subarray(0, HEAD_BYTES)).toString("latin1");
  return head.replaceAll("\0", "").replace(/^(?:\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff)/, "");
}

function withoutPrologue(head: string): string {
  const text = head.trimStart();
  for (const [start, end] of PROLOGUE) {
    if (!text.startsWith(start)) continue;
    const endAt = text.indexOf(end);
    return endAt < 0 ? "" : withoutPrologue(text.slice(endAt + end.length));
  }
  return text;
}

function titleOf(head: string): string {
  const start = head.search(/<title[\s>]/i);
  return start < 0 ? "" : head.slice(head.indexOf(">", start) + 1);
}
