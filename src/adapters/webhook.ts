import type { Sent } from "../model/alert.ts";
import type { FetchRequest } from "../model/answer.ts";
import { type Duration, HOUR, SECOND, showDuration } from "../model/time.ts";
import { type AgentOptions, type Agents, openAgents } from "./http-agents.ts";
import { readExcerpt } from "./http-body.ts";
import { isHttp2Trouble, troubleOf } from "./http-trouble.ts";

/** Standard Webhooks asks for 15 to 30 s; who needs longer than this takes the message first and thinks then. */
const PATIENCE: Duration = 10 * SECOND;
/** What is read of an answer: enough to say what is wrong. */
const EXCERPT_BYTES = 2000;
const EXCERPT_LENGTH = 200;
/** However long a receiver asks us to wait. */
const LONGEST_WAIT: Duration = 6 * HOUR;

/** Messages by HTTP, for webhooks and ntfy: safe addresses only, no redirect followed, each bounded in time. */
export function openWebhooks(options: AgentOptions, userAgent: string, patience: Duration = PATIENCE) {
  const agents = openAgents(options, { connect: patience, headers: patience });

  return {
    async post(request: FetchRequest): Promise<Sent> {
      const outOfTime = new AbortController();
      const timer = setTimeout(() => outOfTime.abort(), patience);
      try {
        return await send(agents, { ...request.headers, "user-agent": userAgent }, request, outOfTime.signal);
      } catch (error) {
        if (outOfTime.signal.aborted)
          return { kind: "failed", why: `timeout: no answer within ${showDuration(patience)}` };
        // the next try speaks HTTP/1.1
        if (isHttp2Trouble(error)) agents.distrustHttp2(new URL(request.url).origin);
        const { code, why } = troubleOf(error);
        return { kind: "failed", why: `${code}: ${why}` };
      } finally {
        clearTimeout(timer);
      }
    },
    async [Symbol.asyncDispose](): Promise<void> {
      await agents[Symbol.asyncDispose]();
    },
  };
}

async function send(
  agents: Agents,
  headers: FetchRequest["headers"],
  { url, body = "" }: FetchRequest,
  signal: AbortSignal,
): Promise<Sent> {
  const { origin, pathname, search } = new URL(url);
  const request = { origin, path: pathname + search, method: "POST", headers, body, signal } as const;
  const response = await agents.request(request);
  // Reading says what breaks; a body that is left unread breaks, too, and nobody would listen.
  response.body.on("error", () => {});
  const { statusCode: status } = response;
  const bytes = await readExcerpt(response.body, undefined, EXCERPT_BYTES);
  const answer = `status ${status}${excerptOf(bytes)}`;
  if (status >= 200 && status < 300) return { kind: "taken", answer };
  if (status === 410) return { kind: "gone", why: answer };
  if (status >= 300 && status < 400)
    return { kind: "failed", why: `${answer}; redirects are not followed: write the address it leads to` };
  const wait = waitOf(response.headers["retry-after"]);
  return { kind: "failed", why: answer, ...(wait !== undefined && { wait }) };
}

function excerptOf(bytes: Uint8Array): string {
  const text = Buffer.from(bytes)
    .toString("utf8")
    .replace(/[\p{Cc}\s]+/gu, " ")
    .trim();
  return text === "" ? "" : `: ${text.slice(0, EXCERPT_LENGTH).toWellFormed()}`;
}

/** Retry-After in seconds; a date there is too rare to be read. */
function waitOf(header: string | readonly string[] | undefined): Duration | undefined {
  const seconds = typeof header === "string" && /^[1-9]\d{0,8}$/.test(header) ? Number(header) : undefined;
  return seconds === undefined ? undefined : Math.min(LONGEST_WAIT, seconds * SECOND);
}
