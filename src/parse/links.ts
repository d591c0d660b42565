import { resolve } from "./element.ts";
import { attribute, type Node, text } from "./wire.ts";

export interface Link {
  readonly href: string;
  /** lower case; "alternate" where the publisher says nothing (RFC 4287 4.2.7.2) */
  readonly rel: string;
  readonly type?: string;
  readonly length?: number;
}

export function readLinks(found: readonly Node[]): readonly Link[] {
  return found.flatMap((node) => {
    const href = attribute(node, "href") ?? text(node);
    if (href === undefined) return [];
    const type = attribute(node, "type")?.toLowerCase();
    const length = wholeNumber(attribute(node, "length"));
    return [
      {
        href: resolve(href, attribute(node, "base")) ?? href,
        rel: attribute(node, "rel")?.toLowerCase() ?? "alternate",
        ...(type === undefined ? {} : { type }),
        ...(length === undefined ? {} : { length }),
      },
    ];
  });
}

/** The page that people read: an alternate that is HTML, or of unsaid type, before other alternates. */
export function pageOf(links: readonly Link[]): string | undefined {
  const pages = links.filter(({ rel }) => rel === "alternate");
  return (pages.find(({ type }) => type === undefined || type.includes("html")) ?? pages[0])?.href;
}

/** The first of these addresses, meant against that of the document, that is one of the web. */
export function firstOfWeb(hrefs: readonly string[], documentUrl: string): string | undefined {
  return hrefs.map((href) => resolve(href, documentUrl)).find((url) => url !== undefined && /^https?:/.test(url));
}

export function wholeNumber(written: string | undefined): number | undefined {
  return written !== undefined && /^\d{1,15}$/.test(written) ? Number(written) : undefined;
}
