import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Command } from "../command.ts";
import { ROLES } from "../daemon.ts";
import { greeting } from "../greeting.ts";
import { OPTIONS_HELP, options } from "../options.ts";
import { writeConfig } from "../press/demo-config.ts";
import { DEMO_PACE, withPress } from "../press/demo-settings.ts";
import { openPress } from "../press/press.ts";
import { runUntilStopped } from "../run.ts";
import { configDirOf, settingsOrExit } from "../settings.ts";

export const command: Command = {
  summary: "start with an invented press instead of the internet: see everything within a minute",
  usage: `
ressort demo [--config DIR]

Invented publishers on this machine keep publishing: copies, corrections, changed guids, a broken feed, a slow one.
Sections and topics are those of the settings, and so are the ports, but it listens on this machine only. Nothing of it
gets out: it has a Redis of its own whatever REDIS_URL says, exports no files, sends no alert, asks no hub, takes no token.
Commands ask the demo, and not another Ressort, with the --config that it prints when it starts. What it gathers is
forgotten when it stops.
${OPTIONS_HELP}`,
  async run(args) {
    const { config } = options(args);
    await using press = await openPress({ now: () => Date.now() });
    // nobody outside is polled, and nobody has to know who we are
    const settings = settingsOrExit(config, { RESSORT_CONTACT_URL: `http://127.0.0.1:${press.port}/` });
    const dataDir = await mkdtemp(path.join(tmpdir(), "ressort-demo-"));
    try {
      const invented = withPress(settings, press, dataDir);
      const folder = await writeConfig(invented, press, configDirOf(config));
      return await runUntilStopped(
        invented,
        ROLES,
        (daemon) => console.error(greeting(invented, ROLES, daemon, folder)),
        DEMO_PACE,
      );
    } finally {
      await rm(dataDir, { recursive: true, force: true });
    }
  },
};
