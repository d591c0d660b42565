import type { FastifyError, FastifyReply } from "fastify";
import { sendProblem } from "./problem.ts";

/** A topic with a query of the longest and some hundred ranks. */
export const MAX_BODY = 64 * 1024;

export const API_HEADERS = {
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Content-Security-Policy": "default-src 'none'",
} as const;

/** Where no route of it can be found, too. */
export const isOfApi = (url: string): boolean => /^\/api(?:[/?]|$)/.test(url);

/** Whoever asked can put it right. */
export const isTheirs = ({ statusCode: status = 500 }: FastifyError): boolean => status >= 400 && status < 500;

/** What went wrong before anybody of ours could say so in his own words. */
export function sendApiTrouble(reply: FastifyReply, error: FastifyError): FastifyReply {
  const { code, message, statusCode: status = 500 } = error;
  const problem = isTheirs(error)
    ? { status, title: TITLES[status] ?? "Bad Request", detail: DETAILS[code] ?? message }
    : { status: 500, title: "Internal Server Error", detail: "this is our fault: try again later." };
  return sendProblem(reply.headers(API_HEADERS), problem);
}

const TITLES: Readonly<Record<number, string>> = { 413: "Content Too Large", 415: "Unsupported Media Type" };

const DETAILS: Readonly<Record<string, string>> = {
  FST_ERR_BAD_URL: "this address cannot be read: what follows a % sign has to be UTF-8, and the sign itself is %25.",
  FST_ERR_CTP_INVALID_MEDIA_TYPE: "send JSON, with the header Content-Type: application/json.",
  FST_ERR_CTP_BODY_TOO_LARGE: `a body has at most ${MAX_BODY / 1024} KB.`,
};
