import type { Alert, AlertRecord, Sent } from "../model/alert.ts";
import { DAY, type Duration, HOUR, type Instant, MINUTE, SECOND } from "../model/time.ts";

/** A channel that is dead for longer than a weekend is somebody's to mend, and tried seldom until then. */
const DEAD_AFTER: Duration = 3 * DAY;
const WAIT_WHEN_PAUSED: Duration = 6 * HOUR;
/** No receiver may ask for more, either. */
const LONGEST_WAIT = WAIT_WHEN_PAUSED;
/** However soon a receiver that is busy wants to be asked again. */
const SOONEST: Duration = 5 * SECOND;
const SOONEST_AT_LAST: Duration = 15 * MINUTE;

export function afterSending({ atMost }: Alert, { sentAt }: AlertRecord, now: Instant): AlertRecord {
  return { sentAt: [...sentAt, now].slice(-(atMost?.count ?? 1)), failures: 0 };
}

/** @returns without `retryAt` where the queue's own back-off decides */
export function afterFailure(
  { sentAt, failures, failingSince, paused }: AlertRecord,
  sent: Exclude<Sent, { kind: "taken" }>,
  now: Instant,
): AlertRecord {
  const since = failingSince ?? now;
  const isDead = sent.kind === "gone" || paused === true || now - since >= DEAD_AFTER;
  const asked = sent.kind === "failed" ? sent.wait : undefined;
  const wait = isDead ? WAIT_WHEN_PAUSED : asked && Math.max(asked, soonest(failures));
  return {
    ...{ sentAt, failures: failures + 1, failingSince: since, lastError: sent.why },
    ...(wait !== undefined && { retryAt: now + wait }),
    ...(isDead && { paused: true }),
  };
}

/** Without what a clock that was ahead wrote down: it must not be waited for. */
export function upToNow({ retryAt, ...record }: AlertRecord, now: Instant): AlertRecord {
  const isPossible = retryAt !== undefined && retryAt <= now + LONGEST_WAIT;
  return { ...record, sentAt: record.sentAt.filter((at) => at <= now), ...(isPossible && { retryAt }) };
}

const soonest = (failures: number): Duration => Math.min(SOONEST_AT_LAST, SOONEST * 2 ** failures);
