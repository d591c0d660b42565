import { absoluteUrl } from "./url.ts";

/** The page behind an address that only leads on to it, where the address itself names it: no request is made for this. */
export function unwrap(url: string): string {
  let current = url;
  for (let hop = 0; hop < MAX_HOPS; hop++) {
    const written = LEADS.test(current) ? targetOf(current) : undefined;
    const target = written === undefined ? undefined : absoluteUrl(written, undefined);
    if (target === undefined) return current;
    current = target;
  }
  return current;
}

/** Redirects of redirects. */
const MAX_HOPS = 3;

/** What an address must contain to be looked at: nearly none does. */
const LEADS =
  /google\.|bing\.com|yahoo\.|ampproject\.|feedsportal\.com|lm?\.facebook\.com|out\.reddit\.com|youtube\.com\/redirect|vk\.com\/away|theregister\.co|href\.li|anonym\.to|steamcommunity\.com\/linkfilter|slack-redir\.net|safelinks\.protection\.outlook\.com|duckduckgo\.com\/l\//;

function targetOf(url: string): string | undefined {
  const { hostname: host, pathname: path, searchParams, search } = new URL(url);
  const asked = (...names: readonly string[]): string | undefined =>
    names.map((name) => searchParams.get(name)).find((value) => value !== null && /^https?:\/\//i.test(value)) ??
    undefined;
  if (/^news\.google\./.test(host)) return asked("url") ?? fromGoogleNews(path);
  if (/^(?:www\.)?google\.[a-z.]+$/.test(host))
    return path.startsWith("/amp/") ? fromPath(path.slice("/amp/".length)) : asked("url", "q");
  if (host.endsWith("cdn.ampproject.org")) return fromPath(path.replace(/^\/(?:[cvir]|wp)\//, ""));
  if (/(?:^|\.)bing\.com$/.test(host)) return path.includes("apiclick") ? asked("url") : undefined;
  if (/(?:^|\.)yahoo\.com$/.test(host)) return fromYahoo(url);
  if (host.endsWith("feedsportal.com")) return fromFeedsportal(path);
  if (/^go\.theregister\.com?(?:\.uk)?$/.test(host)) return fromPath(path.replace(/^\/feed\//, "s/"));
  if (/^(?:href\.li|anonym\.to)$/.test(host)) return decoded(search.slice(1));
  return asked("u", "url", "q", "to", "uddg");
}

/** "s/www.press.example/a" is https, without the s http. */
const fromPath = (path: string): string | undefined =>
  /^(?:s\/)?[\w-]+(?:\.[\w-]+)+\//.test(path)
    ? path.startsWith("s/")
      ? `https://${path.slice(2)}`
      : `http://${path}`
    : undefined;

/** ".../*http://…" of old, "/RU=https%3a%2f%2f…/RK=" today. */
function fromYahoo(url: string): string | undefined {
  const [, old] = /\/\*+(https?:\/\/.+)$/.exec(url) ?? [];
  const [, encoded] = /\/RU=(https?%3a%2f%2f[^/]{1,2000})\//i.exec(url) ?? [];
  return old ?? (encoded === undefined ? undefined : decoded(encoded));
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** Until 2024 the id was a message with the address in it: bytes 08 13 22, its length, itself. Since then it is a secret. */
function fromGoogleNews(path: string): string | undefined {
  const [, id] = /\/(?:articles|read)\/(CBMi[\w-]{10,3000})/.exec(path) ?? [];
  if (id === undefined) return undefined;
  const bytes = Buffer.from(id, "base64url");
  const low = bytes[3] ?? 0;
  const isLong = low >= 0x80;
  const length = isLong ? (low & 0x7f) + ((bytes[4] ?? 0) << 7) : low;
  const start = isLong ? 5 : 4;
  const text = bytes.subarray(start, start + length).toString("latin1");
  return text.length === length && /^https?:\/\/[!-~]+$/.test(text) ? text : undefined;
}

/** feedsportal.com is gone, and with it the way from "…/l/0Lpress0Bexample0Cpolitik0Crat/story01.htm" to the page. */
function fromFeedsportal(path: string): string | undefined {
  const [, escaped] = /\/l\/(0[LMS][\w]{4,3000})\/story\d{2}\.htm$/.exec(path) ?? [];
  const url = escaped?.replace(/0([A-Z])/g, (whole, letter: string) => FEEDSPORTAL[letter] ?? whole);
  return url === undefined || /^https?:/.test(url) ? url : `http://${url}`;
}

const FEEDSPORTAL: Readonly<Record<string, string>> = {
  A: "0",
  B: ".",
  C: "/",
  D: "?",
  E: "-",
  F: "=",
  G: "&",
  H: ",",
  I: "_",
  J: "%",
  K: "+",
  L: "http://",
  M: "https://",
  N: ".com",
  O: ".co.uk",
  P: ";",
  Q: "|",
  R: ":",
  S: "www.",
  T: "#",
  U: "$",
  V: "~",
  W: "!",
  X: "(",
  Y: ")",
  Z: "Z",
};
