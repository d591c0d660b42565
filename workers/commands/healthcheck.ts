import { parseArgs } from "node:util";
import { request } from "undici";
import type { Command } from "../command.ts";
import { settingsOrExit } from "../settings.ts";

const PATIENCE_MS = 4000;

export const command: Command = {
  summary: "is the process on this machine alive? (exit code 0 or 1; for Docker)",
  usage: `
ressort healthcheck [--ready] [--config DIR]

Asks the ops port of this machine for /livez, or for /readyz with --ready.
Redis being away does not make a process unhealthy: restarting it would not help.`,
  async run(args) {
    const { values } = parseArgs({
      args: [...args],
      options: { ready: { type: "boolean" }, config: { type: "string" } },
    });
    const { http } = settingsOrExit(values.config);
    const host = http.opsHost === "0.0.0.0" ? "127.0.0.1" : http.opsHost;
    const url = `http://${host}:${http.opsPort}/${values.ready ? "readyz" : "livez"}`;
    try {
      const { statusCode, body } = await request(url, { headersTimeout: PATIENCE_MS, bodyTimeout: PATIENCE_MS });
      console.log((await body.text()).trim());
      return statusCode === 200 ? 0 : 1;
    } catch (error) {
      console.error(`${url} does not answer: ${error instanceof Error ? error.message : String(error)}`);
      return 1;
    }
  },
};
