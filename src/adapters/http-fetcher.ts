import type { Dispatcher } from "undici";
import type { Answer, FetchRequest, NoAnswer } from "../model/answer.ts";
import type { Document } from "../model/document.ts";
import { type Duration, SECOND, showDuration } from "../model/time.ts";
import { type AgentOptions, type Agents, openAgents } from "./http-agents.ts";
import {
  ACCEPT_ENCODING,
  BODY_LIMITS,
  type BodyLimits,
  LARGE_BODY,
  type MakeRoom,
  readBody,
  readExcerpt,
} from "./http-body.ts";
import { nextHop, startTrail, type Trail } from "./http-redirect.ts";
import { isHttp2Trouble, trouble, troubleOf } from "./http-trouble.ts";
import { openPlaces } from "./places.ts";

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

/** Large bodies under way or being read: 100 MB at the most. */
const LARGE_BODIES = 5;
const NO_ROOM: NoAnswer = { ...trouble("no-room", "too many large documents at once"), wait: 30 * SECOND };
const CALLED_OFF: NoAnswer = { ...trouble("aborted", "the request was called off"), wait: 0 };
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
  /** calls the request off: no fault of the publisher, who may be asked again at once */
  readonly signal?: AbortSignal;
  readonly admit?: Admit;
  /** has the room of a large body, and its host's turn, for as long as the document is of use */
  readonly held?: AsyncDisposableStack;
  /** where a document of this kind is smaller than others */
  readonly bodyLimits?: BodyLimits;
  /** only the answer of this very address matters: no redirect is followed, and no more of its body is read than this */
  readonly glance?: number;
}

interface Journey {
  readonly agents: Agents;
  readonly admit: Admit;
  readonly limits: FetchLimits;
  readonly signal: AbortSignal;
  readonly held: AsyncDisposableStack;
  readonly makeRoom: MakeRoom;
  readonly troubleIn: (error: unknown) => NoAnswer;
  readonly glance: number | undefined;
}

/**
 * The only way out to publishers: safe addresses only, at every hop; bounded in time and size; no cookies, no referrer.
 * What goes wrong on the wire is a value; only what `admit` throws is thrown.
 */
export function openFetcher(options: AgentOptions & { readonly limits?: Partial<FetchLimits> }) {
  const limits = { ...FETCH_LIMITS, ...options.limits };
  const agents = openAgents(options, limits);
  const places = openPlaces(LARGE_BODIES);

  return {
    async fetch(request: FetchRequest & FetchOptions): Promise<Answer> {
      await using own = new AsyncDisposableStack();
      const { signal: calledOff, admit = anybody, bodyLimits, held = own, glance, ...asked } = request;
      // AbortSignal.timeout() would keep each request in memory until its time is over
      const outOfTime = new AbortController();
      const timer = setTimeout(() => outOfTime.abort(), limits.total);
      const signal = calledOff === undefined ? outOfTime.signal : AbortSignal.any([calledOff, outOfTime.signal]);
      const troubleIn = (error: unknown): NoAnswer => {
        if (calledOff?.aborted) return CALLED_OFF;
        return outOfTime.signal.aborted
          ? trouble("timeout", `not done within ${showDuration(limits.total)}`)
          : troubleOf(error);
      };
      let hasRoom = false;
      const makeRoom: MakeRoom = async () => {
        if (hasRoom) return undefined;
        const place = await places.take(signal);
        if (place === undefined) return calledOff?.aborted ? CALLED_OFF : NO_ROOM;
        held.use(place);
        hasRoom = true;
        return undefined;
      };
      try {
        const bounds = { ...limits, ...bodyLimits };
        const journey = { agents, admit, limits: bounds, signal, held, makeRoom, troubleIn, glance };
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

/** One request, in its host's turn; a large document is read in it, too. */
async function inTurn(journey: Journey, trail: Trail): Promise<Trail | Answer> {
  const admission = await journey.admit(trail.request.url);
  if (admission.kind === "wait") {
    const { host } = new URL(trail.request.url);
    return { ...trouble("host-busy", `${host} is not to be asked yet`), wait: admission.wait };
  }
  await using turn = new AsyncDisposableStack();
  turn.defer(admission.leave);
  try {
    const step = await hop(journey, trail);
    if ("bytes" in step && step.bytes.length > LARGE_BODY) journey.held.use(turn.move());
    return step;
  } catch (error) {
    const isWorthAgain = trail.request.method !== "POST" && isHttp2Trouble(error);
    if (!isWorthAgain || !journey.agents.distrustHttp2(new URL(trail.request.url).origin))
      return journey.troubleIn(error);
  }
  await turn.disposeAsync();
  return await inTurn(journey, trail);
}

/** @returns the answer, or the way one hop further */
async function hop(journey: Journey, trail: Trail): Promise<Trail | Answer> {
  const { agents, signal } = journey;
  const response = await ask(agents, trail.request, signal);
  // Reading says what breaks; a body that is left unread breaks, too, and nobody would listen.
  response.body.on("error", () => {});
  const headers = headersOf(response.headers);
  const isLast = journey.glance !== undefined;
  const next = isLast ? undefined : nextHop(trail, response.statusCode, headers["location"]);
  if (next === undefined) return await read(journey, trail, response, headers);
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
  { limits, makeRoom, glance }: Journey,
  trail: Trail,
  { statusCode: status, body }: Dispatcher.ResponseData,
  headers: Document["headers"],
): Promise<Answer> {
  const encoding = headers["content-encoding"];
  const bytes =
    status >= 200 && status < 300 && glance === undefined
      ? await readBody(body, encoding, limits, makeRoom)
      : await readExcerpt(body, encoding, glance ?? ERROR_PAGE_BYTES);
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
