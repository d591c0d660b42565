import { createServer } from "node:net";
import type { Settings } from "../../src/model/settings.ts";
import { askOps } from "../ask-ops.ts";
import { type Finding, ill, well } from "./finding.ts";

/**
 * Whether the ports of these settings can be opened, or who holds them.
 * @param isAtWork somebody with these settings; without, a Ressort on the ops port alone is another one
 */
export async function* examinePorts(http: Settings["http"], isAtWork: boolean): AsyncGenerator<Finding> {
  const places = { http: { host: http.host, port: http.port }, ops: { host: http.opsHost, port: http.opsPort } };
  const codes = { http: await listenOnce(places.http), ops: await listenOnce(places.ops) };
  const isRunning = codes.ops === "EADDRINUSE" && (await answersAsRessort(http));
  yield examinePort("http", places.http, codes.http, isRunning);
  if (isRunning && codes.http === undefined && !isAtWork)
    yield ill(
      `ops port ${http.opsPort} of ${http.opsHost} is held by another Ressort`,
      "to start one beside it set RESSORT_OPS_PORT",
    );
  else yield examinePort("ops", places.ops, codes.ops, isRunning);
}

interface Place {
  readonly host: string;
  readonly port: number;
}

const VARIABLES = { http: "RESSORT_PORT", ops: "RESSORT_OPS_PORT" } as const;

function examinePort(which: "http" | "ops", { host, port }: Place, code: string | undefined, isOurs: boolean): Finding {
  const name = `${which} port ${port} of ${host}`;
  const variable = VARIABLES[which];
  if (code === undefined) return well(`${name} is free`);
  if (code === "EADDRINUSE" && isOurs) return well(`${name}: a Ressort runs there`);
  if (code === "EADDRINUSE") return ill(`${name} is taken`, `end the program that holds it, or set ${variable}`);
  if (code === "EACCES") return ill(`${name} is not ours to open`, `take one above 1023: set ${variable}`);
  return ill(`${name} cannot be opened: ${code}`, "is the host an address of this machine? 127.0.0.1 and 0.0.0.0 are");
}

/** @returns the system's error code, undefined where the port could be opened */
function listenOnce(place: Place): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen({ ...place, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}

async function answersAsRessort(http: Settings["http"]): Promise<boolean> {
  const answer = await askOps(http, "/livez");
  return answer.kind === "answered" && answer.status === 200;
}
