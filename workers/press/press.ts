import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import type { Feed, Publisher } from "../../src/model/feed.ts";
import { feedId, publisherId } from "../../src/model/ids.ts";
import type { Instant } from "../../src/model/time.ts";
import { type Answer, answerOf, type Newsstand, type Question } from "./answer.ts";
import { type FeedPlan, HOUSES, type House } from "./houses.ts";
import { readStock } from "./stock.ts";

/** A row of invented publishers behind one port of this machine, who keep publishing: the demo needs no internet. */
export interface Press extends AsyncDisposable {
  readonly port: number;
  readonly publishers: readonly Publisher[];
  readonly feeds: readonly Feed[];
}

interface PressOptions {
  readonly now: () => Instant;
  /** another one publishes the same pieces at slightly other moments */
  readonly seed?: number;
  /** left out: one that is free */
  readonly port?: number;
}

export async function openPress({ now, seed = 1, port = 0 }: PressOptions): Promise<Press> {
  const server = createServer();
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const address = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${address.port}`;
  const stand: Newsstand = { stock: await readStock(), seed, origin, openedAt: now() };
  const asked = new Set<string>();
  server.on("request", (request, response) => {
    const question = questionOf(request, asked);
    asked.add(question.path);
    void send(response, answerOf(stand, question, now() - stand.openedAt));
  });
  return {
    port: address.port,
    publishers: HOUSES.map((house) => publisherOf(house, origin)),
    feeds: HOUSES.flatMap((house) => house.feeds.map((feed) => feedOf(house, feed, origin))),
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

function questionOf({ url = "/", headers }: IncomingMessage, asked: ReadonlySet<string>): Question {
  const { pathname } = new URL(url, "http://press");
  return {
    path: pathname,
    first: !asked.has(pathname),
    ...(headers["if-none-match"] !== undefined && { ifNoneMatch: headers["if-none-match"] }),
    ...(headers["if-modified-since"] !== undefined && { ifModifiedSince: headers["if-modified-since"] }),
  };
}

async function send(response: ServerResponse, { status, headers, body, delay }: Answer): Promise<void> {
  if (delay > 0) await wait(delay, undefined, { ref: false });
  response.writeHead(status, headers).end(body);
}

function publisherOf({ id, title, language, country, rank }: House, origin: string): Publisher {
  return { id: publisherId(id), title, homeUrl: `${origin}/${id}/`, language, country, rank };
}

function feedOf(house: House, feed: FeedPlan, origin: string): Feed {
  const name = feed.section ?? "alle";
  return {
    id: feedId(`${house.id}-${name}`),
    publisher: publisherId(house.id),
    url: `${origin}/${house.id}/${feed.movedFrom ?? feed.file}`,
    title: feed.section === undefined ? house.title : `${house.title}: ${house.labels[feed.section] ?? feed.section}`,
    fullContent: false,
  };
}
