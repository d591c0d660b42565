import type { Dispatcher } from "undici";
import type { Answer, FetchRequest, NoAnswer } from "../model/answer.ts";
import type { Document } from "../model/document.ts";
import { type Duration, SECOND, showDuration } from "../model/time.ts";
import { type AgentOptions, type Agents, openAgents } from "./http-agents.ts";
import { ACCEPT_ENCODING, BODY_LIMITS, type BodyLimits, readBody, readExcerpt } from "./http-body.ts";
import { nextHop, startTrail, type Trail } from "./http-redirect.ts";
import { isHttp2Trouble, trouble, troubleOf } from "./http-trouble.ts";

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

/** Enough of an error page to see its title. */
const ERROR_PAGE_BYTES = 64 * 1024;
/** What is read of a redirect's body so that the connection can be used again. */
const REDIRECT_BODY_BYTES = 16 * 1024;

/** Sent by some servers twice; the first one counts. The others are lists (RFC 9110 5.3). */
const SINGLE: ReadonlySet<string> = new Set([
  ..."etag last-modified location date expires age retry-after content-type content-length".split(" "),
]);

export type Fetcher = ReturnType<typeof openFetcher>;

/** Asked before every request, redirects included: is it the host's turn? */
export type Admit = (url: string) => Promise<Admission>;
export type Admission =
  | { readonly kind: "go"; readonly leave: () => Promise<void> }
  | { readonly kind: "wait"; readonly wait: Duration };

interface FetchOptions {
  readonly signal?: AbortSignal;
  readonly admit?: Admit;
  /** where a document of this kind is smaller than others */
  readonly bodyLimits?: BodyLimits;
}

interface Journey {
  readonly agents: Agents;
  readonly admit: Admit;
  readonly limits: FetchLimits;
  readonly signal: AbortSignal;
  readonly troubleIn: (error: unknown) => NoAnswer;
}

/**
 * The only way out to publishers: safe addresses only, at every hop; bounded in time and size; no cookies, no referrer.
 * What goes wrong on the wire is a value; only what `admit` throws is thrown.
 */
export function openFetcher(options: AgentOptions & { readonly limits?: Partial<FetchLimits> }) {
  const limits = { ...FETCH_LIMITS, ...options.limits };
  const agents = openAgents(options, limits);

  return {
    async fetch(request: FetchRequest & FetchOptions): Promise<Answer> {
      const { signal: calledOff, admit = anybody, bodyLimits, ...asked } = request;
      // AbortSignal.timeout() would keep each request in memory until its time is over
      const outOfTime = new AbortController();
      const timer = setTimeout(() => outOfTime.abort(), limits.total);
      const signal = calledOff === undefined ? outOfTime.signal : AbortSignal.any([calledOff, outOfTime.signal]);
      const troubleIn = (error: unknown): NoAnswer => {
        if (calledOff?.aborted) return trouble("aborted", "the request was called off");
        return outOfTime.signal.aborted
          ? trouble("timeout", `not done within ${showDuration(limits.total)}`)
          : troubleOf(error);
      };
      try {
        const journey = { agents, admit, limits: { ...limits, ...bodyLimits }, signal, troubleIn };
        return await follow(journey, startTrail(asked));
      } finally {
        clearTimeout(timer);
      }
    },
    async [Symbol.asyncDispose](): Promise<void> {
      await agents[Symbol.asyncDispose]();
    },
  };
}

const anybody: Admit = async () => ({ kind: "go", leave: async () => {} });

/** For a look at one address: whatever came with a 2xx is the document, everything else says why not. */
export async function fetchDocument(fetcher: Fetcher, request: FetchRequest): Promise<Document | NoAnswer> {
  const answer = await fetcher.fetch(request);
  if (answer.kind === "failed") return answer;
  const { url, headers, bytes, status } = answer;
  return status >= 200 && status < 300 ? { url, headers, bytes } : trouble(`http-${status}`, `status ${status}`);
}

async function follow(journey: Journey, trail: Trail | NoAnswer): Promise<Answer> {
  if ("kind" in trail) return trail;
  const step = await inTurn(journey, trail);
  return "kind" in step ? step : await follow(journey, step);
}

/** One request, in its host's turn. */
async function inTurn(journey: Journey, trail: Trail): Promise<Trail | Answer> {
  const admission = await journey.admit(trail.request.url);
  if (admission.kind === "wait") {
    const { host } = new URL(trail.request.url);
    return { ...trouble("host-busy", `${host} is not to be asked yet`), wait: admission.wait };
  }
  try {
    return await hop(journey, trail);
  } catch (error) {
    const isWorthAgain = trail.request.method !== "POST" && isHttp2Trouble(error);
    if (!isWorthAgain || !journey.agents.distrustHttp2(new URL(trail.request.url).origin))
      return journey.troubleIn(error);
  } finally {
    await admission.leave();
  }
  return await inTurn(journey, trail);
}

/** @returns the answer, or the way one hop further */
async function hop({ agents, limits, signal }: Journey, trail: Trail): Promise<Trail | Answer> {
  const response = await ask(agents, trail.request, signal);
  // Reading says what breaks; a body that is left unread breaks, too, and nobody would listen.
  response.body.on("error", () => {});
  const headers = headersOf(response.headers);
  const next = nextHop(trail, response.statusCode, headers["location"]);
  if (next === undefined) return await read(trail, response, headers, limits);
  await response.body.dump({ limit: REDIRECT_BODY_BYTES, signal });
  return next;
}

function ask(agents: Agents, request: FetchRequest, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
  const { origin, pathname, search } = new URL(request.url);
  return agents.request({
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
