import { setTimeout as wait } from "node:timers/promises";
import { SECOND } from "../../src/model/time.ts";
import type { CompiledTopic } from "../../src/road.ts";
import { pause } from "../pause.ts";
import type { World } from "../world.ts";
import { type TopicList, takenBack, topicList } from "./topic-list.ts";

/** The topics as they are now, in every process the same within a second of a change. */
export interface TopicBook extends AsyncDisposable {
  current(): readonly CompiledTopic[];
  /** all that is known of topics: a value, the next change makes another */
  list(): TopicList;
  onChange(listener: (list: TopicList) => void): void;
  /**
   * The same after Redis was asked, for those who must not be a second behind.
   * @param topics for those who wait for no Redis that is away
   */
  refresh(topics?: World["topics"]): Promise<TopicList>;
}

/** One small question a process; nothing is missed, whatever happens to connections. */
const ROUND = SECOND / 2;

/** Follows what is stored of topics. While Redis is away all goes on with what is known. */
export async function openTopicBook(world: World): Promise<TopicBook> {
  const { settings, log } = world;
  const listeners = new Set<(list: TopicList) => void>();
  const closing = new AbortController();
  const readAt = world.now();
  let list = topicList(settings, await world.topics.read(), readAt);
  sayBroken(list);
  for (const [topic, leadTo] of takenBack(list, settings))
    log.warn(
      { topic, leadTo, hint: "its address led there; give the topic in topics.yaml another id" },
      "topics.taken",
    );

  async function refresh(topics = world.topics): Promise<TopicList> {
    const version = await topics.version();
    if (version === list.version) return list;
    // a Redis that was emptied is given back what editors wrote: nobody else has it
    if (version === 0) await topics.change(0, list.stored);
    const stored = await topics.read();
    // whoever asked first may be answered last
    if (stored.version === list.version || stored.version < version) return list;
    list = topicList(settings, stored, readAt);
    sayBroken(list);
    for (const listener of listeners) listener(list);
    return list;
  }

  function sayBroken({ broken }: TopicList): void {
    for (const [topic, problems] of broken) log.warn({ topic, problems: problems.slice(0, 3) }, "topics.broken");
  }

  async function follow(): Promise<void> {
    for (;;) {
      await pause(ROUND, closing.signal);
      if (closing.signal.aborted) return;
      await refresh().catch((error: unknown) => log.warn({ err: String(error) }, "topics.follow"));
    }
  }
  const following = follow();

  return {
    current: () => list.compiled,
    list: () => list,
    onChange: (listener) => void listeners.add(listener),
    refresh,
    async [Symbol.asyncDispose]() {
      closing.abort();
      // one that waits for Redis waits until the connection is closed, after us
      await Promise.race([following, wait(0)]);
    },
  };
}
