import type { Document } from "../model/document.ts";

/** Where a page's first tag and title are found, comments before it included. */
const HEAD_BYTES = 8192;

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
