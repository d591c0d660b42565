import { request } from "undici";
import { openServer, type ServerOptions, type View } from "../../src/serve/serve.ts";
import { EXAMPLE_NOW } from "../support/example-press.ts";

/** An answer as it came over the wire: nothing decompressed, no redirect followed. */
interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
  readonly text: string;
}

export interface Served extends AsyncDisposable {
  readonly url: string;
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  ask(method: string, path: string, headers?: Readonly<Record<string, string>>, body?: string): Promise<Answer>;
}

/** The view behind a real server on a free port of 127.0.0.1. */
export async function served(view: View, options: Partial<ServerOptions> = {}): Promise<Served> {
  const app = await openServer(view, { now: () => EXAMPLE_NOW, ...options });
  const url = await app.listen({ host: "127.0.0.1", port: 0 });
  const ask: Served["ask"] = async (method, path, headers = {}, body) => {
    const answer = await request(`${url}${path}`, { method, headers, ...(body !== undefined && { body }) });
    const bytes = Buffer.from(await answer.body.arrayBuffer());
    // hop by hop (RFC 9110 7.6.1): they tell of the connection, not of the answer
    const { connection: _, "keep-alive": __, ...headersOfAnswer } = answer.headers;
    const plain = Object.entries(headersOfAnswer).map(([name, value]) => [name, value?.toString()]);
    return { status: answer.statusCode, headers: Object.fromEntries(plain), body: bytes, text: bytes.toString() };
  };
  return {
    url,
    ask,
    get: (path, headers) => ask("GET", path, headers),
    [Symbol.asyncDispose]: async () => {
      const closed = app.close();
      app.server.closeAllConnections();
      await closed;
    },
  };
}
