import { promisify } from "node:util";
import { zstdCompress, zstdDecompress } from "node:zlib";
import type { Redis } from "ioredis";
import type { FeedId } from "../model/ids.ts";
import type { KeptDocument, KeptNote, KeptReason } from "../model/kept.ts";
import { DAY, type Instant } from "../model/time.ts";
import type { Keys } from "./keys.ts";
import { readJson } from "./read-json.ts";
import { redisScript } from "./redis-script.ts";

const keepScript = redisScript("keep-document");
const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);

const MIB = 1024 * 1024;
/** Redis holds it in memory: all documents together, compressed. A real feed of 100 KB takes about 20. */
const CAP = 32 * MIB;
/** Pages list them all. */
const MAX_DOCUMENTS = 2000;
/** One document may not push out all others: of a larger one the beginning must do. */
const MAX_COMPRESSED = 2 * MIB;
const MAX_READ = 20 * MIB;
const RETENTION = 14 * DAY;
/** Headers may be large, and only some say how to read a document. */
const MAX_HEADERS = 4000;
const MAX_WHY = 500;

/** Documents that could not be read, for all workers: of each feed the latest of each reason, for two weeks, bounded. */
export function quarantineStore(
  redis: Redis,
  keys: Keys,
  limits: { readonly cap?: number; readonly documents?: number } = {},
) {
  const [order, notes, bytes, sizes] = [keys.kept, `${keys.kept}:notes`, `${keys.kept}:bytes`, `${keys.kept}:sizes`];

  return {
    async keep(document: Omit<KeptDocument, "size" | "isCut">): Promise<void> {
      const { bytes: whole, ...about } = document;
      const packed = await compress(whole);
      const isCut = packed.length > MAX_COMPRESSED;
      const note: KeptNote = {
        ...about,
        why: about.why.slice(0, MAX_WHY).toWellFormed(),
        headers: bounded(about.headers),
        size: whole.length,
        ...(isCut && { isCut }),
      };
      const kept = isCut ? await compress(whole.subarray(0, MAX_COMPRESSED)) : packed;
      const { cap = CAP, documents = MAX_DOCUMENTS } = limits;
      const args = [nameOf(note), note.at, JSON.stringify(note), kept, cap, RETENTION, documents];
      await keepScript(redis, [order, notes, bytes, sizes], args);
    },

    /** Newest first; of one feed or of all. */
    async notes(now: Instant, feed?: FeedId): Promise<readonly KeptNote[]> {
      const all = Object.values(await redis.hgetall(notes)).flatMap((text) => readJson<KeptNote>(text) ?? []);
      return all
        .filter((note) => (feed === undefined || note.feed === feed) && note.at > now - RETENTION)
        .toSorted((one, other) => other.at - one.at);
    },

    async document(feed: FeedId, reason: KeptReason): Promise<KeptDocument | undefined> {
      const name = nameOf({ feed, reason });
      const note = readJson<KeptNote>(await redis.hget(notes, name));
      const packed = await redis.hgetBuffer(bytes, name);
      if (note === undefined || packed === null) return undefined;
      return { ...note, bytes: await decompress(packed, { maxOutputLength: MAX_READ }) };
    },
  };
}

const nameOf = ({ feed, reason }: Pick<KeptNote, "feed" | "reason">): string => `${feed} ${reason}`;

/** The short ones; what does not fit says nothing that a reader asks for. */
function bounded(headers: KeptNote["headers"]): KeptNote["headers"] {
  let room = MAX_HEADERS;
  const kept = Object.entries(headers).filter(([name, value]) => {
    const length = name.length + value.length;
    if (length > room) return false;
    room -= length;
    return true;
  });
  return Object.fromEntries(kept);
}
