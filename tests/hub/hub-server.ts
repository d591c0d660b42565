import { createHmac, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What a subscriber asked of the hub. */
interface Asked {
  readonly hub: string;
  readonly mode: string;
  readonly topic: string;
  readonly callback: string;
  readonly secret: string;
  readonly at: number;
}

/** What a callback said when the hub asked it back. */
interface Verified {
  readonly mode: string;
  readonly topic: string;
  readonly status: number;
  readonly isEchoed: boolean;
}

interface Served {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string;
}

interface PushOptions {
  readonly method?: string;
  /** instead of the right one; "" = none at all */
  readonly signature?: string;
  readonly contentType?: string;
}

/**
 * A publisher and its hub in one real server. Hubs by path: /hub does all as WebSub says; /hub/temporary and
 * /hub/permanent redirect to it; /hub/lies verifies for another topic, /hub/mode in another mode; /hub/denies denies;
 * /hub/broken answers 500. What is put() under any other path is a publisher's.
 */
export async function openHubServer() {
  const documents = new Map<string, Served>();
  const asked: Asked[] = [];
  const verified: Verified[] = [];
  const subscribers = new Map<string, Asked>();
  const got: string[] = [];
  let isBroken = false;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? "/";
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    if (request.method === "POST") return await asHub(path, Buffer.concat(chunks).toString(), response);
    got.push(path);
    const { status = 200, headers = {}, body = "" } = documents.get(path) ?? { status: 404 };
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    response.writeHead(status).end(body);
  }

  async function asHub(hub: string, body: string, response: ServerResponse): Promise<void> {
    if (hub === "/hub/temporary") return void response.writeHead(307, { location: "/hub" }).end();
    if (hub === "/hub/permanent") return void response.writeHead(308, { location: "/hub" }).end();
    const form = new URLSearchParams(body);
    const field = (name: string): string => form.get(`hub.${name}`) ?? "";
    const [mode, topic, callback, secret] = ["mode", "topic", "callback", "secret"].map(field) as [
      string,
      string,
      string,
      string,
    ];
    const one = { hub, mode, topic, callback, secret, at: Date.now() };
    asked.push(one);
    if (isBroken || hub === "/hub/broken") return void response.writeHead(500).end("out of order");
    response.writeHead(202).end();
    if (hub === "/hub/denies")
      return void (await verify(one, { "hub.mode": "denied", "hub.topic": topic, "hub.reason": "members only" }));
    const isConfirmed = await verify(one, {
      "hub.mode": hub === "/hub/mode" ? "unsubscribe" : mode,
      "hub.topic": hub === "/hub/lies" ? `${topic}/other` : topic,
      "hub.challenge": randomUUID(),
      "hub.lease_seconds": "864000",
    });
    if (isConfirmed && mode === "subscribe") subscribers.set(callback, one);
    if (isConfirmed && mode === "unsubscribe") subscribers.delete(callback);
  }

  async function verify({ callback }: Asked, fields: Readonly<Record<string, string>>): Promise<boolean> {
    const url = new URL(callback);
    for (const [name, value] of Object.entries(fields)) url.searchParams.set(name, value);
    const said = await fetch(url);
    const text = await said.text();
    const isEchoed = said.ok && text === fields["hub.challenge"];
    const { "hub.mode": mode = "", "hub.topic": topic = "" } = fields;
    verified.push({ mode, topic, status: said.status, isEchoed });
    return isEchoed;
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const url = (path: string): string => `http://127.0.0.1:${port}${path}`;

  return {
    url,
    asked,
    verified,
    /** paths that were asked for with GET */
    got,
    /** from now on it answers nothing but 500 */
    breakDown: (): void => {
      isBroken = true;
    },
    put: (path: string, served: Served): void => void documents.set(path, served),
    subscribersOf: (topic: string): readonly Asked[] =>
      [...subscribers.values()].filter((subscriber) => subscriber.topic === topic),

    /** @returns the callbacks' statuses */
    async push(topic: string, body: string, options: PushOptions = {}): Promise<readonly number[]> {
      const mine = [...subscribers.values()].filter((subscriber) => subscriber.topic === topic);
      return await Promise.all(mine.map(({ callback, secret }) => pushTo(callback, secret, body, options)));
    },

    async [Symbol.asyncDispose](): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export type HubServer = Awaited<ReturnType<typeof openHubServer>>;

/** One content distribution (WebSub 7), signed with the secret. */
export async function pushTo(
  callback: string,
  secret: string,
  body: string,
  { method = "sha256", signature, contentType = "application/rss+xml" }: PushOptions = {},
): Promise<number> {
  const ours = `${method}=${createHmac(method, secret).update(body).digest("hex")}`;
  const header = signature ?? ours;
  const answer = await fetch(callback, {
    method: "POST",
    headers: { "content-type": contentType, ...(header !== "" && { "x-hub-signature": header }) },
    body,
  });
  await answer.arrayBuffer();
  return answer.status;
}

/** An RSS document with one item a title; `links`: what stands in it of hub and self. */
export function rss(titles: readonly string[], links: { readonly hub?: string; readonly self?: string } = {}): string {
  const link = (rel: string, href: string | undefined): string =>
    href === undefined ? "" : `<atom:link rel="${rel}" href="${href}"/>`;
  const items = titles.map((title) => {
    const page = `https://blatt.example/${encodeURIComponent(title)}`;
    return `<item><title>${title}</title><link>${page}</link><guid>${page}</guid><description>${title}: mehr.</description></item>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>
<title>Blatt</title><link>https://blatt.example/</link><description>d</description>${link("hub", links.hub)}${link("self", links.self)}
${items.join("\n")}</channel></rss>`;
}

/** As rss(), in Atom. */
export function atom(
  titles: readonly string[],
  { hub, self }: { readonly hub: string; readonly self: string },
): string {
  const entries = titles.map((title) => {
    const page = `https://blatt.example/${encodeURIComponent(title)}`;
    return `<entry><title>${title}</title><id>${page}</id><link href="${page}"/><updated>2026-01-20T10:00:00Z</updated></entry>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Blatt</title><id>${self}</id>
<updated>2026-01-20T10:00:00Z</updated><link rel="hub" href="${hub}"/><link rel="self" href="${self}"/>${entries.join("\n")}</feed>`;
}

/** A port that is free now, for a server that must be told its own address before it listens. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
