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
  /** in the order of the document */
  readonly entries: readonly EntryMark[];
  /** items that were left out because they could not be made valid, with the reason */
  readonly leftOut: readonly string[];
}

/** What an entry tells, in short: another mark, and its readers have something to read. The same in all formats. */
export interface EntryMark {
  readonly id: string;
  readonly mark: string;
  /** when something of it came in last: one that is old is no news, wherever it turns up; 0 never is */
  readonly at?: Instant;
}

export type Publishing =
  | { readonly kind: "published"; readonly document: PublishedDocument }
  /** the check refused it: the last good one stays */
  | { readonly kind: "refused"; readonly path: string; readonly why: readonly string[] };

/** A document with the bodies that are sent, made once. */
export interface ServedDocument extends Omit<PublishedDocument, "text" | "leftOut"> {
  readonly bodies: {
    readonly identity: Uint8Array;
    readonly gzip: Uint8Array;
    readonly br: Uint8Array;
    /** documents of earlier versions have none */
    readonly zstd?: Uint8Array;
  };
}

/** An archive: kept as its smallest body, for it is seldom asked for and never changes. */
export interface PackedDocument extends Omit<PublishedDocument, "text" | "leftOut"> {
  readonly packed: Uint8Array;
}

/** Entries that a document's readers do not know yet, and those that tell something else than before, by their ids. */
export interface Fresh {
  readonly new?: readonly string[];
  readonly changed?: readonly string[];
}
