import type { FastifyRequest } from "fastify";

/** May the answer hold new entries only (RFC 3229, instance manipulation "feed")? */
export function asksForNewEntries({ headers, method }: Pick<FastifyRequest["raw"], "headers" | "method">): boolean {
  const wanted = headers["a-im"];
  return typeof wanted === "string" && method === "GET" && wanted.split(",").some(isWanted);
}

/** With any weight but 0. */
function isWanted(member: string): boolean {
  const [, weight = "1"] = FEED.exec(member.trim()) ?? [undefined, "0"];
  return Number(weight) > 0;
}

const FEED = /^feed *(?:; *q *= *([01](?:\.\d{0,3})?))?$/i;

/** The tags that a client holds, newest first where it sends them so, without what we append for an encoding. */
export function heldTags(ifNoneMatch: string | undefined): readonly string[] {
  const tags = [...(ifNoneMatch ?? "").matchAll(/"([^"]*)"/g)].map(([, tag = ""]) => tag);
  return tags.slice(0, MOST_TAGS).map((tag) => tag.replace(/-(?:gz|br|zst)$/, ""));
}

/** Clients hold one. */
const MOST_TAGS = 10;
