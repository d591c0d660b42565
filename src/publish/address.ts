import { hash } from "node:crypto";
import { isCanonicalUri } from "../model/canonical-uri.ts";
import { printable } from "./printable.ts";

/** Longer ones are cut by readers and proxies; RFC 9110 4.1 asks for 8000 at least of a whole request line. */
const MAX_ADDRESS = 4096;

/** Left as they are by URL (WHATWG), yet no part of an address (RFC 3986 2). */
const NOT_IN_ADDRESS = /[\s<>"{}|\\^`]/gu;

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
 * The id that every document of ours carries for a stored id: that id as it was spelled, for it must not change
 * (RFC 4287 4.2.6), where every reader takes it; else one of our own, always the same.
 */
export function publicIri(id: string, publicUrl: string): string {
  if (isPublicId(id)) return id;
  const authority = new URL(publicUrl).hostname.replace(/[^a-z0-9.-]/g, "-");
  return `tag:${authority},2026:id/${hash("sha256", id, "hex").slice(0, MINTED_LENGTH)}`;
}

export function isPublicId(text: string): boolean {
  return text.length <= MAX_ADDRESS && isCanonicalUri(text);
}

export function isWebAddress(text: string | undefined): boolean {
  return (
    text !== undefined &&
    text.length <= MAX_ADDRESS &&
    /^https?:\/\/\S/i.test(text) &&
    text === encoded(text) &&
    URL.canParse(text)
  );
}

function encoded(text: string): string {
  return text.replace(NOT_IN_ADDRESS, encodeURIComponent);
}
