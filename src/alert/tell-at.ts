import type { Alert, AlertRecord } from "../model/alert.ts";
import type { Instant } from "../model/time.ts";
import { afterQuiet } from "./quiet.ts";

/** When what waits is told: collected, within the channel's measure, not in its quiet hours, and not before a retry. */
export function tellAt(
  { digest = 0, atMost, quiet }: Alert,
  { sentAt, retryAt = 0 }: AlertRecord,
  waitingSince: Instant,
): Instant {
  // the first of the last `count` messages has to be `per` ago
  const first = atMost === undefined ? undefined : sentAt.at(-atMost.count);
  const withinMeasure = first === undefined || atMost === undefined ? 0 : first + atMost.per;
  const at = Math.max(waitingSince + digest, withinMeasure, retryAt);
  return quiet === undefined ? at : afterQuiet(quiet, at);
}
