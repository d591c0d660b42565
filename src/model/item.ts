import type { FeedId, ItemId, PublisherId } from "./ids.ts";
import type { Revision } from "./revision.ts";
import type { Instant } from "./time.ts";

export interface Author {
  readonly name?: string;
  readonly email?: string;
  readonly url?: string;
}

/** The publisher's own label. `scheme` says whose vocabulary, `label` how people read it. */
export interface Category {
  readonly term: string;
  readonly scheme?: string;
  readonly label?: string;
}

export interface Enclosure {
  readonly url: string;
  readonly type?: string;
  /** bytes */
  readonly length?: number;
}

export interface Image {
  readonly url: string;
  readonly width?: number;
  readonly height?: number;
}

/** One thing published, cleaned but not yet known by an id: what `ressort parse` prints. */
export interface Draft {
  readonly guid?: string;
  /** the item's page, absolute, one spelling per page */
  readonly permalink?: string;
  /**
   * the same page under any of its addresses (AMP, mobile, print, http, with tokens), where that is not the permalink:
   * for knowing it again, never to be clicked
   */
  readonly pageKey?: string;
  /** plain text, without section word, kicker left in place, without paywall marks */
  readonly title?: string;
  /** the section word that stood before the title ("Finanzen Goldpreis-…"), as written */
  readonly sectionWord?: string;
  /** "Goldpreis-Rekordhoch" of "Goldpreis-Rekordhoch: Gelbes Edelmetall …" */
  readonly kicker?: string;
  /** what marks in the title said: "paywall" ("Z+", "(S+)"), "live", "breaking", "exclusive", "video", "opinion" … */
  readonly marks?: readonly string[];
  /** safe HTML, absolute URLs */
  readonly summary?: string;
  /** safe HTML, absolute URLs */
  readonly content?: string;
  /** plain text, tidy, at most 500 characters */
  readonly teaser?: string;
  readonly authors?: readonly Author[];
  readonly categories?: readonly Category[];
  readonly enclosures?: readonly Enclosure[];
  readonly image?: Image;
  readonly publishedAt?: Instant;
  /** publishedAt says the day and not the time of day */
  readonly isDayOnly?: true;
  readonly updatedAt?: Instant;
  /** BCP 47, lower case */
  readonly language?: string;
}

/** A draft that is known: what we keep. */
export interface Item extends Draft {
  readonly id: ItemId;
  /** the id every document of ours carries for this item, for ever: the publisher's where that is a canonical URI, else a tag: URI (RFC 4151) */
  readonly iri: string;
  readonly feed: FeedId;
  readonly publisher: PublisherId;
  readonly title: string;
  readonly arrivedAt: Instant;
  /** it was published long before its feed was read for the first time: nobody is told of it as news */
  readonly isPast?: true;
  /** when the publisher last changed title, teaser, body or page; absent if never */
  readonly revisedAt?: Instant;
  /** 0 as first seen */
  readonly revision: number;
  /** hash over what readers see; equal digests are the same text */
  readonly digest: string;
  /** what its publisher changed, newest first; the last few, and no more than a page has room for */
  readonly revisions?: readonly Revision[];
  /** when it was sure that its publisher had taken it out; absent once it is shown again */
  readonly withdrawnAt?: Instant;
}
