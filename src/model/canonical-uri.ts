/** RFC 3986 2: the characters of a URI, one fragment at the most. */
const URI = /^[\w.~!$&'()*+,;=:@%/?-]+(?:#[\w.~!$&'()*+,;=:@%/?-]*)?$/;

/** What the schemes ask whose names last; publishers write "tag:" and "urn:uuid:" before anything. */
const SHAPES: ReadonlyMap<string, (uri: string) => boolean> = new Map([
  ["http", isCanonicalUrl],
  ["https", isCanonicalUrl],
  ["tag", isTag],
  ["urn", isUrn],
]);

/** RFC 3986 2.2: between these a text is encoded on its own. */
const RESERVED = /[:/?#@!$&'()*+,;=]|%(?:2[1346789A-CF]|3[ABDF]|40|5[BD])/;

/**
 * An absolute URI in ASCII, spelled as everybody spells it who normalises (RFC 3986 6.2.2 and 6.2.3): what RFC 4287 4.2.6
 * asks of an id, so that readers that compare character by character and readers that normalise first find the same.
 * Only http(s), tag and urn: other names do not last.
 */
export function isCanonicalUri(text: string): boolean {
  if (!URI.test(text)) return false;
  const [scheme = ""] = text.split(":", 1);
  return SHAPES.get(scheme)?.(text) === true && isEncodedOnce(text);
}

/** Lower-case host, no default port, a path without dot segments, nobody's password. */
function isCanonicalUrl(uri: string): boolean {
  const url = URL.parse(uri);
  const [address] = uri.split(/[?#]/, 1);
  return url !== null && !/[.\]]$/.test(url.hostname) && address === url.origin + url.pathname;
}

/** RFC 4151 2.1, the authority in lower case. */
function isTag(uri: string): boolean {
  return /^tag:(?:[a-z0-9._-]+@)?[a-z0-9.-]+,\d{4}(?:-\d{2}){0,2}:/.test(uri);
}

/** RFC 2141 2, for not all know the queries and fragments of RFC 8141; RFC 9562 4. */
function isUrn(uri: string): boolean {
  if (/^urn:uuid:/i.test(uri)) return /^urn:uuid:[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(uri);
  return /^urn:[a-z0-9][a-z0-9-]{1,31}:[\w().+,:=@;$!*'%-]+$/i.test(uri);
}

/** UTF-8 in upper-case hexadecimal, composed (NFC), where and only where it has to be encoded. */
function isEncodedOnce(uri: string): boolean {
  // some decode as long as there is something to decode
  if (/%25[\da-f]{2}/i.test(uri)) return false;
  try {
    return uri.split(RESERVED).every((part) => part === encodeURIComponent(decodeURIComponent(part).normalize()));
  } catch {
    return false;
  }
}
