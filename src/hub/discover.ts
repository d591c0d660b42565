import type { Document } from "../model/document.ts";
import type { DocumentHints } from "../model/parsed.ts";
import type { HubLinks } from "../model/subscription.ts";
import { readLinkHeader } from "./link-header.ts";

/** It goes into requests and states; nobody's feed is longer. */
const MAX_URL = 2000;

/**
 * Hub and topic of a document: by its Link headers first, then by the links inside it (WebSub 4, facts A-37). A
 * publisher who names a hub and no rel=self means the address that we read.
 */
export function discover(document: Pick<Document, "url" | "headers">, hints: DocumentHints): HubLinks | undefined {
  const links = readLinkHeader(document.headers["link"] ?? "");
  const related = (rel: string): string | undefined => links.find(({ rels }) => rels.includes(rel))?.href;
  const hub = webUrl(related("hub"), document.url) ?? webUrl(hints.hub, document.url);
  if (hub === undefined) return undefined;
  const topic = webUrl(related("self"), document.url) ?? webUrl(hints.self, document.url) ?? document.url;
  return { hub, topic };
}

/** Absolute ones stay as they are written: hubs compare topics letter by letter. */
function webUrl(text: string | undefined, base: string): string | undefined {
  const url = text === undefined || text.length > MAX_URL ? null : URL.parse(text, base);
  if (url === null || !/^https?:$/.test(url.protocol)) return undefined;
  const trimmed = text?.trim() ?? "";
  return /^https?:\/\/[!-~]+$/i.test(trimmed) ? trimmed : url.href;
}
