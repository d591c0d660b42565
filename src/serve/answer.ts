import type { FastifyReply, FastifyRequest } from "fastify";
import type { Instant } from "../model/time.ts";
import { isUnmodified } from "./conditional.ts";
import { acceptedEncodings, ENCODINGS, type Encoding } from "./encoding.ts";

/** Something finished that can be sent: a published document, or a page that was just written. */
export interface Answerable {
  readonly contentType: string;
  /** strong, without quotes and without encoding suffix */
  readonly etag: string;
  readonly modifiedAt?: Instant;
  readonly bodies: { readonly identity: Uint8Array } & { readonly [Other in Encoding]?: Uint8Array };
}

/** An answer with all its headers made, so that sending it is a look-up and a write. */
export interface PreparedAnswer {
  /** where the body is sent */
  readonly status: number;
  readonly tags: readonly string[];
  readonly modifiedAt: Instant | undefined;
  readonly available: readonly Encoding[];
  readonly variants: { readonly [Name in Encoding]?: Variant };
}

interface Variant {
  readonly entityTag: string;
  /** name, value, name, value: the form that node:http writes fastest */
  readonly headers: readonly string[];
  readonly headersUnmodified: readonly string[];
  readonly body: Uint8Array;
}

/** `headers` go with 200 and 304 alike, `headersOfBody` with 200 only. */
export function prepareAnswer(
  document: Answerable,
  headers: Readonly<Record<string, string>>,
  headersOfBody: Readonly<Record<string, string>> = {},
): PreparedAnswer {
  const available = ENCODINGS.filter((encoding) => document.bodies[encoding] !== undefined);
  const variants = available.map((encoding) => [
    encoding,
    variantOf(document, encoding, headers, { "X-Content-Type-Options": "nosniff", ...headersOfBody }),
  ]);
  return {
    status: 200,
    tags: available.map((encoding) => tagOf(document, encoding)),
    modifiedAt: document.modifiedAt,
    available,
    variants: Object.fromEntries(variants),
  };
}

/**
 * The prepared status, 304 or 406, to GET and HEAD.
 * @param instead may answer in place of a body, with another status
 * @returns which
 */
export function sendPrepared(
  { headers, method }: FastifyRequest["raw"],
  response: FastifyReply["raw"],
  prepared: PreparedAnswer,
  now: Instant,
  instead?: () => number | undefined,
): number {
  const variant = choose(prepared, headers["accept-encoding"]);
  if (variant === undefined) return sendNotAcceptable(response, prepared.available);
  const asked = { ifNoneMatch: headers["if-none-match"], ifModifiedSince: headers["if-modified-since"] };
  // what nearly every reader sends: exactly the tag that it was given
  if (asked.ifNoneMatch === variant.entityTag || isUnmodified(asked, prepared.tags, prepared.modifiedAt, now)) {
    response.writeHead(304, variant.headersUnmodified as string[]);
    response.end();
    return 304;
  }
  const other = instead?.();
  if (other !== undefined) return other;
  response.writeHead(prepared.status, variant.headers as string[]);
  response.end(method === "HEAD" ? undefined : variant.body);
  return prepared.status;
}

function choose({ variants }: PreparedAnswer, acceptEncoding: string | undefined): Variant | undefined {
  for (const encoding of acceptedEncodings(acceptEncoding)) {
    const variant = variants[encoding];
    if (variant !== undefined) return variant;
  }
  return undefined;
}

function variantOf(
  document: Answerable,
  encoding: Encoding,
  always: Readonly<Record<string, string>>,
  withBody: Readonly<Record<string, string>>,
): Variant {
  const body = document.bodies[encoding] ?? document.bodies.identity;
  const entityTag = `"${tagOf(document, encoding)}"`;
  const common: Record<string, string> = { ETag: entityTag, Vary: "Accept-Encoding", ...always };
  if (document.modifiedAt !== undefined) common["Last-Modified"] = new Date(document.modifiedAt).toUTCString();
  const content: Record<string, string> = {
    "Content-Type": document.contentType,
    "Content-Length": String(body.byteLength),
    ...withBody,
  };
  if (encoding !== "identity") content["Content-Encoding"] = encoding;
  return {
    entityTag,
    headers: Object.entries({ ...content, ...common }).flat(),
    headersUnmodified: Object.entries(common).flat(),
    body,
  };
}

const SUFFIXES: Readonly<Record<Encoding, string>> = { identity: "", gzip: "-gz", br: "-br", zstd: "-zst" };
const tagOf = ({ etag }: Answerable, encoding: Encoding): string => etag + SUFFIXES[encoding];

function sendNotAcceptable(response: FastifyReply["raw"], available: readonly Encoding[]): number {
  response.writeHead(406, { "Content-Type": "text/plain; charset=utf-8", Vary: "Accept-Encoding" });
  response.end(`This is sent as ${available.join(", ")} only.\n`);
  return 406;
}
