/** One spelling of a page within its feed: neither the scheme nor "www." nor a last slash makes it another one. */
export const pageSpelling = (url: string): string => guidSpelling(url).replace(/\/$/, "");

/** A guid that is an address survives the move to https; any other guid is a name and stays as it is. */
export const guidSpelling = (guid: string): string => guid.replace(/^https?:\/\/(?:www\.)?/, "https://");

/** What of an address stays when headline, desk or date in it change. */
export interface LastingPart {
  /** "number": the publisher's own number of the page; "slug": the words at its end, which a column may use again */
  readonly kind: "number" | "slug";
  readonly text: string;
}

/** A page that is a place within another one (a post of a ticker) shares all but its fragment with its neighbours. */
export function lastingPart(url: string): LastingPart | undefined {
  const [, path = "", query = "", fragment] = ADDRESS.exec(url) ?? [];
  if (fragment !== undefined) return undefined;
  const number = numberIn(path) ?? numberOf(query);
  if (number !== undefined) return { kind: "number", text: number };
  const slug = /[^/]*$/.exec(path.replace(/\/$/, ""))?.[0] ?? "";
  return slug.length >= MIN_SLUG && /[-_][^-_]+[-_]/.test(slug) ? { kind: "slug", text: slug } : undefined;
}

const ADDRESS = /^https?:\/\/[^/?#]*([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/is;
/** Shorter ones are pages, issues, years. */
const NUMBERS = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|\d{5,20}/gi;
/** 20261123, 202611, 261123 are dates, which many pages share. */
const DATE = /^(?:(?:19|20)?\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])|(?:19|20)\d\d(?:0[1-9]|1[0-2]))$/;
/** "?p=1", "?id=77", "?article_id=…": parameters that number the page. */
const NUMBERED =
  /(?:^|&)(?:p|id|aid|nid|pid|docid|(?:article|artikel|news|story|item|entry|post)_?(?:id)?)=(\w{1,40})/i;
/** Two short words are a column's name. */
const MIN_SLUG = 16;

/** The longest of them; the last of equal ones. */
function numberIn(path: string): string | undefined {
  let best: string | undefined;
  for (const [number] of path.matchAll(NUMBERS))
    if (!DATE.test(number) && number.length >= (best?.length ?? 0)) best = number.toLowerCase();
  return best;
}

const numberOf = (query: string): string | undefined => NUMBERED.exec(query)?.[1]?.toLowerCase();
