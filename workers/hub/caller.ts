import { type Fetcher, openFetcher } from "../../src/adapters/http-fetcher.ts";
import { ownLookup } from "../../src/adapters/name-servers.ts";
import type { Reply } from "../../src/hub/hub.ts";
import type { FetchRequest } from "../../src/model/answer.ts";
import type { Settings } from "../../src/model/settings.ts";
import { type Duration, SECOND } from "../../src/model/time.ts";

/** Subscribers answer at once and read later; a slow one is tried again. */
const LIMITS = { connect: 5 * SECOND, headers: 10 * SECOND, total: 10 * SECOND };
/** A challenge is the longest answer that matters. */
const ANSWER_BYTES = 1024;
/** Calls of one process to one host at a time: a slow host holds up its own subscribers only. */
const CALLS_A_HOST = 8;
/** Who is sent away comes back when it is about his turn, by how long the last call took. */
const SHORTEST_WAIT: Duration = SECOND / 4;
const LONGEST_WAIT: Duration = 30 * SECOND;

/** What a call came to. */
export type Called =
  | { readonly kind: "replied"; readonly reply: Reply }
  | { readonly kind: "silent"; readonly why: string }
  /** it leads where nobody may be called, and was not made */
  | { readonly kind: "forbidden"; readonly why: string }
  /** its host has enough to do: not made either */
  | { readonly kind: "busy"; readonly wait: Duration };

export type Caller = ReturnType<typeof openCaller>;

/** The hub's way out to subscribers: safe addresses only, no redirects, short answers, ten seconds. */
export function openCaller({ poll, websub }: Settings, calledOff: AbortSignal) {
  const fetcher: Fetcher = openFetcher({
    ...poll,
    allowNetworks: websub?.allowNetworks ?? [],
    perHostConcurrency: CALLS_A_HOST,
    lookup: ownLookup(),
    limits: LIMITS,
  });
  const hosts = new Map<string, Host>();

  return {
    /** @param name of the host whose calls are counted together */
    async call(name: string, request: FetchRequest): Promise<Called> {
      const host = hosts.get(name) ?? { calls: 0, took: 0, nextAt: 0 };
      const now = performance.now();
      if (host.calls >= CALLS_A_HOST) return { kind: "busy", wait: queued(host, now) };
      hosts.set(name, host);
      host.calls += 1;
      try {
        return await made(request);
      } finally {
        host.took = performance.now() - now;
        host.calls -= 1;
        if (host.calls === 0) hosts.delete(name);
      }
    },
    async [Symbol.asyncDispose](): Promise<void> {
      await fetcher[Symbol.asyncDispose]();
    },
  };

  async function made({ headers, ...request }: FetchRequest): Promise<Called> {
    const own = { "user-agent": poll.userAgent, "accept-encoding": "identity" };
    const asked = { ...request, headers: { ...own, ...headers }, glance: ANSWER_BYTES, signal: calledOff };
    const answer = await fetcher.fetch(asked);
    if (answer.kind === "answered")
      return { kind: "replied", reply: { status: answer.status, text: Buffer.from(answer.bytes).toString("utf8") } };
    // we are stopping: no fault of theirs
    if (calledOff.aborted) return { kind: "busy", wait: SHORTEST_WAIT };
    const why = `${answer.code}: ${answer.why}`;
    return { kind: FORBIDDEN.has(answer.code) ? "forbidden" : "silent", why };
  }
}

/** What is under way at a host. */
interface Host {
  calls: number;
  /** how long the last call did */
  took: Duration;
  /** when the last of those who were sent away has his turn */
  nextAt: number;
}

function queued(host: Host, now: number): Duration {
  host.nextAt = Math.max(host.nextAt, now) + host.took / CALLS_A_HOST;
  return Math.round(Math.min(LONGEST_WAIT, Math.max(SHORTEST_WAIT, host.nextAt - now)));
}

const FORBIDDEN: ReadonlySet<string> = new Set(["blocked-address", "blocked-port"]);
