import { openFetcher } from "../src/adapters/http-fetcher.ts";
import type { Answer } from "../src/model/answer.ts";
import type { Settings } from "../src/model/settings.ts";
import { type Duration, SECOND } from "../src/model/time.ts";

const PATIENCE: Duration = 4 * SECOND;

/** Asks the ops port of this machine, wherever it listens. */
export async function askOps({ opsHost, opsPort }: Settings["http"], path: string): Promise<Answer> {
  const host = opsHost === "0.0.0.0" ? "127.0.0.1" : opsHost;
  const limits = { connect: PATIENCE, headers: PATIENCE, total: PATIENCE };
  await using fetcher = openFetcher({ allowNetworks: ["0.0.0.0/0", "::/0"], ports: [opsPort], limits });
  return await fetcher.fetch({ url: `http://${host}:${opsPort}${path}`, headers: {} });
}
