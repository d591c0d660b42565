import type { AddressInfo } from "node:net";
import type { Metrics } from "../src/adapters/metrics.ts";
import { MINUTE, SECOND } from "../src/model/time.ts";
import { addApi, addHub, addHubCallbacks, openServer, type ServerOptions } from "../src/serve/serve.ts";
import { openHubRequests } from "./hub/requests.ts";
import type { Readiness } from "./ops.ts";
import { pause } from "./pause.ts";
import type { TopicBook } from "./topics/topic-book.ts";
import { openApiDesk } from "./web/api-desk.ts";
import { apply, catchUp } from "./web/catch-up.ts";
import { OPML, openExport } from "./web/export.ts";
import { type Newsroom, openNewsroom } from "./web/newsroom.ts";
import { openPacker } from "./web/packer.ts";
import { openSnapshots, type Snapshots } from "./web/snapshot.ts";
import { openTail, type Position } from "./web/tail.ts";
import { openView } from "./web/view.ts";
import { openHubCallbacks } from "./websub/callbacks.ts";
import type { World } from "./world.ts";

/** Longer silence from Redis than this, and readiness says so. The pages go on being served. */
const SILENCE = 10 * SECOND;

/** The web role: loads everything that is kept, follows what changes, and answers from memory. */
export async function openWeb(world: World, book: TopicBook, signal: AbortSignal) {
  const { settings, log } = world;
  const packer = openPacker(world);
  const newsroom = openNewsroom(settings, book.current(), packer.pack);
  book.onChange(({ compiled }) => void newsroom.retopic(compiled));
  let loaded = false;
  let heardAt = world.now();

  const readiness = (): Readiness => {
    const reasons = [
      ...(loaded ? [] : ["the search index is loading"]),
      ...(world.now() - heardAt > SILENCE
        ? [`Redis has been silent for ${Math.round((world.now() - heardAt) / 1000)} s`]
        : []),
      ...world.refusedWrites(),
      ...(signal.aborted ? ["shutting down"] : []),
    ];
    return { ready: reasons.length === 0, reasons };
  };
  const view = openView(world, newsroom, book, readiness);
  const server = await openServer(view, { now: world.now, log, onAnswer: countIn(world.metrics) });
  const callbacks = openHubCallbacks(world);
  addHubCallbacks(server, callbacks);
  if (settings.websub?.hub?.isOwn === true) addHub(server, openHubRequests(world, book));
  addApi(server, view, openApiDesk(world, book, newsroom), { now: world.now, log });
  await server.listen({ host: settings.http.host, port: settings.http.port });

  const source = { document: newsroom.documents.get, has: newsroom.documents.has, opml: view.opml };
  const exported = settings.exportDir === undefined ? undefined : openExport(world, settings.exportDir, source);
  book.onChange(() => exported?.touch([OPML]));
  const snapshots = openSnapshots(world, packer, newsroom.search);
  const following = follow({ world, newsroom, book, snapshots }, signal, {
    loaded: () => {
      loaded = true;
      void exported?.settle(newsroom.documents.paths());
    },
    changed: (paths) => exported?.touch(paths),
    heard: () => {
      heardAt = world.now();
    },
  });

  return {
    readiness,
    port: portOf(server.server.address()),
    async [Symbol.asyncDispose]() {
      await server.close();
      await callbacks[Symbol.asyncDispose]();
      await following;
      await exported?.[Symbol.asyncDispose]();
      await packer[Symbol.asyncDispose]();
      log.info("web.closed");
    },
  };
}

export const countIn =
  ({ requests }: Pick<Metrics, "requests">): NonNullable<ServerOptions["onAnswer"]> =>
  (kind, status) =>
    requests.inc({ kind, code: String(status) });

const portOf = (address: AddressInfo | string | null): number | undefined =>
  typeof address === "object" ? address?.port : undefined;

interface Followed {
  readonly world: World;
  readonly newsroom: Newsroom;
  readonly book: TopicBook;
  readonly snapshots: Snapshots;
}

async function follow(
  { world, newsroom, book, snapshots }: Followed,
  signal: AbortSignal,
  say: {
    readonly loaded: () => void;
    readonly heard: () => void;
    readonly changed: (paths: ReadonlySet<string>) => void;
  },
): Promise<void> {
  const blocking = world.connect("web", true);
  const tail = openTail(blocking, world.keys);
  signal.addEventListener("abort", () => blocking.disconnect(), { once: true });

  let position: Position | undefined;
  let isFirst = true;
  let listenedAt = world.now();
  while (!signal.aborted) {
    try {
      if (position === undefined) {
        const restorable = isFirst && { snapshots };
        // a snapshot that cannot be restored is tried once
        isFirst = false;
        position = await catchUp(world, { newsroom, book, tail, ...restorable });
        say.loaded();
      }
      const news = await tail.next(position);
      say.heard();
      const wasAway = world.now() - listenedAt > MINUTE;
      if (news === undefined || (wasAway && (await tail.hasForgotten(position.decided)))) position = undefined;
      else {
        say.changed(await apply(world, newsroom, news.told));
        ({ position } = news);
        await snapshots.saveNowAndThen(position.decided, world.now());
      }
      listenedAt = world.now();
    } catch (error) {
      if (signal.aborted) break;
      world.log.warn({ err: String(error) }, "web.follow");
      await pause(SECOND, signal);
    }
  }
  if (position !== undefined) await snapshots.save(position.decided);
}
