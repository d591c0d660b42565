import type { Placed } from "../model/news.ts";
import type { Instant } from "../model/time.ts";
import { leastPublishers } from "../query/query.ts";
import type { CurateContext } from "./context.ts";
import { timesOf, untoldSince } from "./digest.ts";
import { holdingInSteps } from "./holding.ts";
import type { Rule } from "./judge.ts";
import { publishersNeeded } from "./order.ts";
import { choice } from "./stories.ts";

/**
 * A topic is read newest first, page by page. Of stories of which nothing was read yet, because all their items arrived
 * before `oldest`: so many items one of them needs at least, to change what the topic tells. Undefined: none can, and
 * whoever reads on reads for nothing.
 * @param candidates the topic's items that arrived since, and all others of their stories
 */
export function* tellersNeeded(
  { topic, query }: Rule,
  candidates: readonly Placed[],
  context: CurateContext,
  oldest: Instant,
): Generator<void, number | undefined> {
  const least = Math.max(topic.minimumPublishers, leastPublishers(query));
  const held = yield* holdingInSteps(query, candidates, context.membersOf, context.publishers);
  if (topic.digest !== undefined)
    // of nothing yet no period is known
    return held.length > 0 && oldest <= untoldSince(topic, topic.digest, timesOf(topic, held, context))
      ? undefined
      : least;
  const { standings, newest } = yield* choice(topic, held, context);
  if (newest > 0 && oldest < newest - topic.window) return undefined;
  const last = standings.findLast(({ pin }) => pin === undefined);
  if (standings.length < topic.size) return least;
  if (last === undefined) return undefined;
  if (topic.order === "coverage") return Math.max(least, publishersNeeded(last, oldest));
  return last.since > oldest ? undefined : least;
}
