import { Agent, type Dispatcher } from "undici";
import type { Answer, FetchRequest, NoAnswer } from "../model/answer.ts";
import type { Document } from "../model/document.ts";
import { type Duration, SECOND, showDuration } from "../model/time.ts";
import { ACCEPT_ENCODING, BODY_LIMITS, type BodyLimits, readBody, readExcerpt } from "./http-body.ts";
import { nextHop, startTrail, type Trail } from "./http-redirect.ts";
import { trouble, troubleOf } from "./http-trouble.ts";
import { type Lookup, safeConnector } from "./safe-address.ts";

export interface FetchLimits extends BodyLimits {
  readonly connect: Duration;
  /** from sending the request to the last header */
  readonly headers: Duration;
  /** the whole transfer, redirects included */
  readonly total: Duration;
}

/** facts A-28 */
const FETCH_LIMITS: FetchLimits = {
  ...BODY_LIMITS,
  connect: 10 * SECOND,
  headers: 15 * SECOND,
  total: 30 * SECOND,
};

/** Publishers behind large content security policies send more than Node's 16 KiB. */
const MAX_HEADER_BYTES = 64 * 1024;
/** Enough of an error page to see its title. */
const ERROR_PAGE_BYTES = 64 * 1024;
/** What is read of a redirect's body so that the connection can be used again. */
const REDIRECT_BODY_BYTES = 16 * 1024;
/** facts */
const CONNECTIONS_PER_ORIGIN = 2;
const IDLE: Duration = 4 * SECOND;

/** Sent by some servers twice; the first one counts. The others are lists (RFC 9110 5.3). */
const SINGLE: ReadonlySet<string> = new Set([
  ..."etag last-modified location date expires age retry-after content-type content-length".split(" "),
]);

export type Fetcher = ReturnType<typeof openFetcher>;

/**
 * The only way out to publishers: safe addresses only, at every hop; bounded in time and size; no cookies, no referrer.
 * What goes wrong on the wire is a value; nothing throws.
 */
export function openFetcher(options: {
  /** CIDR of private networks that may be reached all the same */
  readonly allowNetworks: readonly string[];
  readonly ports: readonly number[];
  /** connections to one origin; 2 unless told */
  readonly perHostConcurrency?: number;
  readonly lookup?: Lookup;
  readonly limits?: Partial<FetchLimits>;
}) {
  const limits = { ...FETCH_LIMITS, ...options.limits };
  const agent = new Agent({
    connect: safeConnector({ ...options, timeout: limits.connect }),
    connections: options.perHostConcurrency ?? CONNECTIONS_PER_ORIGIN,
    keepAliveTimeout: IDLE,
    keepAliveMaxTimeout: IDLE,
    headersTimeout: limits.headers,
    bodyTimeout: limits.total,
    maxHeaderSize: MAX_HEADER_BYTES,
    allowH2: false,
  });

  return {
    async fetch(request: FetchRequest & { readonly signal?: AbortSignal }): Promise<Answer> {
      const { signal, ...asked } = request;
      const outOfTime = AbortSignal.timeout(limits.total);
      const stop = signal === undefined ? outOfTime : AbortSignal.any([signal, outOfTime]);
      try {
        return await follow(agent, startTrail(asked), limits, stop);
      } catch (error) {
        if (signal?.aborted) return trouble("aborted", "the request was called off");
        return outOfTime.aborted
          ? trouble("timeout", `not done within ${showDuration(limits.total)}`)
          : troubleOf(error);
      }
    },
    async [Symbol.asyncDispose](): Promise<void> {
      await agent.destroy();
    },
  };
}

/** For a look at one address: whatever came with a 2xx is the document, everything else says why not. */
export async function fetchDocument(fetcher: Fetcher, request: FetchRequest): Promise<Document | NoAnswer> {
  const answer = await fetcher.fetch(request);
  if (answer.kind === "failed") return answer;
  const { url, headers, bytes, status } = answer;
  return status >= 200 && status < 300 ? { url, headers, bytes } : trouble(`http-${status}`, `status ${status}`);
}

async function follow(
  agent: Agent,
  trail: Trail | NoAnswer,
  limits: FetchLimits,
  signal: AbortSignal,
): Promise<Answer> {
  if ("kind" in trail) return trail;
  const response = await ask(agent, trail.request, signal);
  // Reading says what breaks; a body that is left unread breaks, too, and nobody would listen.
  response.body.on("error", () => {});
  const headers = headersOf(response.headers);
  const next = nextHop(trail, response.statusCode, headers["location"]);
  if (next === undefined) return await read(trail, response, headers, limits);
  await response.body.dump({ limit: REDIRECT_BODY_BYTES, signal });
  return await follow(agent, next, limits, signal);
}

function ask(agent: Agent, request: FetchRequest, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
  const { origin, pathname, search } = new URL(request.url);
  return agent.request({
    origin,
    path: pathname + search,
    method: request.method ?? "GET",
    headers: { "accept-encoding": ACCEPT_ENCODING, ...request.headers },
    ...(request.body !== undefined && { body: request.body }),
    signal,
  });
}

async function read(
  trail: Trail,
  { statusCode: status, body }: Dispatcher.ResponseData,
  headers: Document["headers"],
  limits: FetchLimits,
): Promise<Answer> {
  const encoding = headers["content-encoding"];
  const bytes =
    status >= 200 && status < 300
      ? await readBody(body, encoding, limits)
      : await readExcerpt(body, encoding, ERROR_PAGE_BYTES);
  if ("kind" in bytes) return bytes;
  const { url } = trail.request;
  const hasMoved = trail.isPermanent && trail.visited.length > 1;
  return { kind: "answered", status, url, headers, bytes, ...(hasMoved && { movedTo: url }) };
}

function headersOf(raw: Dispatcher.ResponseData["headers"]): Document["headers"] {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(raw)) {
    if (value === undefined || name === "set-cookie") continue;
    headers[name] = typeof value === "string" ? value : SINGLE.has(name) ? (value[0] ?? "") : value.join(", ");
  }
  return headers;
}
