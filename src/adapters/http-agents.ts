import type { Socket } from "node:net";
import { Agent, type buildConnector, type Dispatcher } from "undici";
import { DAY, type Duration, SECOND } from "../model/time.ts";
import { type Lookup, safeConnector } from "./safe-address.ts";

/** Publishers behind large content security policies send more than Node's 16 KiB. */
const MAX_HEADER_BYTES = 64 * 1024;
/** facts */
const CONNECTIONS_PER_ORIGIN = 2;
const MAX_SOCKETS = 256;
const IDLE: Duration = 4 * SECOND;
/** An origin whose HTTP/2 broke is spoken to in HTTP/1.1 for so long; some of them would break every time. */
const DISTRUST: Duration = DAY;
const MAX_DISTRUSTED = 10_000;

export interface AgentOptions {
  /** CIDR of private networks that may be reached all the same */
  readonly allowNetworks: readonly string[];
  readonly ports: readonly number[];
  /** prefix under which a NAT64 gateway stands for the IPv4 internet */
  readonly nat64Prefix?: string;
  /** connections to one origin; 2 unless told */
  readonly perHostConcurrency?: number;
  readonly lookup?: Lookup;
  /** PEM of a certificate authority that is believed as those of the system are */
  readonly ca?: string;
  /** connections that may stay open; 256 unless told */
  readonly sockets?: number;
}

export interface Agents extends AsyncDisposable {
  request(options: Dispatcher.RequestOptions): Promise<Dispatcher.ResponseData>;
  /** @returns false where the origin was not spoken to in HTTP/2 any more */
  distrustHttp2(origin: string): boolean;
}

/** Connections that are kept a while: HTTP/2 where the server offers it (ALPN), HTTP/1.1 once that went wrong. */
export function openAgents(
  options: AgentOptions,
  times: { readonly connect: Duration; readonly headers: Duration },
): Agents {
  const sockets = new Set<Socket>();
  const modern = agentOf(true, options, times, sockets);
  const plain = agentOf(false, options, times, sockets);
  const distrustedUntil = new Map<string, number>();
  const isDistrusted = (origin: string): boolean => (distrustedUntil.get(origin) ?? 0) > Date.now();
  const most = options.sockets ?? MAX_SOCKETS;

  return {
    request(request) {
      const agent = isDistrusted(String(request.origin)) ? plain : modern;
      // "Connection: close" where enough are open: whoever is new does not stay
      return agent.request({ ...request, ...(sockets.size >= most && { reset: true }) });
    },
    distrustHttp2(origin) {
      if (isDistrusted(origin)) return false;
      const [oldest] = distrustedUntil.keys();
      if (distrustedUntil.size >= MAX_DISTRUSTED && oldest !== undefined) distrustedUntil.delete(oldest);
      distrustedUntil.delete(origin);
      distrustedUntil.set(origin, Date.now() + DISTRUST);
      return true;
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([modern.destroy(), plain.destroy()]);
    },
  };
}

function agentOf(
  allowH2: boolean,
  options: AgentOptions,
  times: { readonly connect: Duration; readonly headers: Duration },
  sockets: Set<Socket>,
): Agent {
  return new Agent({
    connect: counted(safeConnector({ ...options, timeout: times.connect, allowH2 }), sockets),
    connections: options.perHostConcurrency ?? CONNECTIONS_PER_ORIGIN,
    keepAliveTimeout: IDLE,
    keepAliveMaxTimeout: IDLE,
    headersTimeout: times.headers,
    bodyTimeout: 0,
    maxHeaderSize: MAX_HEADER_BYTES,
    allowH2,
  });
}

function counted(connect: buildConnector.connector, sockets: Set<Socket>): buildConnector.connector {
  return (target, callback) => {
    connect(target, (...answer) => {
      const [error, socket] = answer;
      if (error === null) {
        sockets.add(socket);
        socket.once("close", () => sockets.delete(socket));
      }
      callback(...answer);
    });
  };
}
