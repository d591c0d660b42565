/** One feed of an OPML list. */
export interface Subscription {
  /** http(s), as config/feeds.yaml takes it */
  readonly url: string;
  readonly title?: string;
  /** the folders from the top, for each time that the feed is listed; [] is the top itself */
  readonly folders: readonly (readonly string[])[];
  /** all that the outline said, tidy; xmlUrl as `url` says it */
  readonly attributes: Readonly<Record<string, string>>;
}

/** An outline that was left out, or told something that could not be kept. */
export interface OpmlTrouble {
  /** what the list calls it */
  readonly outline: string;
  readonly why: string;
}

export type OpmlReading =
  | {
      readonly kind: "read";
      readonly subscriptions: readonly Subscription[];
      /** outlines of feeds that stand in the list before */
      readonly repeated: readonly OpmlTrouble[];
      /** outlines that are no feed */
      readonly skipped: readonly OpmlTrouble[];
      /** attributes that were not kept, with how often */
      readonly dropped: ReadonlyMap<string, number>;
    }
  | { readonly kind: "unreadable"; readonly why: string };
