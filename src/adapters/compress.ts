import { promisify } from "node:util";
import { brotliCompress, brotliDecompressSync, constants, gzip, gzipSync, zstdCompress } from "node:zlib";
import type { EntryMark, PackedDocument, PublishedDocument, ServedDocument } from "../model/published.ts";
import { readJson } from "./read-json.ts";

const gzipped = promisify(gzip);
const brotlied = promisify(brotliCompress);
const zstandardised = promisify(zstdCompress);

/** 9 takes eight times as long as 5 for one byte in a hundred; 11 saves thirteen, in sixty times the time (170 KB). */
const BROTLI_QUICK = 5;
const BROTLI_SMALL = 11;
/** Smaller than gzip's best in the same time; 19 takes twenty times as long for three bytes in a hundred. */
const ZSTD_LEVEL = 9;
/** Of what somebody waits for. */
const GZIP_QUICK = 6;

/** The bodies that are sent, made once per change and off the request path (zlib's threads). */
export async function compressed(document: PublishedDocument): Promise<ServedDocument> {
  const { text, leftOut: _, ...rest } = document;
  return { ...rest, bodies: await bodiesOf(text) };
}

export async function bodiesOf(text: string): Promise<Required<ServedDocument["bodies"]>> {
  const identity = Buffer.from(text, "utf8");
  const [gz, br, zstd] = await Promise.all([
    gzipped(identity, { level: constants.Z_BEST_COMPRESSION }),
    brotlied(identity, { params: brotliParams(BROTLI_QUICK, identity.length) }),
    zstandardised(identity, { params: { [constants.ZSTD_c_compressionLevel]: ZSTD_LEVEL } }),
  ]);
  return { identity, gzip: gz, br, zstd };
}

/** For what is made once and kept for long. */
export async function packed(document: PublishedDocument): Promise<PackedDocument> {
  const { text, leftOut: _, ...rest } = document;
  const identity = Buffer.from(text, "utf8");
  return { ...rest, packed: await brotlied(identity, { params: brotliParams(BROTLI_SMALL, identity.length) }) };
}

/** Some three milliseconds. */
export function unpacked({ packed: br, ...rest }: PackedDocument): ServedDocument {
  const identity = brotliDecompressSync(br);
  return { ...rest, bodies: { identity, br, gzip: gzipSync(identity, { level: GZIP_QUICK }) } };
}

export const isPacked = (document: ServedDocument | PackedDocument): document is PackedDocument => "packed" in document;

/** The fields of one Redis hash. */
export function serialise(document: ServedDocument | PackedDocument): Record<string, string | Buffer> {
  const { path, contentType, etag, modifiedAt, itemCount, entries } = document;
  const bodies = isPacked(document) ? { packed: document.packed } : document.bodies;
  return {
    ...{ path, contentType, etag },
    modifiedAt: String(modifiedAt),
    itemCount: String(itemCount),
    entries: JSON.stringify(entries),
    ...Object.fromEntries(Object.entries(bodies).map(([name, body]) => [name, Buffer.from(body)])),
  };
}

/** What HGETALL gives back as buffers; undefined where a field is missing. */
export function deserialise(fields: Readonly<Record<string, Buffer>>): ServedDocument | PackedDocument | undefined {
  const {
    path,
    contentType,
    etag,
    modifiedAt,
    itemCount,
    entries,
    packed: only,
    identity,
    gzip: gz,
    br,
    zstd,
  } = fields;
  if (!path || !contentType || !etag || !modifiedAt || !itemCount) return undefined;
  const about = {
    path: path.toString(),
    contentType: contentType.toString(),
    etag: etag.toString(),
    modifiedAt: Number(modifiedAt.toString()),
    itemCount: Number(itemCount.toString()),
    // documents of earlier versions have none
    entries: readJson<readonly EntryMark[]>(entries?.toString() ?? null) ?? [],
  };
  if (only) return { ...about, packed: only };
  if (!identity || !gz || !br) return undefined;
  return { ...about, bodies: { identity, gzip: gz, br, ...(zstd && { zstd }) } };
}

function brotliParams(quality: number, size: number): Record<number, number> {
  return {
    [constants.BROTLI_PARAM_QUALITY]: quality,
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    [constants.BROTLI_PARAM_SIZE_HINT]: size,
  };
}
