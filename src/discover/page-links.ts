import { webAddress } from "./address.ts";
import type { Candidate } from "./candidate.ts";
import { isFeedAddress, isFeedLabel, isFeedType, isNoFeed, isOfComments } from "./looks-like-feed.ts";

export type Attributes = ReadonlyMap<string, string>;

const MAX_TITLE = 200;

/** The Link header (RFC 8288), as far as feeds are declared in it. */
export function headerCandidates(header: string, pageUrl: string): readonly Candidate[] {
  return header
    .slice(0, MAX_HEADER)
    .split(/,\s{0,10}(?=<)/)
    .flatMap((part) => {
      const end = part.indexOf(">");
      const parameters = part.slice(end + 1).split(";");
      const attributes = parameters.map((one): [string, string] => {
        const [name = "", value = ""] = one.split("=", 2);
        return [name.trim().toLowerCase(), value.trim().replace(/^"|"$/g, "")];
      });
      return declaredCandidates(new Map([...attributes, ["href", part.slice(part.indexOf("<") + 1, end)]]), pageUrl);
    });
}

const MAX_HEADER = 10_000;

/** What a <link> declares: none or one. */
export function declaredCandidates(attributes: Attributes, base: string): readonly Candidate[] {
  const rel = (attributes.get("rel") ?? "").toLowerCase().split(/\s+/);
  const url = webAddress(attributes.get("href") ?? "", base);
  const isDeclared = rel.includes("alternate") && !rel.includes("stylesheet");
  if (url === undefined || !(rel.includes("feed") || (isDeclared && isFeedType(attributes.get("type"), url))))
    return [];
  const title = tidy(attributes.get("title") ?? "");
  return [{ url, because: "declared", ...(title !== "" && { title }) }];
}

/** What a link for people leads to, where it looks like a feed or is called one. */
export function linkedCandidate(
  { href, text }: { readonly href: string; readonly text: string },
  base: string,
): Candidate | undefined {
  const url = href === "" ? undefined : webAddress(href, base);
  if (url === undefined || isNoFeed(url)) return undefined;
  const title = tidy(text);
  const isCalledOne = isFeedLabel(title) && title.length < LABEL_LENGTH && sameSite(url, base);
  if (!isCalledOne && !isFeedAddress(url) && !/^(?:feed|itpc|pcast):/i.test(href)) return undefined;
  return { url, because: "linked", ...(title !== "" && { title }) };
}

/** Longer texts of links are headlines about feeds. */
const LABEL_LENGTH = 40;

const sameSite = (url: string, base: string): boolean => URL.parse(url)?.host === URL.parse(base)?.host;

/** Each address once, feeds of comments last. */
export function inOrder(candidates: readonly Candidate[]): readonly Candidate[] {
  const byUrl = new Map<string, Candidate>();
  for (const candidate of candidates) if (!byUrl.has(candidate.url)) byUrl.set(candidate.url, candidate);
  const last = ({ url, title = "" }: Candidate): number => (isOfComments(url) || isOfComments(title) ? 1 : 0);
  return [...byUrl.values()].toSorted((a, b) => last(a) - last(b));
}

/** One line, without control characters. */
export const tidy = (text: string): string =>
  text
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim()
    .slice(0, MAX_TITLE);
