import { webAddress } from "./address.ts";
import type { Candidate } from "./candidate.ts";
import { type Attributes, declaredCandidates, headerCandidates, inOrder, linkedCandidate, tidy } from "./page-links.ts";
import { readTags } from "./tags.ts";

/** What a page says of itself and of feeds. */
export interface WebPage {
  readonly title?: string;
  readonly siteName?: string;
  /** declared ones first, those of comments last; each address once */
  readonly candidates: readonly Candidate[];
}

/** A page beyond this has named its feeds before. */
const MAX_MARKUP = 4_000_000;
/** Overviews of large publishers list some hundred feeds. */
const MOST_CANDIDATES = 500;
const MAX_TEXT = 200;

/**
 * The feeds that a page names: links for programs (rel alternate or feed), links for people that look like feeds.
 * @param link the Link header that came with it
 */
export function readPage(html: string, pageUrl: string, link = ""): WebPage {
  const page = openPage(pageUrl, headerCandidates(link, pageUrl));
  readTags(html.slice(0, MAX_MARKUP), "html", (tag) => {
    if (tag.kind === "open") page.open(tag.name, tag.attributes);
    else if (tag.kind === "close") page.close(tag.name);
    else page.text(tag.text);
    return true;
  });
  return page.end();
}

/** Where the reading is, and what was seen so far. */
function openPage(pageUrl: string, fromHeader: readonly Candidate[]) {
  const declared = [...fromHeader];
  const linked: Candidate[] = [];
  let base: string | undefined;
  let [title, siteName] = ["", ""];
  let isInTitle = false;
  let anchor: { readonly href: string; text: string } | undefined;

  const closeAnchor = (): void => {
    const found = anchor === undefined ? undefined : linkedCandidate(anchor, base ?? pageUrl);
    if (found !== undefined && linked.length < MOST_CANDIDATES) linked.push(found);
    anchor = undefined;
  };
  const meta = (attributes: Attributes): void => {
    const says = (attributes.get("property") ?? attributes.get("name") ?? "").toLowerCase();
    if (siteName === "" && says === "og:site_name") siteName = tidy(attributes.get("content") ?? "");
  };

  return {
    open(name: string, attributes: Attributes): void {
      if (name === "base") base ??= webAddress(attributes.get("href") ?? "", pageUrl) ?? pageUrl;
      else if (name === "meta") meta(attributes);
      else if (name === "title") isInTitle = title === "";
      else if (name === "link" && declared.length < MOST_CANDIDATES)
        declared.push(...declaredCandidates(attributes, base ?? pageUrl));
      else if (name === "a") {
        closeAnchor();
        anchor = { href: attributes.get("href") ?? "", text: attributes.get("title") ?? "" };
      }
    },
    close(name: string): void {
      if (name === "title") isInTitle = false;
      if (name === "a") closeAnchor();
    },
    text(text: string): void {
      if (isInTitle && title.length < MAX_TEXT) title += text;
      else if (anchor !== undefined && anchor.text.length < MAX_TEXT) anchor.text += text;
    },
    end(): WebPage {
      closeAnchor();
      const name = tidy(title);
      return {
        ...(name !== "" && { title: name }),
        ...(siteName !== "" && { siteName }),
        candidates: inOrder([...declared, ...linked]),
      };
    },
  };
}
