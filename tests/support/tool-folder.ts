import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

export interface ToolFolder extends AsyncDisposable {
  /** to be used as a PATH, or as the front of one */
  readonly path: string;
}

/** Stand-ins for tools of the system: a folder of shell scripts by name. */
export async function toolFolder(scripts: Readonly<Record<string, string>>): Promise<ToolFolder> {
  const folder = await mkdtemp(path.join(tmpdir(), "ressort-tools-"));
  for (const [name, script] of Object.entries(scripts)) {
    await writeFile(path.join(folder, name), `#!/bin/sh\n${script}\n`);
    await chmod(path.join(folder, name), 0o755);
  }
  return { path: folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}
