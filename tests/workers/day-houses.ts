import { createHash } from "node:crypto";
import { NEW_FEED_STATE } from "../../src/model/feed.ts";
import { feedId } from "../../src/model/ids.ts";
import { MINUTE } from "../../src/model/time.ts";
import { openPublisher, type PublisherServer, type Scripted } from "../support/publisher-server.ts";
import type { Daemon } from "../support/test-daemon.ts";
import { eventually } from "../support/test-settings.ts";

/** Invented publishers whose day is scripted: each has an address and a feed of its own. */

export interface Piece {
  readonly guid: string;
  /** below the house's address */
  readonly path: string;
  readonly title: string;
  readonly teaser?: string;
  readonly author?: string;
  readonly at: number;
}

export interface House extends AsyncDisposable {
  readonly id: string;
  readonly title: string;
  readonly server: PublisherServer;
  pieces: readonly Piece[];
  /** What the feed says from now on; without an answer, its pieces. */
  print(answer?: Scripted): void;
}

export async function openHouse(id: string, host: string): Promise<House> {
  const server = await openPublisher(host);
  const house: House = {
    ...{ id, title: id.toUpperCase(), server, pieces: [] },
    print: (answer) => server.answer("/feed", answer ?? document(server, house.pieces)),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
  return house;
}

export function document(server: PublisherServer, pieces: readonly Piece[]): Scripted {
  const items = pieces.map(
    ({ guid, path, title, teaser, author, at }) =>
      `<item><guid isPermaLink="false">${guid}</guid><link>${server.url(path)}</link><title>${title}</title>` +
      `<pubDate>${new Date(at).toUTCString()}</pubDate>` +
      (teaser === undefined ? "" : `<description>${teaser}</description>`) +
      `${author === undefined ? "" : `<dc:creator>${author}</dc:creator>`}</item>`,
  );
  const body =
    `<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>` +
    `<title>Haus</title><link>${server.url("/")}</link>${items.join("")}</channel></rss>`;
  return { headers: { "content-type": "application/rss+xml" }, body };
}

/** A story that one house alone tells. Its first word is in no other, so that readers can tell which story it is. */
export function ownPiece(house: string, n: number, now: number): Piece {
  const words = createHash("sha256").update(`${house}-${n}`).digest("hex").replace(/\d/g, letter).match(/.{8}/g) ?? [];
  const title = words.slice(0, 5).join(" ");
  return {
    ...{ guid: `${house}-${n}`, path: `/artikel/${n}`, title: title.charAt(0).toUpperCase() + title.slice(1) },
    ...{ teaser: `${words.slice(5, 8).join(" ")}.`, at: now - (n + 1) * 7 * MINUTE },
  };
}

const letter = (digit: string): string => "ghijklmnop".charAt(Number(digit));

/** Has these houses' feeds polled, and all that comes of it decided, rendered and served. */
export async function polled(daemon: Daemon, houses: readonly House[]): Promise<void> {
  const { feeds, documents, now } = daemon.world;
  const ids = houses.map(({ id }) => feedId(id));
  const polledAt = async () => {
    const states = await feeds.states(ids);
    return ids.map((id) => (states.get(id) ?? NEW_FEED_STATE).polledAt ?? 0);
  };
  const before = await polledAt();
  await Promise.all(ids.map((id) => feeds.dueNow(id, now())));
  await daemon.tick();
  await eventually("the houses polled", async () =>
    (await polledAt()).every((at, n) => at > (before[n] ?? 0)) ? true : undefined,
  );
  await daemon.settled(0);
  await eventually("what is published served", async () => {
    for (const [path, etag] of Object.entries(await documents.etags())) {
      const answer = await fetch(`http://127.0.0.1:${daemon.port}/${path}`, {
        headers: { "accept-encoding": "identity" },
      });
      if (!answer.headers.get("etag")?.includes(etag)) return undefined;
    }
    return true;
  });
}
