/** The web page or file that a publisher's URL means; undefined for what is neither http nor https, or no URL at all. */
export function absoluteUrl(url: string, base: string | undefined): string | undefined {
  // a URL of a page has no white space, but XML editors wrap lines
  const absolute = url.length > MAX_LENGTH ? null : URL.parse(url.replace(/\s+/g, " ").trim(), base);
  return absolute !== null && /^https?:$/.test(absolute.protocol) && absolute.hostname !== ""
    ? absolute.href
    : undefined;
}

/** Longer ones are refused by servers, and never name a page. */
const MAX_LENGTH = 4096;
