import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What the hub asked a callback, or told it, with GET. */
interface Question {
  /** with its own query */
  readonly callback: string;
  readonly mode: string;
  readonly topic: string;
  readonly challenge: string;
  readonly lease: string | null;
  readonly reason: string | null;
}

interface Push {
  readonly callback: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** How a callback behaves; all that it does not say is as WebSub wants it. */
interface Manners {
  /** to a question, instead of the challenge */
  readonly answer?: {
    readonly status: number;
    readonly text?: string;
    readonly location?: string;
    readonly slowness?: number;
  };
  /** to a push, one after the other; the last one goes on */
  readonly statuses?: readonly number[];
  /** before a push is answered (ms) */
  readonly slowness?: number;
}

/** Subscribers in one real server: each path is a callback of its own. */
export async function openSubscriberServer() {
  const manners = new Map<string, Manners>();
  const questions: Question[] = [];
  const pushes: Push[] = [];
  const tries = new Map<string, number>();

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "http://subscriber.example");
    const { answer: own, statuses = [200], slowness = 0 } = manners.get(url.pathname) ?? {};
    if (request.method === "GET") {
      const question = questionOf(url);
      questions.push(question);
      if (own?.slowness !== undefined) await new Promise((resolve) => setTimeout(resolve, own.slowness));
      if (own?.location !== undefined) response.setHeader("location", own.location);
      return void response.writeHead(own?.status ?? 200).end(own?.text ?? question.challenge);
    }
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const callback = request.url ?? "/";
    const body = Buffer.concat(chunks).toString("utf8");
    pushes.push({ callback, headers: request.headers, body });
    await new Promise((resolve) => setTimeout(resolve, slowness));
    const count = tries.get(callback) ?? 0;
    tries.set(callback, count + 1);
    response.writeHead(statuses[Math.min(count, statuses.length - 1)] ?? 200).end("x".repeat(5000));
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;

  return {
    port,
    url: (path: string): string => `http://127.0.0.1:${port}${path}`,
    behave: (path: string, how: Manners): void => void manners.set(path, how),
    questions,
    pushes,
    questionsOf: (callback: string) => questions.filter((one) => one.callback === callback),
    pushesOf: (callback: string) => pushes.filter((one) => one.callback === callback),
    async [Symbol.asyncDispose](): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export type SubscriberServer = Awaited<ReturnType<typeof openSubscriberServer>>;

function questionOf(url: URL): Question {
  const { searchParams: own } = new URL(url);
  for (const name of url.searchParams.keys()) if (name.startsWith("hub.")) own.delete(name);
  const field = (name: string): string | null => url.searchParams.get(`hub.${name}`);
  return {
    callback: `${url.pathname}${own.size === 0 ? "" : `?${own}`}`,
    mode: field("mode") ?? "",
    topic: field("topic") ?? "",
    challenge: field("challenge") ?? "",
    lease: field("lease_seconds"),
    reason: field("reason"),
  };
}

/** Asks a hub, as subscribers do. @returns status and text */
export async function askHub(hub: string, fields: Readonly<Record<string, string>>) {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) form.set(`hub.${name}`, value);
  const answer = await fetch(hub, { method: "POST", body: form });
  return { status: answer.status, text: await answer.text() };
}
