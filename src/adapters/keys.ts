import type { FeedId, ItemId, StoryId, TopicId } from "../model/ids.ts";

/** Every Redis key of ours, in one place. BullMQ's own keys live under `<prefix>:bull`. */
export function keysUnder(prefix: string) {
  return {
    /** ZSET feed -> when it is due (ms): the only schedule */
    due: `${prefix}:due`,
    /** HASH feed -> FeedState as JSON */
    feeds: `${prefix}:feeds`,
    /** HASH feed -> "token expiresAt" of the poll under way */
    leases: `${prefix}:leases`,
    /** HASH identity key -> "item digest revision day" */
    known: (feed: FeedId) => `${prefix}:known:${feed}`,
    /** ZSET item -> arrivedAt */
    items: `${prefix}:items`,
    /** STRING Item as JSON */
    item: (item: ItemId | string) => `${prefix}:item:${item}`,
    /** HASH story, storyIri, section, copyOf, reasons (JSON), topics (comma separated): the desk's decision */
    place: (item: ItemId | string) => `${prefix}:place:${item}`,
    /** STREAM commit -> desk, in order */
    news: `${prefix}:news`,
    /** STREAM desk -> search indexes, in order */
    decided: `${prefix}:decided`,
    /** STREAM paths of documents that were swapped in */
    swapped: `${prefix}:swapped`,
    /** HASH old story -> story it was merged into */
    aliases: `${prefix}:aliases`,
    /** HASH fence, owner, expiresAt, position, snapshotPosition: who is the desk and how far it has read */
    desk: `${prefix}:desk`,
    /** STRING the desk's memory */
    snapshot: `${prefix}:desk:snapshot`,
    /** ZSET item -> arrivedAt: who tells the story */
    story: (story: StoryId | string) => `${prefix}:story:${story}`,
    /** ZSET item -> arrivedAt: what matched the topic */
    topic: (topic: TopicId | string) => `${prefix}:topic:${topic}`,
    /** HASH topic -> how often it was touched since it was last rendered: the outbox of the publish queue */
    touched: `${prefix}:touched`,
    /** HASH topic -> fingerprint of the rules its membership was made with */
    rules: `${prefix}:rules`,
    /** HASH path -> etag */
    documents: `${prefix}:documents`,
    /** HASH of one served document */
    document: (path: string) => `${prefix}:document:${path}`,
    /** what one host is asked for: ZSET of requests under way, STRING of the next free moment */
    hostActive: (host: string) => `${prefix}:host:${host}:active`,
    hostNext: (host: string) => `${prefix}:host:${host}:next`,
    schema: `${prefix}:schema`,
  } as const;
}

export type Keys = ReturnType<typeof keysUnder>;
