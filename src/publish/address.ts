import { printable } from "./printable.ts";

/** Longer ones are cut by readers and proxies; RFC 9110 4.1 asks for 8000 at least of a whole request line. */
const MAX_ADDRESS = 4096;

/** Left as they are by URL (WHATWG), yet no part of an address (RFC 3986 2). */
const NOT_IN_ADDRESS = /[\s<>"{}|\\^`]/gu;

const HARMFUL_SCHEMES = /^(?:javascript|vbscript|data):/i;

/** An absolute http(s) address without the name and password that may stand in it; undefined where it is none. */
export function webAddress(text: string | undefined): string | undefined {
  const url = text === undefined || text.length > MAX_ADDRESS ? null : URL.parse(printable(text));
  if (url?.protocol !== "https:" && url?.protocol !== "http:") return undefined;
  const { origin, pathname, search, hash } = url;
  const address = origin + encoded(pathname + search + hash).replace(/[[\]]/g, encodeURIComponent);
  // a host may hold quotes for URL, for nobody else: what we could not stand by is no address
  return isWebAddress(address) ? address : undefined;
}

/** An id as the publisher spelled it: never normalised, only what no IRI may hold is encoded. undefined where it is no absolute IRI. */
export function stableIri(text: string): string | undefined {
  const iri = encoded(printable(text));
  return isIri(iri) ? iri : undefined;
}

/** RFC 3987: a scheme, and nothing that has to be encoded. */
export function isIri(text: string): boolean {
  return (
    text.length <= MAX_ADDRESS &&
    /^[a-z][a-z0-9+.-]*:\S+$/i.test(text) &&
    !HARMFUL_SCHEMES.test(text) &&
    text === encoded(text)
  );
}

export function isWebAddress(text: string | undefined): boolean {
  return text !== undefined && isIri(text) && /^https?:\/\//i.test(text) && URL.canParse(text);
}

function encoded(text: string): string {
  return text.replace(NOT_IN_ADDRESS, encodeURIComponent);
}
