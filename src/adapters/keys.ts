import type { AlertId } from "../model/alert.ts";
import type { FeedId, ItemId, StoryId, TopicId } from "../model/ids.ts";

/** Every Redis key of ours, in one place. BullMQ's own keys live under `<prefix>:bull`. */
export function keysUnder(prefix: string) {
  return {
    /** ZSET feed -> when it is due (ms): the only schedule */
    due: `${prefix}:due`,
    /** STRING how many overdue feeds may be taken, as of when */
    backlog: `${prefix}:due:backlog`,
    /** HASH feed -> FeedState as JSON */
    feeds: `${prefix}:feeds`,
    /** HASH feed -> "token expiresAt" of the poll under way */
    leases: `${prefix}:leases`,
    /** STRING what the request budget leaves a feed with one item a day (ms) */
    cadence: `${prefix}:cadence`,
    /** STRING that expires: somebody has reckoned it a moment ago */
    cadenceTurn: `${prefix}:cadence:turn`,
    /** HASH identity key -> "item digest revision day", and the publisher's date (ms) where there is one */
    known: (feed: FeedId) => `${prefix}:known:${feed}`,
    /** STRING which items the feed's last document had, and by what they are known */
    recollection: (feed: FeedId) => `${prefix}:recollection:${feed}`,
    /** STRING who was in the feed's last document, and who is missing from it */
    attendance: (feed: FeedId) => `${prefix}:attendance:${feed}`,
    /** ZSET item -> arrivedAt */
    items: `${prefix}:items`,
    /** ZSET hour (ms) -> the same: what the clock said lately */
    clockHours: `${prefix}:clock:hours`,
    /** STRING Item as JSON */
    item: (item: ItemId | string) => `${prefix}:item:${item}`,
    /** HASH story, storyIri, section, copyOf, leads (since when, ms), reasons (JSON), topics (comma separated): the desk's decision; of one that was withdrawn as lastStory, lastTopics … */
    place: (item: ItemId | string) => `${prefix}:place:${item}`,
    /** STREAM commit -> desk, in order */
    news: `${prefix}:news`,
    /** STREAM desk -> search indexes, in order */
    decided: `${prefix}:decided`,
    /** STREAM paths of documents that were swapped in */
    swapped: `${prefix}:swapped`,
    /** STREAM topic, path, etag, fresh (JSON { new, changed }: ids of entries): the outbox of hub and alerts */
    deliveries: `${prefix}:deliveries`,
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
    /** ZSET item -> when its publisher had withdrawn it: of a topic, or of all where it is "" */
    withdrawn: (topic: TopicId | "") => `${prefix}:withdrawn:${topic}`,
    /** HASH topic -> how often it was touched since it was last rendered: the outbox of the publish queue */
    touched: `${prefix}:touched`,
    /** STRING Announcements as JSON: as what a topic's readers know its stories */
    told: (topic: TopicId | string) => `${prefix}:told:${topic}`,
    /** HASH turn, filing (JSON): what a topic's archives hold, and what none holds yet */
    filing: (topic: TopicId | string) => `${prefix}:filing:${topic}`,
    /** ZSET topic -> when the first of the stories that wait in it is announced (ms) */
    held: `${prefix}:held`,
    /** HASH topic -> fingerprint of the rules its membership was made with */
    rules: `${prefix}:rules`,
    /** HASH topic -> when its rules were last edited (ms) */
    edited: `${prefix}:edited`,
    /** HASH topic -> as it was written: the topics that do not stand in config/ */
    topics: `${prefix}:topics`,
    /** HASH topic -> Editing as JSON: what editors did by hand */
    editing: `${prefix}:topics:editing`,
    /** HASH topic -> GoneTopic as JSON: those that were deleted, or have another id now */
    goneTopics: `${prefix}:topics:gone`,
    /** STRING grows with each change of the three above */
    topicsVersion: `${prefix}:topics:version`,
    /** STREAM who changed which topic, and how it was before */
    topicLog: `${prefix}:topics:log`,
    /** HASH path -> etag */
    documents: `${prefix}:documents`,
    /** HASH of one served document */
    document: (path: string) => `${prefix}:document:${path}`,
    /** what one host is asked for: ZSET of requests under way, STRINGs of the next free and the last promised moment */
    hostActive: (host: string) => `${prefix}:host:${host}:active`,
    hostNext: (host: string) => `${prefix}:host:${host}:next`,
    hostPromised: (host: string) => `${prefix}:host:${host}:promised`,
    /** STRING HostBudget as JSON: only of hosts that gave trouble */
    hostBudget: (host: string) => `${prefix}:host:${host}:budget`,
    /** STRING what an origin's robots.txt says of us, a day long */
    robots: (origin: string) => `${prefix}:robots:${origin}`,
    /** HASH feed -> Subscription as JSON: what it has with its WebSub hub */
    subscriptions: `${prefix}:websub`,
    /** ZSET feed -> when its hub is asked, or the lease ends (ms) */
    subscriptionsDue: `${prefix}:websub:due`,
    /** HASH last part of a callback's address -> feed */
    callbacks: `${prefix}:websub:callbacks`,
    /** HASH subscriber -> Subscriber as JSON: who has asked our hub */
    hub: `${prefix}:hub`,
    /** ZSET subscriber -> when its lease or its request lapses (ms) */
    hubDue: `${prefix}:hub:due`,
    /** HASH host -> how many subscribers it has */
    hubHosts: `${prefix}:hub:hosts`,
    /** SET of paths of documents that have subscribers */
    hubTopics: `${prefix}:hub:topics`,
    /** SET of a document's subscribers that have confirmed */
    hubTopic: (path: string) => `${prefix}:hub:topic:${path}`,
    /** ZSET subscriber -> since when it is owed something (ms) */
    hubOwing: `${prefix}:hub:owing`,
    /** ZSET entry of a document that has subscribers -> the turn in which it was new or changed last */
    hubNews: (path: string) => `${prefix}:hub:news:${path}`,
    /** STRING turns so far, of all documents */
    hubTurn: `${prefix}:hub:turn`,
    /** HASH subscriber -> the turn up to which it knows all */
    hubTold: `${prefix}:hub:told`,
    /** STRING that expires: this entry of the stream of deliveries is owed to all whom it concerns */
    hubNoted: (entry: string) => `${prefix}:hub:noted:${entry}`,
    /** STRING that expires: how often something was asked for in a stretch of time */
    hubCount: (what: string) => `${prefix}:hub:count:${what}`,
    /** ZSET news -> when an alert was told of it; LIST OwedStory as JSON: what it owes, and what its message under way tells; STRING AlertRecord as JSON */
    alertTold: (alert: AlertId) => `${prefix}:alert:${alert}:told`,
    alertWaiting: (alert: AlertId) => `${prefix}:alert:${alert}:waiting`,
    alertUnderWay: (alert: AlertId) => `${prefix}:alert:${alert}:underway`,
    alertRecord: (alert: AlertId) => `${prefix}:alert:${alert}:record`,
    /** ZSET "feed reason" -> at: documents that could not be read; :notes, :bytes and :sizes are HASHes by the same name */
    kept: `${prefix}:kept`,
    schema: `${prefix}:schema`,
  } as const;
}

export type Keys = ReturnType<typeof keysUnder>;
