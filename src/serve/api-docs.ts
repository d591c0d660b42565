import swagger from "@fastify/swagger";
import swaggerUi from "@fastify/swagger-ui";
import type { FastifyInstance } from "fastify";
import type { Settings } from "../model/settings.ts";

/** Its own scripts and sheets, and this server to try things on; the pages around it stay as closed as they are. */
const DOCS_CSP =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** /api/docs for people, /api/openapi.json for programs: made from the routes themselves. */
export async function addDocs(scope: FastifyInstance, { title }: Settings): Promise<void> {
  await scope.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: `${title}: API`,
        version: "1",
        description:
          "Topics, and what editors do to them. Reading is free; writing takes a token (RESSORT_API_TOKEN), and so " +
          "does who did what. What goes wrong is told as application/problem+json (RFC 9457).",
      },
      servers: [{ url: "/" }],
      components: { securitySchemes: { token: { type: "http", scheme: "bearer" } } },
      tags: [
        { name: "topics", description: "Topics of config/topics.yaml can be read here, and are edited there." },
        { name: "acts", description: "What editors do to a topic by hand." },
        { name: "reading", description: "What is told." },
      ],
    },
  });
  await scope.register(swaggerUi, {
    routePrefix: "/api/docs",
    staticCSP: DOCS_CSP,
    uiConfig: { deepLinking: false, validatorUrl: null, persistAuthorization: false },
  });
  scope.get("/api/openapi.json", { schema: { hide: true } }, async () => scope.swagger());
}
