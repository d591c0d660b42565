import type { TopicId } from "../../src/model/ids.ts";
import type { Duration } from "../../src/model/time.ts";
import type { TopicFeed } from "../../src/model/topic.ts";
import type { CompiledTopic, Readers } from "../../src/road.ts";
import type { SearchIndex } from "../../src/search/search.ts";

export type Looking = Pick<Readers, "now" | "editing">;

interface Kept {
  readonly feed: TopicFeed;
  /** of what it is made */
  readonly version: number;
  /** by the clock of this process */
  readonly madeAt: number;
}

/** One after the other, whoever asks: others wait for one turn of one of them. */
type Queue = <Made>(begin: () => Iterator<void, Made>) => Promise<Made>;

export function makingQueue({ inTurns }: Pick<SearchIndex, "inTurns">): Queue {
  let last: Promise<unknown> = Promise.resolve();
  return (begin) => {
    const made = last.then(() => inTurns(begin()));
    last = made.catch(() => undefined);
    return made;
  };
}

/** What topics show, kept until what it is made of changes or it changes by itself; one making serves all who ask meanwhile. */
export function keepFeeds(
  queue: Queue,
  versionOf: (compiled: CompiledTopic) => number,
  make: (compiled: CompiledTopic, looking: Looking) => Iterator<void, TopicFeed>,
) {
  const kept = new Map<TopicId, Kept>();
  const making = new Map<TopicId, Promise<TopicFeed>>();

  function begin(compiled: CompiledTopic, looking: Looking): Promise<TopicFeed> {
    const { id } = compiled.topic;
    let version = 0;
    const made = queue(() => {
      version = versionOf(compiled);
      return make(compiled, looking);
    })
      .then((feed) => {
        kept.set(id, { feed, version, madeAt: performance.now() });
        return feed;
      })
      .finally(() => making.delete(id));
    making.set(id, made);
    return made;
  }

  return {
    forget(): void {
      kept.clear();
    },

    /** As it was when asked, or later. @param late one that is no older will do, whatever changed since */
    async of(compiled: CompiledTopic, looking: Looking, late: Duration = 0): Promise<TopicFeed> {
      const asked = versionOf(compiled);
      for (;;) {
        const last = kept.get(compiled.topic.id);
        const isCurrent = last && last.version >= asked && looking.now < (last.feed.heldUntil ?? Infinity);
        if (last && (isCurrent || performance.now() - last.madeAt < late)) return last.feed;
        const running = making.get(compiled.topic.id);
        if (running === undefined) return await begin(compiled, looking);
        await running;
      }
    },
  };
}
