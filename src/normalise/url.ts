/** The web page or file that a publisher's URL means; undefined for what is neither http nor https, or no URL at all. */
export function absoluteUrl(url: string, base: string | undefined): string | undefined {
  if (url.length > MAX_LENGTH) return undefined;
  if (isCanonical(url)) return url;
  // a URL of a page has no white space, but XML editors wrap lines
  const absolute = URL.parse(url.replace(/\s+/g, " ").trim(), base);
  return absolute !== null && /^https?:$/.test(absolute.protocol) && absolute.hostname !== ""
    ? absolute.href
    : undefined;
}

/** Longer ones are refused by servers, and never name a page. */
const MAX_LENGTH = 4096;

/** Most are written as the URL Standard would write them: reading those again gives the same, at ten times the cost. */
const isCanonical = (url: string): boolean => CANONICAL.test(url) && !NOT_CANONICAL.test(url);

const CANONICAL = /^https?:\/\/(?:[a-z\d-]+\.)+[a-z]{2,}\/[\w\-.~/%?=&+,;:@!$()*#]*$/;
/** Dot segments, and international names, which may turn out to be none. */
const NOT_CANONICAL = /\/\.|%2e|xn--/i;
