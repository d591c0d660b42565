import { startEmbeddedRedis } from "../../src/adapters/embedded-redis.ts";
import type { Settings } from "../../src/model/settings.ts";
import { temporaryFolder } from "./test-settings.ts";

export type Home = Required<Pick<Settings, "dataDir" | "redisUrl">>;

/** A Redis of its own for a test whose worlds share it; `home` goes into the settings of each. */
export async function openTestRedis(): Promise<AsyncDisposable & { readonly home: Home }> {
  const stack = new AsyncDisposableStack();
  const dataDir = stack.use(temporaryFolder()).path;
  const { url: redisUrl } = stack.use(await startEmbeddedRedis({ dataDir }));
  return { home: { dataDir, redisUrl }, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}
