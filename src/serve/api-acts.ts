import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { ActKind, Editing } from "../model/editing.ts";
import type { Refusal } from "../model/topic-edit.ts";
import type { ApiDesk } from "./api-desk.ts";
import type { Guard } from "./api-guard.ts";
import { ID_PARAMS, PROBLEMS, shownAct, WRITING } from "./api-schemas.ts";
import { guarding, termsOf } from "./api-topics.ts";
import { sendRefusal } from "./problem.ts";

const SUMMARIES: Readonly<Record<ActKind, string>> = {
  pins: "stories that stand first",
  spikes: "stories that are taken out",
  retitles: "stories under a title of ours",
  embargoes: "stories that wait for their moment",
};

/** What editors do to a topic by hand. They are named in it, so reading it takes a token, too. */
export function addActs(scope: FastifyInstance, desk: ApiDesk, guard: Guard): void {
  const onRequest = guarding(guard);
  for (const kind of Object.keys(SUMMARIES) as ActKind[]) {
    const url = `/api/topics/:id/${kind}`;
    const schema = { tags: ["acts"], params: ID_PARAMS, ...WRITING };
    const answer = (reply: FastifyReply, editing: (Editing & { readonly note?: string }) | Refusal): FastifyReply =>
      "kind" in editing
        ? sendRefusal(reply, editing)
        : reply.header("Cache-Control", "no-store").send({
            [kind]: editing[kind].map(shownAct),
            ...(editing.note !== undefined && { note: editing.note }),
          });

    scope.get(url, { schema: { ...schema, summary: SUMMARIES[kind] }, onRequest }, async (request, reply) =>
      answer(reply, desk.editing(paramsOf(request).id)),
    );
    const adding = { ...schema, summary: `one more: ${SUMMARIES[kind]}`, body: desk.schemas.acts[kind] };
    scope.post(url, { schema: { ...adding, response: PROBLEMS }, onRequest }, async (request, reply) =>
      answer(reply, await desk.act(paramsOf(request).id, kind, request.body, termsOf(request))),
    );
    const taking = { ...schema, summary: "take it back", params: ITEM_PARAMS };
    scope.delete(`${url}/:item`, { schema: { ...taking, response: PROBLEMS }, onRequest }, async (request, reply) => {
      const { id, item } = paramsOf(request);
      return answer(reply, await desk.takeBack(id, kind, item, termsOf(request)));
    });
  }
}

const ITEM_PARAMS = { type: "object", properties: { ...ID_PARAMS.properties, item: { type: "string" } } };

const paramsOf = (request: FastifyRequest): { readonly id: string; readonly item: string } => {
  const { id = "", item = "" } = request.params as { readonly id?: string; readonly item?: string };
  return { id, item };
};
