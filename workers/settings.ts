import path from "node:path";
import process from "node:process";
import type { Settings } from "../src/model/settings.ts";
import { checkQuery } from "../src/road.ts";
import { loadSettings, type Problem, readHttp, SettingsError, showProblems } from "../src/settings/settings.ts";
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

/** The same for whoever sends alerts: with their secrets. */
export function settingsToAlert(option?: string): Settings {
  const { settings, slips, secretProblems } = loadedOrExit(option);
  warn(slips);
  if (secretProblems.length > 0) throw refusal(secretProblems);
  return settings;
}

/** The same for whoever polls and serves with them: with all that is doubtful about that. */
export function settingsToStart(option: string | undefined, sendsAlerts: boolean): Settings {
  const { settings, warnings, secretProblems } = loadedOrExit(option);
  warn(warnings);
  if (sendsAlerts && secretProblems.length > 0) throw refusal(secretProblems);
  return settings;
}

/** Where the settings say that we listen: nothing else is looked at, for what runs has read the rest long since. */
export function httpOrExit(option?: string): Settings["http"] {
  try {
    return readHttp(configDirOf(option), process.env);
  } catch (error) {
    throw error instanceof SettingsError ? refusal(error.problems) : error;
  }
}

function warn(warnings: readonly string[]): void {
  for (const warning of warnings) console.error(`warning: ${warning}`);
}

function loadedOrExit(option?: string, own: Readonly<Record<string, string>> = {}) {
  const configDir = configDirOf(option);
  const loaded = loadSettings(configDir, { ...process.env, ...own }, checkQuery);
  if (loaded.kind === "broken") {
    warn(loaded.slips); // one of them may be the cause
    throw refusal(loaded.problems);
  }
  return loaded;
}

function refusal(problems: readonly Problem[]): OperatorError {
  const count = problems.length === 1 ? "one problem" : `${problems.length} problems`;
  return new OperatorError(`${count} in the settings; nothing was started.\n${showProblems(problems)}`);
}
