import { type Fetcher, openFetcher } from "../../src/adapters/http-fetcher.ts";
import { ownLookup } from "../../src/adapters/name-servers.ts";
import type { Reply } from "../../src/hub/hub.ts";
import type { FetchRequest } from "../../src/model/answer.ts";
import type { Settings } from "../../src/model/settings.ts";
import { type Duration, MINUTE, SECOND } from "../../src/model/time.ts";

/** Subscribers answer at once and read later; a slow one is tried again. */
const LIMITS = { connect: 5 * SECOND, headers: 10 * SECOND, total: 10 * SECOND };
/** A challenge is the longest answer that matters. */
const ANSWER_BYTES = 1024;
/** Calls of one process to one host at a time: a slow host holds up its own subscribers only. */
const CALLS_A_HOST = 8;
/** A host that takes longer is called once at a time: a stranger may have thousands of subscribers that answer late. */
const SLOW: Duration = 2 * SECOND;
/** And at all slow hosts together no more than this: there is always room for the others (workers/deliver.ts). */
const CALLS_OF_SLOW = 100;
/** As many as are remembered to be slow; the one that was called longest ago is forgotten. */
const MOST_SLOW = 10_000;
/** Who is sent away comes back when it is about his turn, by how long the last call took. */
const SHORTEST_WAIT: Duration = SECOND / 4;
const LONGEST_WAIT: Duration = 5 * MINUTE;

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
  let callsOfSlow = 0;

  return {
    /** @param name of the host whose calls are counted together */
    async call(name: string, request: FetchRequest): Promise<Called> {
      const host = hosts.get(name) ?? { calls: 0, calledAt: 0, took: 0, nextAt: 0 };
      const now = performance.now();
      const isSlow = host.took > SLOW;
      const places = isSlow ? 1 : CALLS_A_HOST;
      if (host.calls >= places || (isSlow && callsOfSlow >= CALLS_OF_SLOW))
        return { kind: "busy", wait: queued(host, places, now) };
      hosts.set(name, host);
      host.calls += 1;
      host.calledAt = now;
      if (isSlow) callsOfSlow += 1;
      try {
        return await made(request);
      } finally {
        // one quick answer among slow ones proves little
        host.took = Math.max(performance.now() - now, host.took / 2);
        host.calls -= 1;
        if (isSlow) callsOfSlow -= 1;
        settle(name, host);
      }
    },
    async [Symbol.asyncDispose](): Promise<void> {
      await fetcher[Symbol.asyncDispose]();
    },
  };

  function settle(name: string, host: Host): void {
    hosts.delete(name);
    if (host.calls > 0 || host.took > SLOW) hosts.set(name, host);
    const [oldest] = hosts.keys();
    if (hosts.size > MOST_SLOW && oldest !== undefined) hosts.delete(oldest);
  }

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
  /** when the last one began */
  calledAt: number;
  /** how long the last one took, or half of what the one before it did */
  took: Duration;
  /** when the last of those who were sent away has his turn */
  nextAt: number;
}

function queued(host: Host, places: number, now: number): Duration {
  const took = Math.max(host.took, host.calls > 0 ? now - host.calledAt : 0);
  host.nextAt = Math.min(now + LONGEST_WAIT, Math.max(host.nextAt, now) + took / places);
  return Math.round(Math.max(SHORTEST_WAIT, host.nextAt - now));
}

const FORBIDDEN: ReadonlySet<string> = new Set(["blocked-address", "blocked-port"]);
