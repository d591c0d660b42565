import { access, constants, mkdir, realpath } from "node:fs/promises";
import path from "node:path";
import { RedisUnavailableError } from "./redis-program.ts";

/**
 * Where the embedded server keeps its files, made where it is missing.
 *
 * @throws RedisUnavailableError where it cannot be made or written
 */
export async function makeRedisHome(dataDir: string): Promise<string> {
  const home = path.resolve(dataDir, "redis");
  await makeFolder(path.dirname(home)).catch(refusal(dataDir, "made"));
  await makeFolder(home)
    // the dot: a file of that name is no folder
    .then(() => access(`${home}/.`, constants.W_OK))
    .catch(refusal(dataDir, "written"));
  return realpath(home);
}

/** Step by step: where a parent is there and takes no folder (/proc), Node's recursive mkdir never comes back. */
async function makeFolder(folder: string, isLastTry = false): Promise<void> {
  try {
    await mkdir(folder, { mode: 0o700 });
  } catch (error) {
    const code = codeOf(error);
    if (code === "EEXIST") return;
    if (code !== "ENOENT" || isLastTry) throw error;
    await makeFolder(path.dirname(folder));
    await makeFolder(folder, true);
  }
}

function refusal(dataDir: string, what: string): (error: unknown) => never {
  return (error) => {
    throw new RedisUnavailableError(
      `data folder ${path.resolve(dataDir)} cannot be ${what} (${codeOf(error)})\n` +
        "give this user the right to write there, or set RESSORT_DATA_DIR to another folder",
    );
  };
}

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? String(error);
