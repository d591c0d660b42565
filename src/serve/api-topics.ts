import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { type Act, NO_EDITING } from "../model/editing.ts";
import { nearest } from "../model/nearest.ts";
import { isoOf } from "../model/time.ts";
import type { EditTerms, ListedTopic, Refusal } from "../model/topic-edit.ts";
import type { TopicLogEntry } from "../model/topic-log.ts";
import type { ApiDesk } from "./api-desk.ts";
import type { Guard } from "./api-guard.ts";
import { ID_PARAMS, LISTED_SCHEMA, PROBLEMS, shownAct, WRITING } from "./api-schemas.ts";
import { sendProblem, sendRefusal } from "./problem.ts";

const MOST_LOG = 500;

/** Topics: to be read by everybody, to be written by who has a token. */
export function addTopicEdits(scope: FastifyInstance, desk: ApiDesk, guard: Guard): void {
  const edit = (
    make: (id: string, body: unknown, terms: EditTerms) => Promise<ListedTopic | "removed" | Refusal>,
    told: (reply: FastifyReply, made: ListedTopic, wasThere: boolean) => FastifyReply = sendTopic,
  ) => ({
    // in onRequest: strangers' bodies are not read
    onRequest: guarding(guard),
    handler: async (request: FastifyRequest, reply: FastifyReply) => {
      const id = idOf(request);
      const wasThere = desk.topic(id) !== undefined;
      const made = await make(id, request.body, termsOf(request));
      if (made === "removed") return reply.code(204).send();
      return "kind" in made ? sendRefusal(reply, made) : told(reply, made, wasThere);
    },
  });
  const writing = (summary: string, body?: object) => ({
    ...{ summary, tags: ["topics"], params: ID_PARAMS, ...WRITING },
    ...(body !== undefined && { body }),
    response: { ...(body === undefined ? { 204: { type: "null" } } : { 200: LISTED_SCHEMA }), ...PROBLEMS },
  });

  const listing = { summary: "all topics that are listed", tags: ["topics"], response: { 200: LIST_SCHEMA } };
  scope.get("/api/topics", { schema: listing }, async (_, reply) =>
    reply.header("Cache-Control", "no-cache").send({ topics: desk.topics().filter(isListed) }),
  );
  const reading = { summary: "one topic", tags: ["topics"], params: ID_PARAMS };
  scope.get("/api/topics/:id", { schema: { ...reading, response: { 200: LISTED_SCHEMA } } }, (request, reply) =>
    answerTopic(desk, request, reply),
  );

  const topic = desk.schemas.topic;
  scope.put("/api/topics/:id", { schema: writing("make or replace a topic", topic), ...edit(desk.put, sendPut) });
  scope.patch("/api/topics/:id", {
    schema: writing("change some of it (RFC 7396: null takes a key out)", desk.schemas.patch),
    ...edit(desk.patch),
  });
  scope.delete("/api/topics/:id", {
    schema: writing("remove a topic: its addresses answer 410"),
    ...edit((id, _, terms) => desk.remove(id, terms)),
  });
  scope.post("/api/topics/:id/rename", {
    schema: writing("give it another id: the old addresses lead to it", desk.schemas.rename),
    ...edit(desk.rename),
  });
  const creating = writing("make a topic; its id stands in the body", desk.schemas.newTopic);
  scope.post("/api/topics", {
    schema: { ...creating, params: {}, response: { 201: LISTED_SCHEMA, ...PROBLEMS } },
    ...edit((_, body, terms) => {
      const { id } = Object(body) as { readonly id?: unknown };
      return desk.put(typeof id === "string" ? id : "", body, { ...terms, isNew: true });
    }, sendPut),
  });
  addPreview(scope, desk, guard);
  addLog(scope, desk, guard);
}

async function answerTopic(desk: ApiDesk, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const topic = desk.topic(idOf(request));
  if (topic === undefined)
    return sendProblem(reply, { status: 404, title: "Not Found", detail: unknownTopic(desk, idOf(request)) });
  return request.headers["if-none-match"] === `"${topic.etag}"`
    ? reply.code(304).header("ETag", `"${topic.etag}"`).send()
    : sendTopic(reply, topic);
}

