import type { Readable } from "node:stream";
import { promisify } from "node:util";
import zlib from "node:zlib";
import type { NoAnswer } from "../model/answer.ts";
import { trouble } from "./http-trouble.ts";

const MIB = 1024 * 1024;

/** Small bodies may be as repetitive as they like; beyond this, no feed compresses better than `MAX_RATIO`. */
const RATIO_FREE = MIB;
const MAX_RATIO = 100;

/** RFC 9659: what a zstd frame may ask of our memory, 8 MiB. Node's own limit is 128. */
const ZSTD_WINDOW_LOG = 23;

export interface BodyLimits {
  /** bytes on the wire, where they are compressed */
  readonly compressed: number;
  /** bytes as read */
  readonly decoded: number;
}

export const BODY_LIMITS: BodyLimits = { compressed: 10 * MIB, decoded: 20 * MIB };

/** Nearly every feed is smaller. A larger one needs room, which few have at a time. */
export const LARGE_BODY = MIB;

/** Waits for room for a large body; @returns why there is none */
export type MakeRoom = () => Promise<NoAnswer | undefined>;

type Decoder = (bytes: Uint8Array, options: { readonly maxOutputLength: number }) => Promise<Uint8Array>;

const inflate: Decoder = promisify(zlib.inflate);
const inflateRaw: Decoder = promisify(zlib.inflateRaw);
const gunzip: Decoder = promisify(zlib.gunzip);
const zstd: Decoder = (bytes, options) =>
  promisify(zlib.zstdDecompress)(bytes, {
    ...options,
    params: { [zlib.constants.ZSTD_d_windowLogMax]: ZSTD_WINDOW_LOG },
  });

const DECODERS: ReadonlyMap<string, Decoder> = new Map([
  ["gzip", gunzip],
  ["x-gzip", gunzip],
  ["br", promisify(zlib.brotliDecompress)],
  ["zstd", zstd],
  // RFC 9110 8.4.1.2 means zlib; some servers send the raw stream. The low half of zlib's first byte is 8.
  ["deflate", (bytes, options) => (((bytes[0] ?? 0) & 0x0f) === 8 ? inflate : inflateRaw)(bytes, options)],
]);

/** What our decoders take, as Accept-Encoding says it. */
export const ACCEPT_ENCODING = "gzip, br, zstd";

/** The whole body, decompressed; reads no more than the limits allow, and no large one without room. */
export async function readBody(
  body: Readable,
  contentEncoding: string | undefined,
  limits: BodyLimits,
  makeRoom: MakeRoom,
): Promise<Uint8Array | NoAnswer> {
  const codings = codingsOf(contentEncoding);
  const [coding] = codings;
  const decoder = coding === undefined ? undefined : DECODERS.get(coding);
  if (codings.length > 1 || (coding !== undefined && decoder === undefined)) {
    body.destroy();
    return trouble("encoding", `content-encoding "${contentEncoding?.slice(0, 100)}" is not one that we asked for`);
  }
  const bytes = await collect(body, decoder === undefined ? limits.decoded : limits.compressed, makeRoom);
  if ("kind" in bytes || decoder === undefined || bytes.length === 0) return bytes;
  return await unpack(bytes, decoder, limits, makeRoom);
}

/** The beginning of an error page, for what its title may tell. Never fails: the status has said what matters. */
export async function readExcerpt(
  body: Readable,
  contentEncoding: string | undefined,
  limit: number,
): Promise<Uint8Array> {
  try {
    const read = await readBody(body, contentEncoding, { compressed: limit, decoded: limit }, async () => undefined);
    return "kind" in read ? new Uint8Array() : read;
  } catch {
    return new Uint8Array();
  }
}

function codingsOf(contentEncoding = ""): readonly string[] {
  const codings = contentEncoding.split(",").map((coding) => coding.trim().toLowerCase());
  return codings.filter((coding) => coding !== "" && coding !== "identity");
}

/** Leaving the loop early closes the connection. Whoever waits for room reads nothing meanwhile. */
async function collect(body: Readable, limit: number, makeRoom: MakeRoom): Promise<Uint8Array | NoAnswer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    const isNowLarge = size <= LARGE_BODY && size + chunk.length > LARGE_BODY;
    const noRoom = isNowLarge ? await makeRoom() : undefined;
    if (noRoom !== undefined) return noRoom;
    chunks.push(chunk);
    size += chunk.length;
    if (size > limit) return trouble("too-large", `more than ${limit} bytes`);
  }
  return Buffer.concat(chunks, size);
}

/** Unpacking a large one twice costs a few milliseconds; that it is large is not known before. */
async function unpack(
  bytes: Uint8Array,
  decoder: Decoder,
  limits: BodyLimits,
  makeRoom: MakeRoom,
): Promise<Uint8Array | NoAnswer> {
  const small = await decode(bytes, decoder, { ...limits, decoded: Math.min(LARGE_BODY, limits.decoded) });
  const isLarge = "kind" in small && small.code === "too-large-unpacked" && limits.decoded > LARGE_BODY;
  if (!isLarge) return small;
  return (await makeRoom()) ?? (await decode(bytes, decoder, limits));
}

/** zlib counts while it streams and stops at `maxOutputLength`: a bomb costs no more memory than that. */
async function decode(bytes: Uint8Array, decoder: Decoder, limits: BodyLimits): Promise<Uint8Array | NoAnswer> {
  const byRatio = Math.max(RATIO_FREE, MAX_RATIO * bytes.length);
  const maxOutputLength = Math.min(limits.decoded, byRatio);
  try {
    return await decoder(bytes, { maxOutputLength });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (!("code" in error) || error.code !== "ERR_BUFFER_TOO_LARGE") return trouble("bad-encoding", error.message);
    return byRatio < limits.decoded
      ? trouble("bomb", `${bytes.length} bytes unpack to more than ${maxOutputLength}`)
      : trouble("too-large-unpacked", `unpacks to more than ${maxOutputLength} bytes`);
  }
}
