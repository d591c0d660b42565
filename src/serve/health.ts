import type { FastifyInstance } from "fastify";
import { readOnly } from "./route.ts";
import type { View } from "./view.ts";

/** For whoever runs us: does the loop turn (restart us if not), may we be sent readers (requirement E-04). */
export function addHealth(app: FastifyInstance, view: View): void {
  readOnly(app, "/livez", (_, reply) => reply.header("Cache-Control", "no-store").send({ alive: true }));
  readOnly(app, "/readyz", (_, reply) => {
    const { ready, reasons } = view.readiness();
    return reply
      .code(ready ? 200 : 503)
      .header("Cache-Control", "no-store")
      .send({ ready, reasons });
  });
}
