import { createSecureServer, type Http2ServerRequest, type Http2ServerResponse } from "node:http2";
import type { AddressInfo } from "node:net";
import { type Certified, certify } from "./certificate.ts";

type Play = (request: Http2ServerRequest, response: Http2ServerResponse) => void;

/** A publisher that speaks TLS, and HTTP/2 to whoever offers it (ALPN); HTTP/1.1 to others. */
export async function openSecurePublisher(play: Play, certified: Certified = certify("paper.example")) {
  const versions: string[] = [];
  let connections = 0;
  const server = createSecureServer({ ...certified, allowHTTP1: true }, (request, response) => {
    versions.push(request.httpVersion);
    play(request, response);
  });
  const sessions = new Set<{ destroy: () => void }>();
  server.on("session", (session) => sessions.add(session));
  server.on("secureConnection", (socket) => {
    connections += 1;
    sessions.add(socket);
  });
  server.on("sessionError", () => {});
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;

  return {
    port,
    /** of every request that came in whole */
    versions,
    ca: certified.cert,
    connections: (): number => connections,
    url: (path: string): string => `https://127.0.0.1:${port}${path}`,
    async [Symbol.asyncDispose](): Promise<void> {
      for (const session of sessions) session.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
