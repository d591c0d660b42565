import { isUnanswered, refusalOf } from "../../src/adapters/redis-trouble.ts";
import { topicStore } from "../../src/adapters/topic-store.ts";
import type { Refusal } from "../../src/model/topic-edit.ts";
import type { TopicBook } from "../topics/topic-book.ts";
import { refused } from "../topics/topic-changes.ts";
import type { World } from "../world.ts";

/** For whoever edits over HTTP: waits for no Redis that is away, and does nothing of it when Redis is back. */
export function impatient(world: World, book: TopicBook) {
  const topics = topicStore(world.connect("api", false), world.keys);
  const { queues, redisAway } = world;
  const askForPublishing: World["queues"]["askForPublishing"] = async (touched) => {
    // the edit is made, and the outbox knows of it
    void queues.askForPublishing(touched).catch(redisAway);
  };
  return {
    world: { ...world, topics, queues: { ...queues, askForPublishing } },
    book: { ...book, refresh: () => book.refresh(topics) },

    /** What is done by these, or why Redis would have none of it. */
    orRefused:
      <Args extends readonly unknown[], Made>(make: (...args: Args) => Promise<Made>) =>
      async (...args: Args): Promise<Made | Refusal> => {
        try {
          return await make(...args);
        } catch (error) {
          const why = refusalOf(error)?.what ?? (isUnanswered(error) ? "Redis does not answer" : undefined);
          if (why === undefined) throw error;
          return refused("busy", `${why}, so nothing was changed: try again in a moment.`);
        }
      },
  };
}
