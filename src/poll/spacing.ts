import { type Duration, HOUR } from "../model/time.ts";

/** So many feeds can begin one right after the other without anybody noticing. */
const FEW = 2000;
/** The interval of a feed of which nothing is known is a little longer. */
const LONGEST: Duration = 2 * HOUR;

/**
 * How long a feed new in config/ waits for the one before it. A list of ten thousand feeds begins spread over most of an
 * interval, so that it does not come back in one wave for ever (facts A-15); a short list begins at once.
 */
export function spacingOf(feeds: number, least: Duration): Duration {
  return Math.min(Math.max(least, (least * feeds) / FEW), LONGEST / Math.max(1, feeds));
}
