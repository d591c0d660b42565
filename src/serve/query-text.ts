import type { FastifyRequest } from "fastify";

/** Characters; nobody types more, and the query's cost grows with it (requirement D-04). */
export const MAX_QUERY = 200;

/** What `?q=` asks for, trimmed; undefined where it is too long. */
export function queryOf(request: FastifyRequest): string | undefined {
  const { q } = request.query as { readonly q?: string | readonly string[] };
  const text = (typeof q === "string" ? q : (q?.[0] ?? "")).trim();
  return text.length > MAX_QUERY ? undefined : text;
}
