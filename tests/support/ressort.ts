import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import { ROOT } from "./test-settings.ts";

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running extends AsyncDisposable {
  readonly child: ChildProcess;
  /** everything written so far, both streams */
  readonly output: () => string;
  readonly ended: Promise<Ended>;
}

/** The command line as a process of its own. Only what is given is in its environment, beside PATH and HOME. */
export function startRessort(args: readonly string[], env: Readonly<Record<string, string>> = {}): Running {
  const { PATH = "", HOME = "", TMPDIR = "/tmp" } = process.env;
  const child = spawn(process.execPath, [path.join(ROOT, "workers", "ressort.ts"), ...args], {
    cwd: ROOT,
    env: { PATH, HOME, TMPDIR, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (text) => {
    stdout += text;
  });
  child.stderr.on("data", (text) => {
    stderr += text;
  });
  const ended = new Promise<Ended>((resolve) => child.once("close", (code) => resolve({ code, stdout, stderr })));
  return {
    child,
    ended,
    output: () => stdout + stderr,
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
      await ended;
    },
  };
}

export async function ressort(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return await startRessort(args, env).ended;
}
