import type { PollReason } from "../model/poll-reason.ts";
import type { Duration } from "../model/time.ts";
import { spanOf } from "./span.ts";

const span = (duration: Duration): string => spanOf(duration, "en-GB");

/** Why a feed is polled when it is. Nothing for a rule of another version of Ressort. */
export function englishPollReason(reason: PollReason): string | undefined {
  switch (reason.rule) {
    case "budget":
      return `an item about every ${span(reason.every)}, by the request budget`;
    case "busy-hours":
      return "sooner, for it mostly posts at this time";
    case "slow-hours":
      return "later, for it seldom posts at this time";
    case "min-interval":
      return `no more often than every ${span(reason.length)}`;
    case "max-interval":
      return `at least every ${span(reason.length)}`;
    case "courtesy":
      return `every ${span(reason.length)} at most, for the publisher has not asked for more`;
    case "no-validators":
      return `every ${span(reason.length)}, for the server sends neither ETag nor Last-Modified`;
    case "turnover":
      return `its ${reason.items} items are replaced within ${span(reason.within)}`;
    case "pushed":
      return "only to check, for a hub brings the items";
    case "max-age":
    case "retry-after":
    case "ttl":
    case "update-period":
      return reason.isShorter === true
        ? `${reason.rule}: ${span(reason.length)}, which is not longer`
        : `the publisher asks for ${span(reason.length)} (${reason.rule})`;
    case "skipped-hours":
      return "after the hours that the feed skips";
    case "challenge":
      return "a bot check stands before the feed";
    case "refused":
    case "throttled":
      return `status ${reason.status}, ${failures(reason)}`;
    case "missing":
      return `status 404, ${failures(reason)}`;
    case "dead":
      return `status 404 for more than a month, ${failures(reason)}`;
    case "gone":
      return `status 410, ${failures(reason)}`;
    case "no-answer":
      return `the server cannot be reached, ${failures(reason)}`;
    case "back-off":
      return `later with every failure: ${failures(reason)}`;
  }
}

const failures = ({ failures: count }: { readonly failures: number }): string =>
  count === 1 ? "1 failure" : `${count} failures in a row`;
