import type { Command } from "../command.ts";
import { ROLES, type Role } from "../daemon.ts";
import { greeting } from "../greeting.ts";
import { OPTIONS_HELP, options } from "../options.ts";
import { runUntilStopped } from "../run.ts";
import { settingsToStart } from "../settings.ts";

const SUMMARIES: Readonly<Record<string, string>> = {
  start: "everything in one process: poll, decide, publish, serve",
  work: "only the worker: polls feeds and renders topics; run as many as you like",
  desk: "only the desk: decides copies, stories and sections; others stand by",
  web: "only the web server: feeds, pages and search; run as many as you like",
};

/** `start` and the three roles differ only in what they run. */
export function roleCommand(name: string, roles: readonly Role[]): Command {
  return {
    summary: SUMMARIES[name] ?? name,
    usage: `
ressort ${name} [--config DIR]

Stops on SIGTERM or Ctrl-C: finishes what is running, saves, leaves with 0.
Redis is found through REDIS_URL; without it a private redis-server is started under data/, for this process and for
commands that ask it. Roles in several processes need a REDIS_URL; a second Ressort, a RESSORT_DATA_DIR of its own.
${OPTIONS_HELP}`,
    async run(args) {
      const settings = settingsToStart(options(args).config, roles.includes("work"));
      return await runUntilStopped(settings, roles, (daemon) => console.error(greeting(settings, roles, daemon)));
    },
  };
}

export const command: Command = roleCommand("start", ROLES);
