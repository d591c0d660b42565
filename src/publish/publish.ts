import { createHash } from "node:crypto";
import { FORMATS, type OutputFormat, type Publishing } from "../model/published.ts";
import type { TopicFeed } from "../model/topic.ts";
import type { Addresses } from "./addresses.ts";
import type { Site } from "./credits.ts";
import { editionOf } from "./edition.ts";
import { type Proof, type Proofs, proofread } from "./proof.ts";

export { type Addresses, archiveAddresses, correctionAddresses, searchAddresses, topicAddresses } from "./addresses.ts";
export { nextArchive } from "./archive.ts";
export { check } from "./check.ts";
export type { Site } from "./credits.ts";
export { opml, subscriptionAttributes, subscriptionsOpml } from "./opml.ts";

const CONTENT_TYPE: Readonly<Record<OutputFormat, string>> = {
  rss: "application/rss+xml; charset=utf-8",
  atom: "application/atom+xml; charset=utf-8",
  json: "application/feed+json; charset=utf-8",
};

/** 162 bits of SHA-256: short, and no two documents share one. */
const ETAG_LENGTH = 27;

/**
 * A topic feed as RSS, Atom and JSON, in this order, each checked. What cannot be made valid is left out of all three,
 * so that they tell the same; where that is everything, nothing is published. The same values make the same bytes,
 * whenever and wherever.
 * @param formats where not all three are wanted
 */
export function publish(
  feed: TopicFeed,
  site: Site,
  addresses: Addresses,
  formats: readonly OutputFormat[] = FORMATS,
): readonly Publishing[] {
  const { edition, unfit } = editionOf(feed, site, addresses);
  const sound = proofread(edition, unfit, formats);
  return sound.proofs.map((proof) => released(proof, sound, addresses.path[proof.format]));
}

function released({ format, text, faults }: Proof, { edition, leftOut }: Proofs, path: string): Publishing {
  if (faults.length > 0) return { kind: "refused", path, why: faults.map(({ what }) => what) };
  // nothing left of what there was: a mistake of ours sooner than no news, so readers keep what they have
  if (edition.tellings.length === 0 && leftOut.length > 0) return { kind: "refused", path, why: leftOut };
  const document = {
    path,
    contentType: CONTENT_TYPE[format],
    text,
    etag: createHash("sha256").update(text).digest("base64url").slice(0, ETAG_LENGTH),
    modifiedAt: edition.updatedAt,
    itemCount: edition.tellings.length,
    leftOut,
  };
  return { kind: "published", document };
}
