import { expect } from "vitest";
import { readAttendance, writeAttendance } from "../../src/identify/identify.ts";
import { feedId } from "../../src/model/ids.ts";
import { HOUR, SECOND } from "../../src/model/time.ts";
import { startTestDaemon } from "../support/test-daemon.ts";
import { aFeed, aPublisher, aTopic, temporaryFolder, testSettings } from "../support/test-settings.ts";
import { type House, openHouse, ownPiece, type Piece, polled } from "./day-houses.ts";
import {
  atomEntries,
  type Entry,
  type FeedReader,
  feedparserEntries,
  isUpdate,
  jsonEntries,
  openFeedReader,
  rssEntries,
} from "./day-readers.ts";

/** Ten publishers, the program between, and for each topic a subscriber of each format. */

const HOUSES = "bote kurier anzeiger tagblatt rundschau echo zeitung post stimme presse".split(" ");
/** Speaks first wherever it tells a story. */
export const BEST = "kurier";
/** Stories that each house alone tells in the morning. */
export const OWN = 4;
export const MORNING_STORIES = OWN * HOUSES.length;
const TOPICS = [aTopic("alles", "*", { size: 100 }), aTopic("geduld", "*", { size: 100, hold: 15 * SECOND })];

export async function openNewsstand() {
  await using stack = new AsyncDisposableStack();
  const folder = stack.use(temporaryFolder());
  const houses: House[] = [];
  for (const [n, id] of HOUSES.entries()) houses.push(stack.use(await openHouse(id, `127.0.1.${n + 1}`)));
  const settings = testSettings({
    dataDir: folder.path,
    publishers: houses.map(({ id, title }) => aPublisher(id, { title, language: "de", rank: id === BEST ? 1 : 50 })),
    feeds: houses.map(({ id, server }) => aFeed(id, id, server.url("/feed"), { language: "de" })),
    topics: TOPICS,
  });
  const openedAt = Date.now();
  for (const one of houses) {
    one.pieces = Array.from({ length: OWN }, (_, n) => ownPiece(one.id, n, openedAt));
    one.print();
  }
  let daemon = await startTestDaemon(settings);
  stack.defer(() => daemon[Symbol.asyncDispose]());
  await daemon.settled(MORNING_STORIES);
  const subscribers = new Map(TOPICS.map(({ id }) => [id as string, openReaders()]));
  const kept = stack.move();

  async function read(): Promise<void> {
    for (const [topic, readers] of subscribers)
      for (const reader of readers) await reader.poll(`http://127.0.0.1:${daemon.port}/topics/${topic}`);
    for (const { announced, format } of [...subscribers.values()].flat())
      for (const [story, ids] of announced) expect([...ids], `ids of ${story} in ${format}`).toHaveLength(1);
  }

  return {
    openedAt,
    read,
    houses,
    house: (id: string): House => houses.find((one) => one.id === id) ?? raise(`no house ${id}`),
    readers: (topic = "alles"): readonly FeedReader[] => subscribers.get(topic) ?? [],

    /** These houses print anew and are polled; all readers read what is served then, and are shown no story twice. */
    async print(...printed: readonly House[]): Promise<void> {
      for (const house of printed) house.print();
      await this.poll(...printed);
    },

    async poll(...printed: readonly House[]): Promise<void> {
      await polled(daemon, printed);
      await read();
    },

    /** As if two hours had gone by: only what is missing for long is taken to be withdrawn. */
    async twoHoursLater({ id }: House): Promise<void> {
      const { feeds, redis, keys } = daemon.world;
      const attendance = readAttendance((await feeds.attendances([feedId(id)]))[0] ?? "") ?? raise("no attendance");
      const missing = attendance.missing.map((one) => ({ ...one, since: one.since - 2 * HOUR }));
      await redis.set(keys.attendance(feedId(id)), writeAttendance({ ...attendance, missing }));
    },

    async restart(): Promise<void> {
      await daemon[Symbol.asyncDispose]();
      daemon = await startTestDaemon(settings);
    },

    /** Who speaks for a story, in every format. */
    leads(story: string, id: string, title?: string): void {
      for (const reader of this.readers()) {
        const entry = shown(reader, story);
        expect(entry.link, `${reader.format}: who leads ${story}`).toContain(this.house(id).server.url("/"));
        if (title !== undefined) expect(entry.title).toBe(title);
      }
    },

    /** What comes shows as an update of the story, in every format. */
    async updates(story: string, what: () => Promise<void>): Promise<void> {
      const before = this.readers().map((reader) => shown(reader, story));
      await what();
      for (const [n, reader] of this.readers().entries()) {
        const was = before[n];
        expect(was && isUpdate(was, shown(reader, story)), `${reader.format}: ${story} is updated`).toBe(true);
      }
    },

    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

export type Newsstand = Awaited<ReturnType<typeof openNewsstand>>;

/** A house's pieces as it prints them from now on. */
export function edit(house: House, change: (piece: Piece, n: number) => Piece): House {
  house.pieces = house.pieces.map(change);
  return house;
}

export function add(house: House, piece: Piece): House {
  house.pieces = [piece, ...house.pieces];
  return house;
}

const openReaders = (): readonly FeedReader[] => [
  openFeedReader("rss", rssEntries),
  openFeedReader("atom", atomEntries),
  openFeedReader("json", jsonEntries),
  openFeedReader("rss", feedparserEntries, false),
  openFeedReader("atom", feedparserEntries),
];

const shown = (reader: FeedReader, story: string): Entry =>
  reader.find(story) ?? raise(`${reader.format} does not show ${story}`);

function raise(what: string): never {
  throw new Error(what);
}
