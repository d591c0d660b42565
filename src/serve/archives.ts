import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Instant } from "../model/time.ts";
import { sendGone } from "./gone-topic.ts";
import type { Paper } from "./paper.ts";
import { CORS_HEADERS, readOnly } from "./route.ts";
import { documentSender, sendLine } from "./send-feed.ts";
import type { View } from "./view.ts";

/**
 * A topic's archives (RFC 5005 4). Each names the next one before that is there, for it never changes: who asks too
 * early is sent to the current document, which has what came since. A renamed topic keeps its archives, under the same numbers.
 */
export function addArchives(app: FastifyInstance, view: View, paper: () => Paper, now: () => Instant): void {
  const send = documentSender(view, now);
  for (const family of ["topics", "sections"] as const) {
    const answer = (request: FastifyRequest, reply: FastifyReply): unknown => {
      const { id, file } = request.params as { readonly id: string; readonly file: string };
      const document = view.document(`${family}/${id}/archive/${file}`);
      if (document !== undefined) return void send(request.raw, reply.hijack().raw, document);
      const [, number, format] = FILE.exec(file) ?? [];
      if (number !== undefined && sendGone(reply, view, paper, { family, id, rest: `/archive/${file}` })) return;
      const there = view.archives?.(`${family}/${id}`);
      if (number === undefined || there === undefined)
        return sendLine(reply, 404, "There is no such archive", A_MINUTE);
      return sendAbsent(reply, Number(number), there, `${view.settings.publicUrl}/${family}/${id}.${format}`);
    };
    readOnly(app, `/${family}/:id/archive/:file`, answer, { cors: true });
  }
}

const FILE = /^([1-9]\d{0,6})\.(rss|atom|json)$/;
const A_MINUTE = "public, max-age=60";

function sendAbsent(
  reply: FastifyReply,
  number: number,
  { first, last }: NonNullable<ReturnType<NonNullable<View["archives"]>>>,
  current: string,
): FastifyReply {
  if (number < first) return sendLine(reply, 410, "This archive is kept no longer", "public, max-age=86400");
  if (number > last + 1) return sendLine(reply, 404, "There is no such archive", A_MINUTE);
  return reply.headers({ ...CORS_HEADERS, "Cache-Control": A_MINUTE }).redirect(current, 302);
}
