import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { DAY, type Duration, HOUR, type Instant, SECOND } from "../../src/model/time.ts";

/** Where the test's week begins: its documents have no items before. */
export const WEEK_BEGINS: Instant = Date.UTC(2026, 2, 2, 12);

/** A publisher of one kind: what it says in its headers, and when it is unwell. */
export interface Origin {
  readonly name: string;
  /** validators of the document's n-th version; `at` is when it is asked */
  readonly validators: (version: number, at: Instant) => { readonly etag?: string; readonly "last-modified"?: string };
  readonly headers?: (at: Instant) => Readonly<Record<string, string>>;
  readonly channel?: string;
  /** an answer that is no document: trouble, or a redirect */
  readonly instead?: (at: Instant, path: string) => Instead | undefined;
  /** what the document's own words and headers ask for, or what we hold back by ourselves */
  readonly gap: Duration;
}

interface Instead {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly gap?: Duration;
}

/** The columns of R. Kroll's Feed Reader Score (facts A.1), of one client at one publisher. */
interface Score {
  requests: number;
  unconditional: number;
  notModified: number;
  /** validators that were never issued */
  bogus: number;
  /** validators that were issued, but not last; and those that were issued last and are not sent */
  outOfSequence: number;
  cookies: number;
  referrers: number;
  queries: number;
  /** requests before the time that was allowed */
  tooEarly: number;
  shortestGap: Duration;
}

/** The document changes every five hours, and is only touched (new validators, same body) every seven. */
const versionAt = (at: Instant): number => Math.floor((at - WEEK_BEGINS) / (5 * HOUR));

const httpDate = (at: Instant): string => new Date(at).toUTCString();

