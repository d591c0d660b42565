import type { Section } from "../model/section.ts";
import type { Settings } from "../model/settings.ts";
import { alertsOf } from "./alerts.ts";
import { assemble } from "./assemble.ts";
import { check } from "./check.ts";
import { readConfigFile } from "./config-file.ts";
import { type CheckQuery, type ConfigFiles, crossCheck } from "./cross-check.ts";
import { type Environment, override } from "./environment.ts";
import { checkManners } from "./manners.ts";
import { type Problem, SettingsError } from "./problem.ts";
import type { FileOf } from "./schema.ts";
import { weakTokens } from "./weak-tokens.ts";

export { checkObject } from "./check.ts";
export { checkTopic, readTopic, topicsIn } from "./check-topic.ts";
export { addFeeds, readFeedsFile, writeFeedsFile } from "./feeds-file.ts";
export { printable } from "./printable.ts";
export { type Problem, SettingsError, showProblems } from "./problem.ts";
export { jsonSchema } from "./schema.ts";
export { readTopicsDraft } from "./topics-draft.ts";

export type Loaded =
  | {
      readonly kind: "settings";
      readonly settings: Settings;
      readonly warnings: readonly string[];
      /** those of the warnings that concern whatever is done with the settings, not only who starts Ressort */
      readonly slips: readonly string[];
      /** secrets of alerts that are not here: whoever sends alerts must not start without them */
      readonly secretProblems: readonly Problem[];
    }
  | { readonly kind: "broken"; readonly problems: readonly Problem[]; readonly slips: readonly string[] };

/**
 * config/*.yaml and the environment, checked and frozen, or everything that is wrong with them, in the files' order.
 * @param checkQuery says what is wrong with a topic's query; without it queries are taken as they are
 * @param drafts texts of files that are to be written only if all is well with them
 */
export function loadSettings(
  configDir: string,
  env: Environment,
  checkQuery?: CheckQuery,
  drafts: { readonly feeds?: string } = {},
): Loaded {
  const overridden = override(readConfigFile(configDir, "ressort"), env);
  const files: ConfigFiles = {
    ressort: overridden.file,
    feeds: readConfigFile(configDir, "feeds", drafts.feeds),
    sections: readConfigFile(configDir, "sections"),
    topics: readConfigFile(configDir, "topics"),
  };
  const whole = checkAll(files);
  const alerting = whole.value === undefined ? undefined : alertsOf(whole.value, files.topics, env);
  const settings = whole.value === undefined ? undefined : assemble(whole.value, alerting?.alerts);
  const manners = settings === undefined ? undefined : checkManners(settings, files.ressort, env);
  const problems = [
    ...overridden.problems,
    ...[...whole.problems, ...(manners?.problems ?? [])].map(overridden.blame),
    ...(alerting?.problems ?? []),
    ...crossCheck(files, checkQuery),
  ];
  const { warnings: slips } = overridden;
  const secretProblems = alerting?.secretProblems ?? [];
  if (settings === undefined || problems.length > 0)
    return { kind: "broken", problems: inOrder([...problems, ...secretProblems], files), slips };
  return {
    kind: "settings",
    settings,
    slips,
    secretProblems,
    warnings: [...slips, ...(manners?.warnings ?? []), ...weakTokens(settings)],
  };
}

/** Where we listen; throws a SettingsError where ressort.yaml does not say. The other files may be as they like. */
export function readHttp(configDir: string, env: Environment): Settings["http"] {
  const { file, blame } = override(readConfigFile(configDir, "ressort"), env);
  const ressort = check(file);
  if (ressort.kind === "broken") throw new SettingsError(ressort.problems.map(blame));
  return ressort.value.http;
}

/** The sections of config/sections.yaml, in its order. Throws a SettingsError that names all that is wrong with it. */
export function readSections(configDir: string): readonly Section[] {
  const file = check(readConfigFile(configDir, "sections"));
  if (file.kind === "broken") throw new SettingsError(file.problems);
  return file.value.sections;
}

function checkAll(files: ConfigFiles): { readonly value?: FileOf; readonly problems: readonly Problem[] } {
  const ressort = check(files.ressort);
  const feeds = check(files.feeds);
  const sections = check(files.sections);
  const topics = check(files.topics);
  const problems = [ressort, feeds, sections, topics].flatMap((file) => (file.kind === "broken" ? file.problems : []));
  if (ressort.kind === "broken" || feeds.kind === "broken") return { problems };
  if (sections.kind === "broken" || topics.kind === "broken") return { problems };
  const value = { ressort: ressort.value, feeds: feeds.value, sections: sections.value, topics: topics.value };
  return { value, problems };
}

function inOrder(problems: readonly Problem[], files: ConfigFiles): readonly Problem[] {
  const order = Object.values(files).map(({ file }) => file);
  return problems.toSorted(
    (one, other) => order.indexOf(one.file) - order.indexOf(other.file) || (one.line ?? 0) - (other.line ?? 0),
  );
}
