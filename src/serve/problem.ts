import type { FastifyReply } from "fastify";
import type { Fault, Refusal } from "../model/topic-edit.ts";

/** RFC 9457: what went wrong, for programs and for people. */
export interface Problem {
  readonly status: number;
  readonly title: string;
  /** with the way out */
  readonly detail: string;
  /** where in what was sent, where that is the trouble */
  readonly errors?: readonly Fault[];
}

export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  return reply
    .code(problem.status)
    .header("Cache-Control", "no-store")
    .type("application/problem+json")
    .send({ type: "about:blank", ...problem });
}

/** Why an edit was not made. */
export function sendRefusal(reply: FastifyReply, { why, message, faults }: Refusal): FastifyReply {
  if (why === "busy") reply.header("Retry-After", "1");
  return sendProblem(reply, { ...REFUSALS[why], detail: message, ...(faults !== undefined && { errors: faults }) });
}

const REFUSALS = {
  unknown: { status: 404, title: "Not Found" },
  conflict: { status: 409, title: "Conflict" },
  stale: { status: 412, title: "Precondition Failed" },
  broken: { status: 422, title: "Unprocessable Content" },
  busy: { status: 503, title: "Service Unavailable" },
} as const;

/** The same for the description of the API. */
export const PROBLEM_SCHEMA = {
  type: "object",
  properties: {
    type: { type: "string" },
    title: { type: "string" },
    status: { type: "integer" },
    detail: { type: "string", description: "what is wrong, and the way out" },
    errors: {
      type: "array",
      items: {
        type: "object",
        properties: {
          path: { type: "string", description: "where in the body" },
          message: { type: "string" },
          hint: { type: "string", description: "what would be right" },
        },
      },
    },
  },
} as const;
