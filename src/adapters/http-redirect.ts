import type { FetchRequest, NoAnswer } from "../model/answer.ts";
import { trouble } from "./http-trouble.ts";

/** The way so far, from the address that was asked for. */
export interface Trail {
  readonly request: FetchRequest;
  readonly visited: readonly string[];
  /** every hop was 301 or 308, none went from https to http */
  readonly isPermanent: boolean;
}

const MAX_HOPS = 5;
const FOLLOWED: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const PERMANENT: ReadonlySet<number> = new Set([301, 308]);
/** Those that keep the method (RFC 9110 15.4). */
const METHOD_KEPT: ReadonlySet<number> = new Set([307, 308]);
/** What was meant for one origin only. */
const CREDENTIALS: ReadonlySet<string> = new Set(["authorization", "cookie", "proxy-authorization"]);

/** Checked start of a way: http or https, no fragment, no user information in the URL. */
export function startTrail(request: FetchRequest): Trail | NoAnswer {
  const url = webUrl(request.url);
  if ("kind" in url) return url;
  return { request: { ...request, url: url.href }, visited: [url.href], isPermanent: true };
}

/** @returns the way one hop further, a failure, or undefined where this answer is the last */
export function nextHop(trail: Trail, status: number, location: string | undefined): Trail | NoAnswer | undefined {
  if (!FOLLOWED.has(status) || location === undefined) return undefined;
  if (trail.request.method === "POST" && !METHOD_KEPT.has(status)) return undefined;
  const from = new URL(trail.request.url);
  const url = webUrl(utf8Of(location), from);
  if ("kind" in url) return url;
  if (trail.visited.includes(url.href)) return trouble("redirect-loop", `redirected in a circle to ${url.href}`);
  if (trail.visited.length > MAX_HOPS) return trouble("redirect-limit", `redirected more than ${MAX_HOPS} times`);
  const isDowngrade = from.protocol === "https:" && url.protocol === "http:";
  return {
    request: { ...trail.request, url: url.href, headers: headersFor(trail.request.headers, from, url) },
    visited: [...trail.visited, url.href],
    isPermanent: trail.isPermanent && PERMANENT.has(status) && !isDowngrade,
  };
}

function webUrl(text: string, base?: URL): URL | NoAnswer {
  const url = URL.parse(text, base?.href);
  if (url === null) return trouble("bad-url", `"${text.slice(0, 200).toWellFormed()}" is no URL`);
  if (url.protocol !== "http:" && url.protocol !== "https:")
    return trouble("bad-scheme", `${url.protocol} is neither http nor https`);
  url.hash = "";
  url.username = "";
  url.password = "";
  return url;
}

/** Header bytes come as Latin-1; a Location that was meant as UTF-8 is read as such. */
function utf8Of(header: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.from(header, "latin1"));
  } catch {
    return header;
  }
}

function headersFor(headers: FetchRequest["headers"], from: URL, to: URL): FetchRequest["headers"] {
  if (from.origin === to.origin) return headers;
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !CREDENTIALS.has(name)));
}
