import type { FetchRequest } from "../model/answer.ts";
import type { Feed, FeedState, Validators } from "../model/feed.ts";
import { DAY, type Duration } from "../model/time.ts";
import { addressOf } from "./move.ts";

/** facts A-27 */
const ACCEPT =
  "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, " +
  "application/xml;q=0.8, text/xml;q=0.8, */*;q=0.1";

/** What our decoders take (facts A-27). */
const ACCEPT_ENCODING = "gzip, br, zstd";

/** Some servers answer 304 for ever once they have begun; after so long without a body we ask for one. */
const MAX_CONDITIONAL: Duration = 14 * DAY;
/** A document that has lost its items may come back with an older date: then every condition is answered 304. */
const MAX_CONDITIONAL_WHILE_THIN: Duration = DAY;

/** Header values are bytes of Latin-1 without control characters; an ETag beyond this length is no fingerprint. */
const SENDABLE = /^[\t\x20-\x7e\x80-\xff]{1,1024}$/;

/** What to send for one poll: no cookie, no referrer, nothing added to the publisher's address. */
export function requestOf(feed: Feed, state: FeedState, userAgent: string): FetchRequest {
  const address = addressOf(feed, state);
  const { etag, lastModified } = sentValidators(state, address);
  const { url, headers } = firstRequest(address, userAgent);
  return {
    url,
    headers: {
      ...headers,
      ...(etag !== undefined && { "if-none-match": etag }),
      ...(lastModified !== undefined && { "if-modified-since": lastModified }),
    },
  };
}

/** As requestOf, for an address of which nothing is known yet. */
export function firstRequest(address: string, userAgent: string): FetchRequest {
  const url = new URL(address);
  const authorization = basicAuthorization(url);
  url.username = "";
  url.password = "";
  url.hash = "";
  return {
    url: url.href,
    headers: {
      accept: ACCEPT,
      "accept-encoding": ACCEPT_ENCODING,
      "user-agent": userAgent,
      ...(authorization !== undefined && { authorization }),
    },
  };
}

/** The validators that go with a poll of `address`: byte for byte the server's own, or none. */
export function sentValidators(state: FeedState, address: string): Validators {
  if (state.askedUrl !== address) return {};
  const { polledAt, bodyAt, thinSince } = state;
  const longest = thinSince === undefined ? MAX_CONDITIONAL : MAX_CONDITIONAL_WHILE_THIN;
  if (polledAt !== undefined && bodyAt !== undefined && polledAt - bodyAt > longest) return {};
  return state.validators;
}

/** What a server sent, as far as it can be sent back. */
export function validatorsOf(headers: Readonly<Record<string, string>>): Validators {
  const { etag, "last-modified": lastModified } = headers;
  return {
    ...(etag !== undefined && SENDABLE.test(etag) && { etag }),
    ...(lastModified !== undefined && SENDABLE.test(lastModified) && { lastModified }),
  };
}

/** "https://name:password@host/feed": the operator's own credentials, for this origin only. */
function basicAuthorization({ username, password }: URL): string | undefined {
  if (username === "" && password === "") return undefined;
  const plain = `${decode(username)}:${decode(password)}`;
  return `Basic ${Buffer.from(plain).toString("base64")}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
