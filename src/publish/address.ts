import { hash } from "node:crypto";
import { printable } from "./printable.ts";

/** Longer ones are cut by readers and proxies; RFC 9110 4.1 asks for 8000 at least of a whole request line. */
const MAX_ADDRESS = 4096;

/** Left as they are by URL (WHATWG), yet no part of an address (RFC 3986 2). */
const NOT_IN_ADDRESS = /[\s<>"{}|\\^`]/gu;

const HARMFUL_SCHEMES = /^(?:javascript|vbscript|data):/i;

/** What some schemes ask of their names; publishers write "tag:" and "urn:uuid:" before anything. */
const SHAPES: readonly (readonly [scheme: RegExp, shape: RegExp])[] = [
  // RFC 4151 2.1, the authority in lower case
  [/^tag:/i, /^tag:(?:[a-z0-9._-]+@)?[a-z0-9.-]+,\d{4}(?:-\d{2}){0,2}:[\w;/?:@&=+$.!~*'()%,#-]*$/],
  // RFC 9562 4
  [/^urn:uuid:/i, /^urn:uuid:[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i],
  // RFC 8141 2
  [/^urn:/i, /^urn:[a-z0-9][a-z0-9-]{0,30}[a-z0-9]:\S+$/i],
];

/** 80 bits. */
const MINTED_LENGTH = 20;

/** An absolute http(s) address without the name and password that may stand in it; undefined where it is none. */
export function webAddress(text: string | undefined): string | undefined {
  const url = text === undefined || text.length > MAX_ADDRESS ? null : URL.parse(printable(text));
  if (url?.protocol !== "https:" && url?.protocol !== "http:") return undefined;
  const { origin, pathname, search, hash } = url;
  const address = origin + encoded(pathname + search + hash).replace(/[[\]]/g, encodeURIComponent);
  // a host may hold quotes for URL, for nobody else: what we could not stand by is no address
  return isWebAddress(address) ? address : undefined;
}

/**
 * The id that every document of ours carries for a publisher's id: that id as it was spelled, for it must not change
 * (RFC 4287 4.2.6), only what no IRI may hold is encoded. Where it is no IRI one of our own, always the same.
 */
export function publicIri(id: string, publicUrl: string): string {
  const iri = encoded(printable(id));
  if (isIri(iri)) return iri;
  const authority = new URL(publicUrl).hostname.replace(/[^a-z0-9.-]/g, "-");
  return `tag:${authority},2026:id/${hash("sha256", id, "hex").slice(0, MINTED_LENGTH)}`;
}

/** RFC 3987: a scheme, what that asks for, and nothing that has to be encoded. */
export function isIri(text: string): boolean {
  return (
    text.length <= MAX_ADDRESS &&
    /^[a-z][a-z0-9+.-]*:\S+$/i.test(text) &&
    !HARMFUL_SCHEMES.test(text) &&
    text === encoded(text) &&
    SHAPES.find(([scheme]) => scheme.test(text))?.[1].test(text) !== false
  );
}

export function isWebAddress(text: string | undefined): boolean {
  return text !== undefined && isIri(text) && /^https?:\/\//i.test(text) && URL.canParse(text);
}

function encoded(text: string): string {
  return text.replace(NOT_IN_ADDRESS, encodeURIComponent);
}
