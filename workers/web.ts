import type { AddressInfo } from "node:net";
import type { ItemId } from "../src/model/ids.ts";
import type { DeskOutcome } from "../src/model/news.ts";
import { MINUTE, SECOND } from "../src/model/time.ts";
import type { CompiledTopic } from "../src/road.ts";
import { addHubCallbacks, openServer } from "../src/serve/serve.ts";
import { type Newsroom, openNewsroom } from "./newsroom.ts";
import type { Readiness } from "./ops.ts";
import { openPacker } from "./packer.ts";
import { pause } from "./pause.ts";
import { openTail, type Position, type Told } from "./tail.ts";
import { openView } from "./view.ts";
import { openHubCallbacks } from "./websub/callbacks.ts";
import type { World } from "./world.ts";

/** Longer silence from Redis than this, and readiness says so. The pages go on being served. */
const SILENCE = 10 * SECOND;

/** The web role: loads everything that is kept, follows what changes, and answers from memory. */
export async function openWeb(world: World, topics: readonly CompiledTopic[], signal: AbortSignal) {
  const { settings, log } = world;
  const packer = openPacker(world);
  const newsroom = openNewsroom(settings, topics, packer.pack);
  let loaded = false;
  let heardAt = world.now();

  const readiness = (): Readiness => {
    const reasons = [
      ...(loaded ? [] : ["the search index is loading"]),
      ...(world.now() - heardAt > SILENCE
        ? [`Redis has been silent for ${Math.round((world.now() - heardAt) / 1000)} s`]
        : []),
      ...(signal.aborted ? ["shutting down"] : []),
    ];
    return { ready: reasons.length === 0, reasons };
  };
  const view = openView(world, newsroom, topics, readiness);
  const server = await openServer(view, { now: world.now, log });
  const callbacks = openHubCallbacks(world);
  addHubCallbacks(server, callbacks);
  server.addHook("onResponse", async (request, reply) => {
    world.metrics.requests.inc({ kind: kindOf(request.url), code: String(reply.statusCode) });
  });
  await server.listen({ host: settings.http.host, port: settings.http.port });

  const following = follow(world, newsroom, signal, {
    loaded: () => {
      loaded = true;
    },
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
      await packer[Symbol.asyncDispose]();
      log.info("web.closed");
    },
  };
}

const portOf = (address: AddressInfo | string | null): number | undefined =>
  typeof address === "object" ? address?.port : undefined;

/** Few and bounded: what was asked for, not by which address. */
function kindOf(url: string): "feed" | "search" | "page" {
  const [path = ""] = url.split("?");
  if (path.startsWith("/search")) return "search";
  return /\.(rss|atom|json)$/.test(path) ? "feed" : "page";
}

async function follow(
  world: World,
  newsroom: Newsroom,
  signal: AbortSignal,
  say: { readonly loaded: () => void; readonly heard: () => void },
): Promise<void> {
  const blocking = world.connect("web", true);
  const tail = openTail(blocking, world.keys);
  signal.addEventListener("abort", () => blocking.disconnect(), { once: true });

  let position: Position | undefined;
  let listenedAt = world.now();
  while (!signal.aborted) {
    try {
      if (position === undefined) {
        const end = await tail.end();
        await loadAll(world, newsroom);
        position = end;
        say.loaded();
      }
      const { told, position: next } = await tail.next(position);
      if (world.now() - listenedAt > MINUTE && (await tail.hasGap(position))) position = undefined;
      else {
        await apply(world, newsroom, told);
        position = next;
      }
      listenedAt = world.now();
      say.heard();
    } catch (error) {
      if (signal.aborted) return;
      world.log.warn({ err: String(error) }, "web.follow");
      await pause(SECOND, signal);
    }
  }
}

/** Pages are served meanwhile. */
const LOADED_AT_ONCE = 50;

async function loadAll(world: World, newsroom: Newsroom): Promise<void> {
  const started = world.now();
  for (const [from, into] of await world.desk.aliases()) newsroom.search.alias(from, into);
  const kept = new Set<ItemId>();
  for await (const batch of world.items.all()) {
    for (let from = 0; from < batch.length; from += LOADED_AT_ONCE) {
      newsroom.load(batch.slice(from, from + LOADED_AT_ONCE));
      await new Promise((resolve) => setImmediate(resolve));
    }
    for (const { item } of batch) kept.add(item.id);
    world.metrics.indexWrites.inc(batch.length);
  }
  newsroom.keepOnly(kept);
  for (const { item } of (await world.items.withdrawnFrom()).toReversed()) newsroom.withdraw(item);
  await newsroom.search.loaded();
  for (const path of Object.keys(await world.documents.etags())) await fetchDocument(world, newsroom, path);
  world.metrics.indexSize.set(newsroom.search.size);
  world.log.info({ items: newsroom.search.size, tookMs: world.now() - started }, "web.loaded");
}

async function apply(world: World, newsroom: Newsroom, told: readonly Told[]): Promise<void> {
  const wanted = told.flatMap((one) => (one.kind === "outcome" ? namedIn(one.outcome) : []));
  const items = await world.items.items([...new Set<ItemId>(wanted)]);
  const itemsById = new Map(items.map((item) => [item.id, item]));
  for (const one of told) newsroom.hear(one, itemsById);
  if (wanted.length > 0) world.metrics.indexWrites.inc(wanted.length);
  world.metrics.indexSize.set(newsroom.search.size);

  const swapped = new Set(told.flatMap((one) => (one.kind === "swapped" ? [one.path] : [])));
  for (const path of swapped) await fetchDocument(world, newsroom, path);
}

const namedIn = ({ decisions, withdrawn }: DeskOutcome): readonly ItemId[] => [
  ...decisions.map(({ item }) => item),
  ...withdrawn,
];

async function fetchDocument(world: World, newsroom: Newsroom, path: string): Promise<void> {
  const document = await world.documents.document(path);
  if (document === undefined) newsroom.documents.delete(path);
  else newsroom.documents.set(path, document);
}
