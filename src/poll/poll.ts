import { createHash } from "node:crypto";
import type { Answer, Answered } from "../model/answer.ts";
import type { Feed, FeedState, Validators } from "../model/feed.ts";
import type { HttpHints, PollOutcome } from "../model/outcome.ts";
import type { Instant } from "../model/time.ts";
import { httpHints, saysFreshness } from "./http-hints.ts";
import { addressOf } from "./move.ts";
import { sentValidators, validatorsOf } from "./request.ts";
import { feedNamedBy, isChallenge, isWebPage } from "./web-page.ts";

export type { Claim } from "./budget.ts";
export { type Limits, limitsFor, nextPoll } from "./cadence.ts";
export { hostKeyOf, hostPause, routeOf } from "./host.ts";
export { budgetAfter, hostWordOf } from "./host-budget.ts";
export { stateAfterPush } from "./pushed.ts";
export { mayRefresh } from "./refresh.ts";
export { firstRequest, requestOf } from "./request.ts";
export { forbidden, isForbidden, robotsRulesOf, robotsUrlOf } from "./robots.ts";
export { type Cadence, cadenceFor, claimOf } from "./shares.ts";
export { spacingOf } from "./spacing.ts";
export { stateAfter } from "./state.ts";

/** Statuses that come with a document. 203 is a proxy's 200. */
const WITH_DOCUMENT: ReadonlySet<number> = new Set([200, 203]);
/** Statuses that bot checks use; a 429 that looks like one is still a 429. */
const MAY_CHALLENGE: ReadonlySet<number> = new Set([200, 202, 203, 401, 403, 405, 503]);
/** 402: blocked for non-payers; 451: for legal reasons. Both are a no that time alone seldom changes. */
const REFUSED: ReadonlySet<number> = new Set([401, 402, 403, 451]);

/** What an answer to requestOf(feed, state, …) means. */
export function outcomeOf(input: {
  readonly feed: Feed;
  readonly state: FeedState;
  readonly answer: Answer;
  readonly now: Instant;
}): PollOutcome {
  const { feed, state, answer, now } = input;
  if (answer.kind === "failed") return { kind: "failed", code: answer.code, why: answer.why, hints: {} };
  const { status, headers } = answer;
  const hints = httpHints(headers, now);
  if (MAY_CHALLENGE.has(status) && isChallenge(answer)) return { kind: "refused", status, challenge: true, hints };
  if (WITH_DOCUMENT.has(status)) return outcomeOfBody(answer, feed, state, hints);
  if (status === 304) return outcomeOfNotModified(answer, feed, state, hints);
  if (status === 429 || status === 503) return { kind: "throttled", status, hints };
  if (REFUSED.has(status)) return { kind: "refused", status, challenge: false, hints };
  if (status === 404) return { kind: "missing", hints };
  if (status === 410) return { kind: "gone" };
  return { kind: "failed", code: `http-${status}`, why: `the server answered with status ${status}`, hints };
}

/** Both validators are replaced, also where the body is the one we have. */
function outcomeOfBody(answer: Answered, feed: Feed, state: FeedState, hints: HttpHints): PollOutcome {
  const { url, headers, bytes } = answer;
  if (bytes.length === 0) return { kind: "failed", code: "empty", why: "the answer has no body", hints };
  if (isWebPage(bytes))
    return { kind: "failed", code: "html", why: whyNoFeed(answer), hints, document: { url, headers, bytes } };
  const validators = validatorsOf(headers);
  const bodyHash = createHash("sha256").update(bytes).digest("hex");
  const isKnown = state.askedUrl === addressOf(feed, state) && state.bodyHash === bodyHash;
  if (isKnown) return { kind: "unmodified", by: "body", validators, hints, ...movedOf(answer) };
  return { kind: "modified", document: { url, headers, bytes }, bodyHash, validators, hints, ...movedOf(answer) };
}

function whyNoFeed(answer: Answered): string {
  const named = feedNamedBy(answer);
  const proposal = named === undefined ? "" : `; it names ${named} as its feed`;
  return `${answer.url} is a web page, not a feed${proposal}`;
}

/** What a 304 leaves unsaid, validators and freshness, stays as it was (A-03; RFC 9111 4.3.4). */
function outcomeOfNotModified(answer: Answered, feed: Feed, state: FeedState, hints: HttpHints): PollOutcome {
  const sent = sentValidators(state, addressOf(feed, state));
  if (isEmpty(sent)) return { kind: "failed", code: "http-304", why: "304 to a request without condition", hints };
  const validators = { ...state.validators, ...validatorsOf(answer.headers) };
  const kept = saysFreshness(answer.headers) || state.freshFor === undefined ? {} : { freshFor: state.freshFor };
  return { kind: "unmodified", by: "status", validators, hints: { ...kept, ...hints }, ...movedOf(answer) };
}

const isEmpty = ({ etag, lastModified }: Validators): boolean => etag === undefined && lastModified === undefined;

const movedOf = ({ movedTo }: Answered): { readonly movedTo?: string } => (movedTo === undefined ? {} : { movedTo });
