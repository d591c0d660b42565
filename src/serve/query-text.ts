import type { FastifyRequest } from "fastify";
import type { SearchOrder } from "../model/found.ts";

/** Characters; nobody types more, and the query's cost grows with it (requirement D-04). */
export const MAX_QUERY = 200;

/** What `?q=` asks for, trimmed; undefined where it is too long. */
export function queryOf(request: FastifyRequest): string | undefined {
  const text = typedIn(request);
  return text.length > MAX_QUERY ? undefined : text;
}

export const typedIn = (request: FastifyRequest): string => parameter(request, "q").trim();

/** Which page of the hits, and in which order. What makes no sense is passed over. */
export interface Turned {
  readonly page: number;
  readonly order: SearchOrder;
}

export function turnedOf(request: FastifyRequest): Turned {
  const page = /^\d{1,4}$/.test(parameter(request, "page")) ? Number(parameter(request, "page")) : 1;
  return { page: Math.max(1, page), order: parameter(request, "order") === "newest" ? "newest" : "relevance" };
}

/** The address of a search; parameters that say nothing are left out, so that each page has one address. */
export function searchPath(query: string, { page = 1, order = "relevance" }: Partial<Turned> = {}): string {
  const turned = `${order === "relevance" ? "" : `&order=${order}`}${page === 1 ? "" : `&page=${page}`}`;
  return `/search?q=${encodeURIComponent(query)}${turned}`;
}

/** The first one of that name. */
function parameter(request: FastifyRequest, name: string): string {
  const value = (request.query as Readonly<Record<string, string | readonly string[] | undefined>>)[name];
  return typeof value === "string" ? value : (value?.[0] ?? "");
}
