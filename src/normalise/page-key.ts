import { getDomain } from "tldts";

/**
 * One spelling for one page, whichever of its addresses a feed gives: for knowing items again, never to be clicked. What
 * selects the article stays: its path as written, and its parameters.
 * @param permalink as permalink() writes it
 */
export function pageKey(permalink: string): string {
  const [, host = "", path = "", query = "", fragment = ""] =
    /^https?:\/\/([^/?#]+)([^?#]*)(?:\?([^#]*))?(#.*)?$/s.exec(permalink) ?? [];
  return `https://${canonicalHost(host)}${canonicalPath(path)}${canonicalQuery(query)}${fragment}`;
}

/** Editions of one site for other screens. Labels of the registrable domain itself stay: "m.de", "amp.dev". */
function canonicalHost(host: string): string {
  if (!/^(?:www\d?|m|mobile|mobil|amp)\.|\.m\./.test(host)) return host;
  const domain = getDomain(host);
  if (domain === null || domain === host) return host;
  const labels = host.slice(0, -domain.length - 1).split(".");
  return [...labels.filter((label) => !/^(?:www\d?|m|mobile|mobil|amp)$/.test(label)), domain].join(".");
}

function canonicalPath(path: string): string {
  const written = path.includes("%") ? path.replace(/%[\da-f]{2}/gi, unreserved) : path;
  const page = written
    .replace(/\/\(S\(\w{10,40}\)\)/, "")
    .replace(/\/{2,}/g, "/")
    .replace(/\/$/, "");
  const at = page.lastIndexOf("/");
  const whole = withoutEdition(page.slice(0, Math.max(0, at)), page.slice(at + 1));
  return whole === "" ? "/" : whole;
}

/**
 * Without what says that this is the article for other screens, for the printer, or all of its pages at once. It says so
 * after the name of an article only: words with hyphens, or a number.
 */
function withoutEdition(folder: string, name: string): string {
  const parent = folder.slice(folder.lastIndexOf("/") + 1);
  if (DEFAULT_DOCUMENT.test(name)) return folder;
  if (name.length < MAX_EDITION && EDITIONS.has(name.toLowerCase()) && /[-_\d]/.test(parent)) return folder;
  const [, end = "", extension = ""] = EDITION_IN_NAME.exec(name.slice(-MAX_EDITION)) ?? [];
  const own = name.slice(0, name.length - end.length);
  return `${folder}/${end !== "" && /[-_\d]/.test(own) ? own + extension : name}`;
}

const DEFAULT_DOCUMENT = /^(?:index|default)\.(?:html?|php\d?|aspx?|jsp|shtml)$/i;
const EDITIONS: ReadonlySet<string> = new Set(
  "amp print druck drucken druckversion printversion komplettansicht mobile".split(" "),
);
/** Characters. */
const MAX_EDITION = 20;
/** "rat-tagt.amp", "rat-tagt.amp.html", "rat-tagt-123456-amp.html" */
const EDITION_IN_NAME = /((?:\.amp|(?<=\d|[\da-f]{6})-(?:amp|druck|print|mobil))(\.html?)?)$/i;

/** Letters, digits, "-._~" mean the same written plainly (RFC 3986 2.3); of all others, the case of the digits says nothing. */
function unreserved(triplet: string): string {
  const character = String.fromCharCode(Number.parseInt(triplet.slice(1), 16));
  return /[\w.~-]/.test(character) ? character : triplet.toUpperCase();
}

function canonicalQuery(query: string): string {
  if (query === "") return "";
  const told = query.split("&").filter((parameter) => !/^[^=]*=?$/.test(parameter) || /^[^=]+$/.test(parameter));
  const kept = [...new Set(told.filter((parameter) => !isEdition(parameter) && !isToken(parameter)))].sort();
  return kept.length === 0 ? "" : `?${kept.join("&")}`;
}

/** Parameters for other screens and the printer. */
const EDITION =
  /^(?:amp(?:=(?:1|true|yes|y)?)?|_amp=.*|outputtype=amp|output=amp|view=(?:amp|print|druck|mobile)|layout=(?:amp|print|mobile)|print(?:=\w{0,5})?|printable=\w{0,5}|printview=\w{0,5}|drucken=\w{0,5}|m=1|mobile=\w{0,5}|seite=(?:all|komplettansicht)|page=all|singlepage=\w{0,5})$/i;
const isEdition = (parameter: string): boolean => EDITION.test(parameter);

/** Some links hold a token that is another in each answer. Names that may select an article count by how their value looks. */
function isToken(parameter: string): boolean {
  const [, name = "", value = ""] = /^([^=]*)=(.*)$/s.exec(parameter) ?? [];
  return TOKEN_NAMES.has(name.toLowerCase()) && value.length >= MIN_TOKEN && /\d/.test(value) && /[a-z]/i.test(value);
}

const TOKEN_NAMES: ReadonlySet<string> = new Set(
  "token auth authtoken auth_token access_token accesstoken sid sess session sessionid session_id sig signature st hash nonce ticket giftcopy unlocked_article_code".split(
    " ",
  ),
);
/** Characters. Ids of articles are shorter. */
const MIN_TOKEN = 16;
