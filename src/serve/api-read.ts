import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { itemId, storyId } from "../model/ids.ts";
import type { Placed } from "../model/news.ts";
import { isoOf } from "../model/time.ts";
import type { Fault } from "../model/topic-edit.ts";
import { hungUp } from "./hung-up.ts";
import { sendProblem } from "./problem.ts";
import { MAX_QUERY, queryOf } from "./query-text.ts";
import type { View } from "./view.ts";

/** What is told, as JSON: searches, items, stories. */
export function addReading(scope: FastifyInstance, view: View): void {
  const params = { type: "object", properties: { id: { type: "string" } } };
  const tags = ["reading"];
  const search = { summary: "search, in the query language of topics", tags, querystring: SEARCH_QUERY };
  scope.get("/api/search", { schema: search }, (request, reply) => answerSearch(view, request, reply));

  scope.get("/api/items/:id", { schema: { summary: "an item", tags, params } }, async (request, reply) => {
    const id = idOf(request);
    const placed = id === "" ? undefined : view.item(itemId(id));
    if (placed !== undefined) return send(reply, itemOf(view, placed));
    const isWithdrawn = id !== "" && view.withdrawn(itemId(id)) !== undefined;
    return isWithdrawn
      ? sendProblem(reply, { status: 410, title: "Gone", detail: "its publisher has withdrawn it." })
      : missing(reply, "item");
  });

  scope.get(
    "/api/stories/:id",
    { schema: { summary: "a story and who tells it", tags, params } },
    async (request, reply) => {
      const id = idOf(request);
      const told = id === "" ? undefined : view.story(storyId(id));
      if (told === undefined) return missing(reply, "story");
      if (told.id !== id) return reply.redirect(`/api/stories/${encodeURIComponent(told.id)}`, 301);
      const { members, was = [] } = told;
      return send(reply, { id: told.id, was, items: members.map((member) => itemOf(view, member)) });
    },
  );
}

const ORDERS = ["relevance", "newest"];

const SEARCH_QUERY = {
  type: "object",
  required: ["q"],
  properties: {
    q: { type: "string", maxLength: MAX_QUERY },
    page: { type: "integer", minimum: 1, default: 1 },
    order: { type: "string", enum: ORDERS, default: "relevance" },
  },
};

async function answerSearch(view: View, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const wait = view.readers?.search(request.raw);
  if (wait !== undefined)
    return sendProblem(reply.header("Retry-After", wait), {
      ...{ status: 429, title: "Too Many Requests" },
      detail: `too many searches: try again in ${wait} seconds.`,
    });
  const query = queryOf(request);
  if (query === undefined || query === "")
    return sendProblem(reply, { ...BAD, detail: `ask for something: ?q=… with at most ${MAX_QUERY} characters.` });
  const { page, order } = request.query as Readonly<Record<string, unknown>>;
  const errors = faultsIn(page, order);
  if (errors.length > 0)
    return sendProblem(reply, {
      ...BAD,
      detail: errors.map(({ message, hint }) => `${message}; ${hint}`).join("\n"),
      errors,
    });
  const turned: Parameters<View["search"]>[1] = {
    page: Number(page ?? 1),
    order: order === "newest" ? "newest" : "relevance",
  };
  const found = await view.search(query, turned, hungUp(reply));
  if (found.kind === "busy")
    return sendProblem(reply.header("Retry-After", found.seconds), {
      ...{ status: 503, title: "Service Unavailable" },
      detail: `too many search at the moment: try again in ${found.seconds} seconds.`,
    });
  if (found.kind === "bad")
    return sendProblem(reply, {
      ...{ ...BAD, detail: found.message },
      errors: [{ path: "q", message: found.message, hint: placeIn(query, found.at) }],
    });
  const { kind: _, hits, ...rest } = found;
  return send(reply, { ...rest, items: hits.map(({ placed }) => itemOf(view, placed)) });
}

/** What makes no sense beside the question itself. */
function faultsIn(page: unknown, order: unknown): readonly Fault[] {
  const isPage = page === undefined || (typeof page === "string" && /^[1-9]\d{0,5}$/.test(page));
  const isOrder = order === undefined || ORDERS.some((one) => one === order);
  const hint = `write ${ORDERS.join(" or ")}`;
  return [
    ...(isPage ? [] : [{ path: "page", message: "page is no number of a page", hint: "count from 1" }]),
    ...(isOrder ? [] : [{ path: "order", message: "there is no such order", hint }]),
  ];
}

const placeIn = (query: string, at: number): string =>
  at < query.length ? `look at character ${at + 1}` : "look at its end";

const BAD = { status: 400, title: "Bad Request" } as const;

/** What readers of our feeds get: title, teaser, link. The text is its publisher's. */
function itemOf({ settings }: View, { item, decision }: Placed) {
  const publisher = settings.publishers.find(({ id }) => id === item.publisher);
  return {
    id: item.id,
    iri: item.iri,
    title: item.title,
    ...(item.teaser !== undefined && { teaser: item.teaser }),
    ...(item.permalink !== undefined && { url: item.permalink }),
    publisher: { id: item.publisher, title: publisher?.title ?? item.publisher },
    ...(item.language !== undefined && { language: item.language }),
    arrivedAt: isoOf(item.arrivedAt),
    ...(item.publishedAt !== undefined && { publishedAt: isoOf(item.publishedAt) }),
    ...(item.revisedAt !== undefined && { revisedAt: isoOf(item.revisedAt) }),
    story: decision.story,
    ...(decision.section !== undefined && { section: decision.section }),
    ...(decision.copyOf !== undefined && { copyOf: decision.copyOf }),
    page: `${settings.publicUrl}/items/${encodeURIComponent(item.id)}`,
  };
}

const send = (reply: FastifyReply, body: object): FastifyReply =>
  reply.header("Cache-Control", "public, max-age=60").send(body);

const missing = (reply: FastifyReply, what: string): FastifyReply =>
  sendProblem(reply, {
    ...{ status: 404, title: "Not Found" },
    detail: `there is no such ${what}; it may have been swept: items are kept as long as retention says.`,
  });

const idOf = (request: FastifyRequest): string => (request.params as { readonly id?: string }).id ?? "";
