import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

interface Recorded {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly rawHeaders: readonly string[];
  readonly body: string;
}

export type Scripted =
  | {
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string | readonly string[]>>;
      readonly body?: string | Uint8Array;
    }
  | ((request: IncomingMessage, response: ServerResponse) => void);

/** A real publisher on this machine: answers by script, remembers who asked for what. */
export async function openPublisher(host = "127.0.0.1") {
  const scripts = new Map<string, Scripted[]>();
  const requests: Recorded[] = [];
  const server = createServer(async (request, response) => {
    const path = request.url ?? "/";
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method = "", headers, rawHeaders } = request;
    requests.push({ method, path, headers, rawHeaders, body: Buffer.concat(chunks).toString() });
    const script = scripts.get(path) ?? [];
    play(script.length > 1 ? script.shift() : script[0], request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const { port } = server.address() as AddressInfo;

  return {
    port,
    requests,
    url: (path: string): string => `http://${host}:${port}${path}`,
    /** Answers in this order; the last one stays. */
    answer(path: string, ...answers: readonly Scripted[]): void {
      scripts.set(path, [...answers]);
    },
    async [Symbol.asyncDispose](): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export type PublisherServer = Awaited<ReturnType<typeof openPublisher>>;

function play(script: Scripted = { status: 404 }, request: IncomingMessage, response: ServerResponse): void {
  if (typeof script === "function") script(request, response);
  else {
    for (const [name, value] of Object.entries(script.headers ?? {})) response.setHeader(name, value);
    response.writeHead(script.status ?? 200);
    response.end(script.body ?? "");
  }
}
