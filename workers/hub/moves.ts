import type { DeliveryKind } from "../../src/model/delivery.ts";
import type { Subscriber } from "../../src/model/subscriber.ts";
import type { TopicBook } from "../topics/topic-book.ts";
import { livingPath, type TopicList } from "../topics/topic-list.ts";
import type { World } from "../world.ts";
import type { Subscribers } from "./subscribers.ts";

/** Of a topic that was renamed: so many at a time. */
const AT_ONCE = 50;

export const PUSH_OUT: DeliveryKind = "hub";
export const VERIFY: DeliveryKind = "hub-verify";

export type Moves = ReturnType<typeof openMoves>;

/**
 * Whoever subscribed to a topic that has another id now goes on being subscribed, in the letters in which he asked. He
 * moves once the documents have. Any number of workers may bring the same subscribers along at once.
 */
export function openMoves({ queues, log }: World, book: TopicBook, subscribers: Subscribers) {
  const followed = new WeakSet<TopicList>();

  /** @returns where this document's readers are led; undefined where nobody leads them anywhere, or it is not there yet */
  async function wayFrom(path: string): Promise<string | undefined> {
    const to = livingPath(await book.refresh(), path);
    return to === undefined || to === path || (await subscribers.etagOf(to)) === undefined ? undefined : to;
  }

  /** What it waited for under its old path, it waits for under the new one. */
  async function move(id: string, to: string): Promise<void> {
    const moved = await subscribers.move(id, to);
    if (moved === undefined) return;
    const isOwed = (await subscribers.owed(moved)).entries.size > 0;
    const kinds = [...(moved.asked === undefined ? [] : [VERIFY]), ...(isOwed ? [PUSH_OUT] : [])];
    await queues.askForDeliveries(kinds.map((by) => ({ by, to: moved.id })));
  }

  /** @returns whether nobody is left behind */
  async function leave(list: TopicList, path: string): Promise<boolean> {
    const living = livingPath(list, path);
    if (living === undefined || living === path) return true;
    const to = await wayFrom(path);
    if (to === undefined) return false;
    const ids = await subscribers.subscribersOf(path);
    for (let at = 0; at < ids.length; at += AT_ONCE)
      await Promise.all(ids.slice(at, at + AT_ONCE).map((id) => move(id, to)));
    log.info({ path, to, subscribers: ids.length }, "hub.moved");
    return true;
  }

  return {
    /** Everybody, where topics were renamed. */
    async follow(): Promise<void> {
      const list = await book.refresh();
      if (followed.has(list)) return;
      const left = await Promise.all((await subscribers.paths()).map((path) => leave(list, path)));
      if (left.every(Boolean)) followed.add(list);
    },

    /** One. @returns whether it has moved: what it waits for is asked for under its new path */
    async bring({ id, path }: Subscriber): Promise<boolean> {
      const to = await wayFrom(path);
      if (to !== undefined) await move(id, to);
      return to !== undefined;
    },

    /** A document's path by now; undefined where its topic is no more. */
    pathNow: (path: string): string | undefined => livingPath(book.list(), path),
  };
}
