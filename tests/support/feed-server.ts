import { createHash } from "node:crypto";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

interface Asked {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly status: number;
}

export interface FeedServer extends AsyncDisposable {
  readonly url: (path: string) => string;
  /** what is served from now on */
  readonly put: (path: string, body: string | Buffer, contentType?: string) => void;
  readonly asked: readonly Asked[];
}

/** A well-behaved publisher on loopback: ETag, 304, and a memory of what it was asked. */
export async function openFeedServer(): Promise<FeedServer> {
  const bodies = new Map<string, { readonly body: Buffer; readonly type: string; readonly etag: string }>();
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? "/";
    const found = bodies.get(path);
    const status = found === undefined ? 404 : request.headers["if-none-match"] === found.etag ? 304 : 200;
    asked.push({ path, headers: request.headers, status });
    if (found === undefined) return void response.writeHead(404).end();
    response.writeHead(status, { etag: found.etag, "content-type": found.type });
    response.end(status === 200 ? found.body : undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;

  return {
    asked,
    url: (path) => `http://127.0.0.1:${port}${path}`,
    put(path, text, type = "application/xml") {
      const body = Buffer.from(text);
      bodies.set(path, { body, type, etag: `W/"${createHash("sha1").update(body).digest("hex")}"` });
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
