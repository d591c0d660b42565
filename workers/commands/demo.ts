import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Command } from "../command.ts";
import { ROLES } from "../daemon.ts";
import { greeting } from "../greeting.ts";
import { OPTIONS_HELP, options } from "../options.ts";
import { DEMO_PACE, withPress } from "../press/demo-settings.ts";
import { openPress } from "../press/press.ts";
import { runUntilStopped } from "../run.ts";
import { settingsOrExit } from "../settings.ts";

export const command: Command = {
  summary: "start with an invented press instead of the internet: see everything within a minute",
  usage: `
ressort demo [--config DIR]

Invented publishers on this machine keep publishing: copies, corrections, changed guids, a broken feed, a slow one.
Sections and topics are those of the settings. What it gathers is forgotten when it stops.
${OPTIONS_HELP}`,
  async run(args) {
    const settings = settingsOrExit(options(args).config);
    const dataDir = await mkdtemp(path.join(tmpdir(), "ressort-demo-"));
    try {
      await using press = await openPress({ now: () => Date.now() });
      const invented = withPress(settings, press, dataDir);
      return await runUntilStopped(
        invented,
        ROLES,
        (daemon) => console.error(greeting(invented, ROLES, daemon)),
        DEMO_PACE,
      );
    } finally {
      await rm(dataDir, { recursive: true, force: true });
    }
  },
};
