import { createHash, timingSafeEqual } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import { keepNewest } from "../model/keep-newest.ts";
import { type Instant, MINUTE, SECOND } from "../model/time.ts";
import { sendProblem } from "./problem.ts";

/** Who may write: by name, the secret that is theirs. */
export type Tokens = Readonly<Record<string, string>>;

/** @returns the name of whoever asks; undefined where it has been answered that they may not */
export type Guard = (request: FastifyRequest, reply: FastifyReply) => string | undefined;

/** Guesses from one address within a minute; then it has to wait, unless it has been right before. */
const MOST_GUESSES = 10;
/** Addresses that are remembered. */
const MOST_GUESSERS = 10_000;

/**
 * Lets in whoever brings a token. It has to stand in the header Authorization, which no browser sends by itself: no
 * other website can make an editor's browser write here.
 */
export function tokenGuard(tokens: Tokens, clientOf: (request: FastifyRequest) => string, now: () => Instant): Guard {
  const known = Object.entries(tokens).map(([name, token]) => ({ name, digest: digestOf(token) }));
  const proven = new Set<string>();
  const guesses = guessCounter(now);

  return (request, reply) => {
    if (known.length === 0) {
      sendProblem(reply, SWITCHED_OFF);
      return undefined;
    }
    const client = clientOf(request);
    const name = nameOf(known, request.headers.authorization);
    const wait = guesses.wait(client);
    if (wait !== undefined && (name === undefined || !proven.has(name))) {
      sendProblem(reply.header("Retry-After", wait), {
        ...{ status: 429, title: "Too Many Requests" },
        detail: `too many wrong tokens from this address: try again in ${wait} seconds.`,
      });
      return undefined;
    }
    if (name === undefined) {
      const isWrong = request.headers.authorization !== undefined;
      if (isWrong) guesses.note(client);
      const challenge = `Bearer realm="ressort"${isWrong ? ', error="invalid_token"' : ""}`;
      sendProblem(reply.header("WWW-Authenticate", challenge), isWrong ? WRONG : UNAUTHORISED);
      return undefined;
    }
    proven.add(name);
    return name;
  };
}

const SWITCHED_OFF = {
  ...{ status: 403, title: "Forbidden" },
  detail:
    "writing is switched off: set RESSORT_API_TOKEN (or RESSORT_API_TOKEN_FILE, or names in RESSORT_API_TOKENS) and start Ressort again; the demo takes none.",
} as const;

const UNAUTHORISED = {
  ...{ status: 401, title: "Unauthorized" },
  detail: "this takes a token: send the header Authorization: Bearer TOKEN.",
} as const;

const WRONG = {
  ...{ status: 401, title: "Unauthorized" },
  detail:
    "this token is none of ours: send Authorization: Bearer TOKEN with the one that Ressort was started with (RESSORT_API_TOKEN).",
} as const;

const digestOf = (text: string): Buffer => createHash("sha256").update(text).digest();

/** All tokens are compared, each in the same time: how long it takes tells nothing. */
function nameOf(
  known: readonly { readonly name: string; readonly digest: Buffer }[],
  header: string | undefined,
): string | undefined {
  const [, token] = /^Bearer +(\S+) *$/i.exec(header ?? "") ?? [];
  const digest = digestOf(token ?? "");
  const [found] = known.filter((one) => timingSafeEqual(one.digest, digest));
  return token === undefined ? undefined : found?.name;
}

function guessCounter(now: () => Instant) {
  const since = new Map<string, { readonly at: Instant; readonly times: number }>();
  const recent = (client: string) => {
    const known = since.get(client);
    return known === undefined || Math.abs(now() - known.at) >= MINUTE ? undefined : known;
  };
  return {
    /** @returns seconds */
    wait(client: string): number | undefined {
      const known = recent(client);
      if (known === undefined || known.times < MOST_GUESSES) return undefined;
      return Math.ceil((known.at + MINUTE - now()) / SECOND);
    },
    note(client: string): void {
      const { at, times } = recent(client) ?? { at: now(), times: 0 };
      keepNewest(since, client, { at, times: times + 1 }, MOST_GUESSERS);
    },
  };
}
