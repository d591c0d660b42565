import { askOps } from "../ask-ops.ts";
import type { Command } from "../command.ts";
import { OPTIONS_HELP, parsed } from "../options.ts";
import { httpOrExit } from "../settings.ts";

export const command: Command = {
  summary: "is the process on this machine alive? (exit code 0 or 1; for Docker)",
  usage: `
ressort healthcheck [--ready] [--config DIR]

Asks the ops port of this machine for /livez, or for /readyz with --ready.
Redis being away does not make a process unhealthy: restarting it would not help.
${OPTIONS_HELP}`,
  async run(args) {
    const { values } = parsed(args, { ready: { type: "boolean" } });
    const http = httpOrExit(values.config);
    const path = values.ready ? "/readyz" : "/livez";
    const answer = await askOps(http, path);
    if (answer.kind === "failed") {
      console.error(`${path} of port ${http.opsPort} does not answer: ${answer.why}`);
      return 1;
    }
    console.log(new TextDecoder().decode(answer.bytes).trim());
    return answer.status === 200 ? 0 : 1;
  },
};
