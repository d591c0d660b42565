import type { Placed } from "../model/news.ts";
import { atOnce } from "../model/steps.ts";
import type { Instant } from "../model/time.ts";
import type { Topic, TopicFeed } from "../model/topic.ts";
import type { CurateContext } from "./context.ts";
import { digestsOf, timesOf } from "./digest.ts";
import { holdingInSteps } from "./holding.ts";
import type { Rule } from "./judge.ts";
import { storiesLedBy, storiesOf } from "./stories.ts";

export type { CurateContext } from "./context.ts";
export { correctionsOf } from "./corrections.ts";
export { creditReader } from "./credit.ts";
export { withDeletions } from "./deleted.ts";
export { tellersNeeded } from "./depth.ts";
export { holding, voicesOf } from "./holding.ts";
export { keptItems } from "./kept-items.ts";
export { announcementsOf } from "./known.ts";
export { type PreviewedStories, type PreviewedStory, previewer, type TopicPreview } from "./preview.ts";
export { tellable } from "./stories.ts";

/**
 * What a topic shows of the items that match it, in whatever order they are given: each story once, newest first by its
 * first arrival unless the topic orders them otherwise. A story leaves when its first arrival leaves the window, so no
 * entry is ever dated or placed anew; the end of an embargo counts as its arrival.
 */
export const curate = (topic: Topic, candidates: readonly Placed[], context: CurateContext): TopicFeed =>
  atOnce(inSteps(topic, candidates, context));

/** The same of the items for which a topic's query may hold, step by step: others have their turns in between. */
export function* curateMatched(
  { topic, query }: Rule,
  matched: readonly Placed[],
  context: CurateContext,
): Generator<void, TopicFeed> {
  const held = yield* holdingInSteps(query, matched, context.membersOf, context.publishers);
  return yield* inSteps(topic, held, context);
}

function* inSteps(topic: Topic, candidates: readonly Placed[], context: CurateContext): Generator<void, TopicFeed> {
  const { digest } = topic;
  if (digest === undefined) return yield* storiesOf(topic, candidates, context);
  const arrivedBy = (moment: Instant) => candidates.filter(({ item }) => item.arrivedAt < moment);
  return yield* digestsOf(topic, digest, {
    ...timesOf(topic, candidates, context),
    *storiesOf(period) {
      const extract = { ...period, stories: digest.stories };
      const { entries } = yield* storiesOf(topic, arrivedBy(period.to), asOf(context, period.to), extract);
      return entries;
    },
    storiesLedBy: (items, { to }) => storiesLedBy(items, topic, arrivedBy(to), asOf(context, to)),
  });
}

/** Of each story only who had arrived by then. */
function asOf({ announced: _, membersOf = () => [], ...context }: CurateContext, moment: Instant): CurateContext {
  return { ...context, membersOf: (story) => membersOf(story).filter(({ item }) => item.arrivedAt < moment) };
}
