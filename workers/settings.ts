import path from "node:path";
import process from "node:process";
import type { Settings } from "../src/model/settings.ts";
import { checkQuery } from "../src/road.ts";
import { loadSettings, showProblems } from "../src/settings/settings.ts";
import { OperatorError } from "./command.ts";

export const CONFIG_DIR: string = path.join(import.meta.dirname, "..", "config");

/** The folder that --config names, or else the environment, or else ours. */
export const configDirOf = (option?: string): string => option ?? process.env["RESSORT_CONFIG_DIR"] ?? CONFIG_DIR;

/**
 * Settings of a folder and the environment; every error of all files at once, before anything starts.
 * @param own variables that hold whatever the environment says
 */
export function settingsOrExit(option?: string, own: Readonly<Record<string, string>> = {}): Settings {
  const { settings, slips } = loadedOrExit(option, own);
  warn(slips);
  return settings;
}

/** The same for whoever polls and serves with them: with all that is doubtful about that. */
export function settingsToStart(option?: string): Settings {
  const { settings, warnings } = loadedOrExit(option);
  warn(warnings);
  return settings;
}

function warn(warnings: readonly string[]): void {
  for (const warning of warnings) console.error(`warning: ${warning}`);
}

function loadedOrExit(option?: string, own: Readonly<Record<string, string>> = {}) {
  const configDir = configDirOf(option);
  const loaded = loadSettings(configDir, { ...process.env, ...own }, checkQuery);
  if (loaded.kind === "broken") {
    const { problems } = loaded;
    throw new OperatorError(
      `${problems.length === 1 ? "one problem" : `${problems.length} problems`} in the settings; nothing was started.\n${showProblems(problems)}`,
    );
  }
  return loaded;
}