/** Answers as the origin would, keeps the score, and issues a cookie with every answer. */
export async function openScoreServer(origin: Origin, now: () => Instant) {
  const score: Score = {
    requests: 0,
    unconditional: 0,
    notModified: 0,
    bogus: 0,
    outOfSequence: 0,
    cookies: 0,
    referrers: 0,
    queries: 0,
    tooEarly: 0,
    shortestGap: Number.POSITIVE_INFINITY,
  };
  const issued = new Set<string | undefined>();
  let current: Readonly<Record<string, string | undefined>> = {};
  let last: Instant | undefined;
  let allowedAt = 0;

  function judge({ headers, url = "" }: IncomingMessage): void {
    const sent = { etag: headers["if-none-match"], "last-modified": headers["if-modified-since"] };
    const isConditional = sent.etag !== undefined || sent["last-modified"] !== undefined;
    if (!isConditional) score.unconditional += 1;
    for (const name of isConditional ? (["etag", "last-modified"] as const) : []) {
      if (sent[name] !== undefined && !issued.has(sent[name])) score.bogus += 1;
      else if (sent[name] !== current[name]) score.outOfSequence += 1;
    }
    if (headers.cookie !== undefined) score.cookies += 1;
    if (headers.referer !== undefined) score.referrers += 1;
    if (url.includes("?") || url.includes("#")) score.queries += 1;
  }

  function pace(at: Instant): void {
    score.requests += 1;
    if (last !== undefined) score.shortestGap = Math.min(score.shortestGap, at - last);
    if (at < allowedAt) score.tooEarly += 1;
    last = at;
  }

  function send(response: ServerResponse, at: Instant, status: number, headers: object, body = ""): void {
    response.sendDate = false;
    response.writeHead(status, { date: httpDate(at), "set-cookie": "reader=1", ...headers });
    response.end(body);
  }

  const server = createServer((request, response) => {
    const at = now();
    const instead = origin.instead?.(at, request.url ?? "");
    const isHop = instead !== undefined && instead.status >= 300 && instead.status < 400;
    if (isHop) return send(response, at, instead.status, instead.headers ?? {});
    pace(at);
    judge(request);
    allowedAt = at + (instead?.gap ?? origin.gap);
    if (instead !== undefined) return send(response, at, instead.status, instead.headers ?? {});

    const version = versionAt(at);
    const validators = origin.validators(version, at);
    const isSame = isKnown(origin, request, version, at);
    if (isSame) score.notModified += 1;
    current = validators;
    for (const value of Object.values(validators)) issued.add(value);
    const headers = { ...validators, ...origin.headers?.(at) };
    send(response, at, isSame ? 304 : 200, headers, isSame ? "" : documentOf(version, origin.channel));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;

  return {
    score,
    url: (path: string): string => `http://127.0.0.1:${port}${path}`,
    async [Symbol.asyncDispose](): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** An ETag is of the version before its "."; If-None-Match goes before If-Modified-Since (RFC 9110 13.2.2). */
function isKnown({ validators }: Origin, { headers }: IncomingMessage, version: number, at: Instant): boolean {
  const { etag, "last-modified": date } = validators(version, at);
  const { "if-none-match": sentTag, "if-modified-since": sentDate } = headers;
  if (etag !== undefined) return sentTag?.split(".")[0] === etag.split(".")[0];
  return date !== undefined && sentDate === date;
}

/** So many items a version that only manners keep a client from coming every few minutes. */
const ITEMS_A_VERSION = 15;
const VERSIONS = 4;

/** RSS with the items of the last versions. Its texts are invented. */
function documentOf(version: number, channel = ""): string {
  const newest = version * ITEMS_A_VERSION;
  const items = Array.from({ length: VERSIONS * ITEMS_A_VERSION }, (_, n) => newest - n).map(
    (n) => `<item><guid isPermaLink="false">news-${n}</guid><title>Report ${n} from the harbour</title>
<link>https://paper.example/${n}</link>
<pubDate>${httpDate(WEEK_BEGINS + (n * 5 * HOUR) / ITEMS_A_VERSION)}</pubDate></item>`,
  );
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>The Paper</title>
<link>https://paper.example/</link>${channel}${items.join("\n")}</channel></rss>`;
}

const strong = (version: number): string => `"v${version}"`;
const modified = (version: number): string => httpDate(WEEK_BEGINS + version * 5 * HOUR);
const both = (version: number) => ({ etag: strong(version), "last-modified": modified(version) });
const hoursIn = (at: Instant): number => (at - WEEK_BEGINS) / HOUR;

/** From the given hour of the week on, for so many hours. */
const during = (from: number, length: number, answer: (at: Instant) => Instead) => (at: Instant) =>
  hoursIn(at) >= from && hoursIn(at) < from + length ? answer(at) : undefined;

/** Every kind of publisher that the manners test knows. */
export const ORIGINS: readonly Origin[] = [
  { name: "ETag only", validators: (version) => ({ etag: strong(version) }), gap: HOUR },
  { name: "Last-Modified only", validators: (version) => ({ "last-modified": modified(version) }), gap: HOUR },
  { name: "both", validators: both, gap: HOUR },
  { name: "none", validators: () => ({}), gap: 6 * HOUR },
  { name: "weak and unquoted", validators: (version) => ({ ...both(version), etag: `W/v${version}` }), gap: HOUR },
  {
    name: "same Last-Modified for every version",
    validators: (version) => ({ ...both(version), "last-modified": modified(0) }),
    gap: HOUR,
  },
  {
    name: "a new ETag with every 304",
    validators: (version, at) => ({ etag: `"v${version}.${at}"` }),
    gap: HOUR,
  },
  {
    name: "touched: new validators, same body",
    validators: (version, at) => ({
      etag: `W/"v${version}-${Math.floor(hoursIn(at) / 7)}"`,
      "last-modified": httpDate(WEEK_BEGINS + Math.floor(hoursIn(at) / 7) * 7 * HOUR),
    }),
    gap: HOUR,
  },
  {
    name: "max-age of 12 hours",
    validators: both,
    headers: () => ({ "cache-control": "public, max-age=43200" }),
    gap: 12 * HOUR,
  },
  {
    name: "Expires in three hours",
    validators: both,
    headers: (at) => ({ expires: httpDate(at + 3 * HOUR) }),
    gap: 3 * HOUR - SECOND,
  },
  { name: "ttl of three hours", validators: both, channel: "<ttl>180</ttl>", gap: 3 * HOUR },
  {
    name: "429 with Retry-After in seconds",
    validators: both,
    instead: during(30, 4, () => ({ status: 429, headers: { "retry-after": "7200" }, gap: 2 * HOUR })),
    gap: HOUR,
  },
  {
    name: "503 with Retry-After as a date",
    validators: both,
    instead: during(50, 6, (at) => ({
      status: 503,
      headers: { "retry-after": httpDate(at + 5 * HOUR) },
      gap: 5 * HOUR - SECOND,
    })),
    gap: HOUR,
  },
  {
    name: "429 with Retry-After of two days",
    validators: both,
    instead: during(60, 1.5, () => ({ status: 429, headers: { "retry-after": "172800" }, gap: 2 * DAY })),
    gap: HOUR,
  },
  {
    name: "301 over two hops",
    validators: both,
    instead: (_, path) =>
      path === "/feed"
        ? { status: 301, headers: { location: "/middle" } }
        : path === "/middle"
          ? { status: 308, headers: { location: "/new" } }
          : undefined,
    gap: HOUR,
  },
  {
    name: "302 every time",
    validators: both,
    instead: (_, path) => (path === "/feed" ? { status: 302, headers: { location: "/new" } } : undefined),
    gap: HOUR,
  },
  { name: "404 for a day", validators: both, instead: during(72, 24, () => ({ status: 404 })), gap: HOUR },
  { name: "410 for an hour", validators: both, instead: during(24, 1.2, () => ({ status: 410 })), gap: HOUR },
  { name: "500 for six hours", validators: both, instead: during(100, 6, () => ({ status: 500 })), gap: HOUR },
];
