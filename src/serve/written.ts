import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import type { Answerable } from "./answer.ts";

/** A text that was made just now, ready to be answered with. */
export function written(text: string, contentType: string): Answerable {
  const identity = Buffer.from(text);
  const etag = createHash("sha256").update(identity).digest("base64url").slice(0, ETAG_CHARACTERS);
  const bodies =
    identity.byteLength > WORTH_COMPRESSING ? { identity, gzip: gzipSync(identity, { level: 6 }) } : { identity };
  return { contentType, etag, bodies };
}

/** Bytes: about what fits into the first packets anyway. */
const WORTH_COMPRESSING = 2048;
/** 132 bits */
const ETAG_CHARACTERS = 22;
