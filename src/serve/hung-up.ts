import type { FastifyReply } from "fastify";

/** Aborted when the reader has gone, or has the answer. */
export function hungUp({ raw }: FastifyReply): AbortSignal {
  const gone = new AbortController();
  raw.once("close", () => gone.abort());
  return gone.signal;
}
