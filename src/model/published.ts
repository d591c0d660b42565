import type { Instant } from "./time.ts";

export const FORMATS = ["rss", "atom", "json"] as const;
export type OutputFormat = (typeof FORMATS)[number];

/** A finished document as it is served: the same items make the same bytes. */
export interface PublishedDocument {
  /** without the leading slash: "topics/energie.rss" */
  readonly path: string;
  readonly contentType: string;
  readonly text: string;
  /** strong, without quotes and without encoding suffix */
  readonly etag: string;
  readonly modifiedAt: Instant;
  readonly itemCount: number;
  /** items that were left out because they could not be made valid, with the reason */
  readonly leftOut: readonly string[];
}

export type Publishing =
  | { readonly kind: "published"; readonly document: PublishedDocument }
  /** the check refused it: the last good one stays */
  | { readonly kind: "refused"; readonly path: string; readonly why: readonly string[] };

/** A document with the bodies that are sent, made once. */
export interface ServedDocument extends Omit<PublishedDocument, "text" | "leftOut"> {
  readonly bodies: { readonly identity: Uint8Array; readonly gzip: Uint8Array; readonly br: Uint8Array };
}
