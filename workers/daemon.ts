import type { Settings } from "../src/model/settings.ts";
import { OperatorError } from "./command.ts";
import { openOps, type Readiness } from "./ops.ts";
import { openTopicBook } from "./topics/topic-book.ts";
import type { WorkPace } from "./work.ts";
import { openWorld } from "./world.ts";

export const ROLES = ["work", "desk", "web"] as const;
export type Role = (typeof ROLES)[number];

/**
 * Runs the given roles in this process until disposed of; the programs of the others, 30 MB, are not loaded. Closing
 * takes the roles down in order: no new polls, the running ones finished, the desk's memory saved, the server closed,
 * Redis left last.
 */
export async function startDaemon(settings: Settings, roles: readonly Role[], pace?: WorkPace) {
  const stack = new AsyncDisposableStack();
  const name = roles.length === ROLES.length ? "all" : roles.join("+");
  const world = stack.use(await openWorld(settings, name, `a Ressort (${name}) of ${settings.publicUrl}`));
  const closing = new AbortController();
  let deskTrouble: string | undefined;
  let readiness = (): Readiness => {
    const reasons = [...world.refusedWrites(), ...(closing.signal.aborted ? ["shutting down"] : [])];
    return { ready: reasons.length === 0, reasons };
  };

  try {
    const topics = stack.use(await openTopicBook(world));
    if (roles.includes("desk")) {
      const { runDesk } = await import("./desk.ts");
      const desk = runDesk(world, topics, closing.signal, (trouble) => {
        deskTrouble = trouble;
      });
      stack.defer(() => desk);
    }
    let port: number | undefined;
    if (roles.includes("web")) {
      const { openWeb } = await import("./web.ts");
      const web = stack.use(await openWeb(world, topics, closing.signal));
      readiness = web.readiness;
      port = web.port;
    }
    const work = roles.includes("work")
      ? stack.use(await (await import("./work.ts")).openWork(world, topics, pace))
      : undefined;
    const { opsHost, opsPort } = settings.http;
    const ops = stack.use(
      await openOps({ host: opsHost, port: opsPort }, world.metrics, () => withDesk(readiness(), deskTrouble)),
    );
    await work?.tick();
    return {
      world,
      port,
      /** claims what is due now, without waiting for the next tick */
      tick: async () => work?.tick(),
      opsPort: ops.port,
      async [Symbol.asyncDispose]() {
        closing.abort();
        await stack.disposeAsync();
      },
    };
  } catch (error) {
    closing.abort();
    await stack.disposeAsync();
    throw portTrouble(error) ?? error;
  }
}

/** Pages and feeds are served all the same, so this is said on the ops port only. */
function withDesk({ ready, reasons }: Readiness, trouble: string | undefined): Readiness {
  return trouble === undefined
    ? { ready, reasons }
    : { ready: false, reasons: [...reasons, `the desk stumbles: ${trouble}`] };
}

const PORT_TROUBLE: Readonly<Record<string, string>> = {
  EADDRINUSE: "is taken: something else listens there, perhaps another Ressort",
  EACCES: "may not be opened by this user: take one above 1023",
  EADDRNOTAVAIL: "cannot be opened: this machine does not have the address",
};

function portTrouble(error: unknown): OperatorError | undefined {
  const { code, port, address } = Object(error) as { code?: string; port?: number; address?: string };
  const why = PORT_TROUBLE[code ?? ""];
  if (why === undefined) return undefined;
  return new OperatorError(
    `${address}:${port} ${why}.\nChoose others with RESSORT_PORT and RESSORT_OPS_PORT (or http in ressort.yaml), ` +
      "and with RESSORT_DATA_DIR a folder of its own for a second Ressort.",
  );
}
