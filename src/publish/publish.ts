import { FORMATS, type OutputFormat, type Publishing } from "../model/published.ts";
import type { TopicFeed } from "../model/topic.ts";
import type { Addresses } from "./addresses.ts";
import type { Site } from "./credits.ts";
import { editionOf } from "./edition.ts";
import { released } from "./released.ts";

export { type Addresses, archiveAddresses, correctionAddresses, searchAddresses, topicAddresses } from "./addresses.ts";
export { nextArchive } from "./archive.ts";
export { check } from "./check.ts";
export type { Site } from "./credits.ts";
export { type Filing, NOTHING_FILED } from "./filing.ts";
export { type Issue, issue, OUT_OF_ORDER } from "./issue.ts";
export { opml, subscriptionAttributes, subscriptionsOpml } from "./opml.ts";
export { partialOf } from "./partial.ts";

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
  return released(edition, unfit, addresses, formats);
}
