import type { Lease } from "../../src/adapters/feed-store.ts";
import type { Answer, FetchRequest } from "../../src/model/answer.ts";
import type { Feed } from "../../src/model/feed.ts";
import type { PollOutcome } from "../../src/model/outcome.ts";
import type { Duration } from "../../src/model/time.ts";
import { forbidden, isForbidden, outcomeOf, requestOf } from "../../src/poll/poll.ts";
import { type HostTurns, hostTurns } from "./host-turns.ts";
import type { PollTools } from "./tools.ts";

type NotYet = {
  readonly kind: "not yet";
  /** the host is not to be asked for so long */
  readonly wait: Duration;
};

/**
 * Asks the publisher, in its host's turn; the host's budget learns of what came.
 * @param held has what a large document takes up until it has been read, its host's turn among it
 */
export async function ask(
  tools: PollTools,
  feed: Feed,
  { state }: Lease,
  held: AsyncDisposableStack,
): Promise<NotYet | { readonly kind: "answered"; readonly outcome: PollOutcome }> {
  const { world, gate, calledOff } = tools;
  const turns = hostTurns(gate, world.now, calledOff);
  const request = requestOf(feed, state, world.settings.poll.userAgent);
  const answer = await fetchAllowed(tools, request, turns, held);
  if (answer.kind === "not yet") return answer;

  const outcome = outcomeOf({ feed, state, answer, now: world.now() });
  await turns.learn(outcome);
  return { kind: "answered", outcome };
}

/** What robots.txt forbids by name is not asked for. */
async function fetchAllowed(
  { fetcher, robots, calledOff }: PollTools,
  request: FetchRequest,
  turns: HostTurns,
  held: AsyncDisposableStack,
): Promise<NotYet | Answer> {
  const rules = await robots(request.url, turns);
  if (rules.kind === "wait") return { kind: "not yet", wait: rules.wait };
  if (isForbidden(rules.rules, request.url)) return forbidden(request.url);
  const answer = await fetcher.fetch({ ...request, admit: turns.admit, held, signal: calledOff });
  return answer.kind === "failed" && answer.wait !== undefined ? { kind: "not yet", wait: answer.wait } : answer;
}
