import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Metrics } from "../src/adapters/metrics.ts";

export interface Readiness {
  readonly ready: boolean;
  readonly reasons: readonly string[];
}

/** /metrics, /livez and /readyz on a port of their own, which is not meant to be published. */
export async function openOps(
  address: { readonly host: string; readonly port: number },
  metrics: Metrics,
  readiness: () => Readiness,
): Promise<AsyncDisposable & { readonly port: number }> {
  const server = createServer(async (request, response) => {
    const path = request.url?.split("?")[0];
    const answer = (code: number, type: string, body: string) =>
      response.writeHead(code, { "content-type": type, "cache-control": "no-store" }).end(body);

    if (path === "/livez") answer(200, "text/plain; charset=utf-8", "alive\n");
    else if (path === "/readyz") {
      const state = readiness();
      answer(state.ready ? 200 : 503, "application/json; charset=utf-8", `${JSON.stringify(state)}\n`);
    } else if (path === "/metrics") answer(200, metrics.registry.contentType, await metrics.registry.metrics());
    else answer(404, "text/plain; charset=utf-8", "here are /metrics, /livez and /readyz\n");
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(address.port, address.host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