function unknownTopic(desk: ApiDesk, id: string): string {
  const listed = desk.topics().filter(isListed);
  const meant = nearest(
    id,
    listed.map((topic) => topic.id),
  );
  return `there is no such topic${meant === undefined ? "; /api/topics lists them" : `: did you mean ${meant}?`}`;
}

function addPreview(scope: FastifyInstance, desk: ApiDesk, guard: Guard): void {
  const { preview } = desk;
  if (preview === undefined) return;
  const schema = {
    ...{ summary: "the last 30 days under a topic as it is and as it would be", tags: ["topics"], ...WRITING },
    ...{ body: desk.schemas.newTopic, response: { 200: { type: "object", additionalProperties: true }, ...PROBLEMS } },
  };
  scope.post("/api/topics/preview", { schema, onRequest: guarding(guard) }, async (request, reply) => {
    const seen = await preview(request.body);
    return "kind" in seen && seen.kind === "refused" ? sendRefusal(reply, seen as Refusal) : reply.send(seen);
  });
}

function addLog(scope: FastifyInstance, desk: ApiDesk, guard: Guard): void {
  const query = {
    type: "object",
    properties: {
      topic: { type: "string" },
      limit: { type: "integer", minimum: 1, maximum: MOST_LOG, default: 50 },
    },
  };
  const schema = { summary: "who changed what, the latest first", tags: ["topics"], querystring: query, ...WRITING };
  scope.get("/api/audit", { schema, onRequest: guarding(guard) }, async (request, reply) => {
    const { topic, limit } = request.query as { readonly topic?: string; readonly limit?: string };
    const most = Math.min(MOST_LOG, Math.max(1, Math.trunc(Number(limit ?? 50)) || 50));
    const entries = await desk.log(most, typeof topic === "string" ? topic : undefined);
    if ("kind" in entries) return sendRefusal(reply, entries);
    return reply.header("Cache-Control", "no-store").send({ entries: entries.map(shownEntry) });
  });
}

/** Times as they leave the program. */
const shownEntry = ({ at, before, after, ...entry }: TopicLogEntry) => ({
  ...{ at: isoOf(at), ...entry },
  ...{ before: shownSide(entry.what, before), after: shownSide(entry.what, after) },
});

const shownSide = (what: TopicLogEntry["what"], side: unknown): unknown =>
  what in NO_EDITING && Array.isArray(side) ? (side as Act[]).map(shownAct) : side;

const LIST_SCHEMA = { type: "object", properties: { topics: { type: "array", items: LISTED_SCHEMA } } };

const idOf = (request: FastifyRequest): string => (request.params as { readonly id?: string }).id ?? "";

/** Who was let in is who edits. */
export const guarding = (guard: Guard) => async (request: FastifyRequest, reply: FastifyReply) => {
  const by = guard(request, reply);
  if (by === undefined) return reply;
  editors.set(request, by);
  return undefined;
};

const editors = new WeakMap<FastifyRequest, string>();

export function termsOf(request: FastifyRequest): EditTerms {
  const { "if-match": ifMatch, "if-none-match": ifNoneMatch } = request.headers;
  return {
    by: editors.get(request) ?? "",
    ...(ifMatch !== undefined && { ifMatch: etagsIn(ifMatch) }),
    ...(ifNoneMatch?.trim() === "*" && { isNew: true }),
  };
}

/** Strong ones: If-Match compares no others (RFC 9110 13.1.1). */
const etagsIn = (header: string): readonly string[] =>
  header.split(",").flatMap((tag) => {
    const text = tag.trim();
    return text === "*" ? ["*"] : (/^"([^"]*)"$/.exec(text)?.[1] ?? []);
  });

const sendTopic = (reply: FastifyReply, topic: ListedTopic): FastifyReply =>
  reply.headers({ ETag: `"${topic.etag}"`, "Cache-Control": "no-cache" }).send(topic);

const sendPut = (reply: FastifyReply, topic: ListedTopic, wasThere: boolean): FastifyReply =>
  wasThere ? sendTopic(reply, topic) : sendTopic(reply.code(201).header("Location", `/api/topics/${topic.id}`), topic);

/** The list is for everybody; the others are for who knows them. */
const isListed = ({ topic }: ListedTopic): boolean => topic["unlisted"] !== true;
