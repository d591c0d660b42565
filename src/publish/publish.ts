import { createHash } from "node:crypto";
import { FORMATS, type OutputFormat, type Publishing } from "../model/published.ts";
import type { TopicFeed } from "../model/topic.ts";
import type { Addresses } from "./addresses.ts";
import { atomOf } from "./atom.ts";
import { faultsOf } from "./check.ts";
import type { Site } from "./credits.ts";
import { type Edition, editionOf } from "./edition.ts";
import { jsonOf } from "./json.ts";
import { rssOf } from "./rss.ts";
import type { Fault } from "./rules.ts";

export { type Addresses, searchAddresses, topicAddresses } from "./addresses.ts";
export { check } from "./check.ts";
export type { Site } from "./credits.ts";
export { opml, subscriptionAttributes, subscriptionsOpml } from "./opml.ts";

const PRESS: Readonly<Record<OutputFormat, (edition: Edition) => string>> = { rss: rssOf, atom: atomOf, json: jsonOf };

const CONTENT_TYPE: Readonly<Record<OutputFormat, string>> = {
  rss: "application/rss+xml; charset=utf-8",
  atom: "application/atom+xml; charset=utf-8",
  json: "application/feed+json; charset=utf-8",
};

/** 162 bits of SHA-256: short, and no two documents share one. */
const ETAG_LENGTH = 27;

interface Proof {
  readonly format: OutputFormat;
  readonly text: string;
  readonly faults: readonly Fault[];
}

interface Proofs {
  readonly proofs: readonly Proof[];
  readonly edition: Edition;
  readonly leftOut: readonly string[];
}

/**
 * A topic feed as RSS, Atom and JSON, in this order, each checked. What cannot be made valid is left out of all three,
 * so that they tell the same. The same values make the same bytes, whenever and wherever.
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

/** Again without the entries that have faults, until none has. */
function proofread(edition: Edition, leftOut: readonly string[], formats: readonly OutputFormat[]): Proofs {
  const proofs = formats.map((format) => proofOf(format, edition));
  const faulty = new Map(
    proofs.flatMap(({ faults }) =>
      faults.flatMap(({ entry, what }) => (entry === undefined ? [] : [[entry, what] as const])),
    ),
  );
  if (faulty.size === 0) return { proofs, edition, leftOut };
  const reasons = [...faulty].map(([entry, what]) => `${edition.tellings[entry]?.iri}: ${what}`);
  const tellings = edition.tellings.filter((_, entry) => !faulty.has(entry));
  return proofread({ ...edition, tellings }, [...leftOut, ...reasons], formats);
}

function proofOf(format: OutputFormat, edition: Edition): Proof {
  const text = PRESS[format](edition);
  return { format, text, faults: faultsOf(format, text) };
}

function released({ format, text, faults }: Proof, { edition, leftOut }: Proofs, path: string): Publishing {
  if (faults.length > 0) return { kind: "refused", path, why: faults.map(({ what }) => what) };
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
