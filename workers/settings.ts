import path from "node:path";
import process from "node:process";
import type { Settings } from "../src/model/settings.ts";
import { checkQuery } from "../src/road.ts";
import { loadSettings, showProblems } from "../src/settings/settings.ts";
import { OperatorError } from "./command.ts";

export const CONFIG_DIR: string = path.join(import.meta.dirname, "..", "config");

/** Settings of a folder and the environment; every error of all files at once, before anything starts. */
export function settingsOrExit(configDir: string = process.env["RESSORT_CONFIG_DIR"] ?? CONFIG_DIR): Settings {
  const loaded = loadSettings(configDir, process.env, checkQuery);
  if (loaded.kind === "broken") {
    const { problems } = loaded;
    throw new OperatorError(
      `${problems.length === 1 ? "one problem" : `${problems.length} problems`} in the settings; nothing was started.\n${showProblems(problems)}`,
    );
  }
  for (const warning of loaded.warnings) console.error(`warning: ${warning}`);
  return loaded.settings;
}
