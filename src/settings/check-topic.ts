import type { Settings } from "../model/settings.ts";
import type { Topic } from "../model/topic.ts";
import { topicOf } from "./assemble.ts";
import { type Checked, check } from "./check.ts";
import { type ConfigFile, readConfigFile } from "./config-file.ts";
import { type CheckQuery, crossCheck } from "./cross-check.ts";
import type { Problem } from "./problem.ts";
import type { FileName } from "./schema.ts";

/** A topic that does not stand in topics.yaml, as it was written. @returns problems with paths within it: "ranks.dlf" */
export function readTopic(written: unknown, { language }: Settings): Checked<Topic> {
  const checked = check(asFile("topics", { topics: [written] }), ["alerts"]);
  if (checked.kind === "broken") return { kind: "broken", problems: within(checked.problems) };
  const [topic] = checked.value.topics;
  if (topic === undefined) throw new TypeError("a list of one topic has one topic");
  // their channels have secrets, which only the environment may hold
  if (topic.alerts !== undefined) return { kind: "broken", problems: [NO_ALERTS] };
  return { kind: "checked", value: topicOf(topic, language) };
}

/** The same, and whether all is there that it names. */
export function checkTopic(written: unknown, settings: Settings, checkQuery: CheckQuery): Checked<Topic> {
  const read = readTopic(written, settings);
  const files = {
    ressort: asFile("ressort", {}),
    feeds: asFile("feeds", { publishers: settings.publishers }),
    sections: asFile("sections", { sections: settings.sections }),
    topics: asFile("topics", { topics: [written] }),
  };
  const problems = [...(read.kind === "broken" ? read.problems : []), ...within(crossCheck(files, checkQuery))];
  return problems.length > 0 ? { kind: "broken", problems } : read;
}

const NO_ALERTS: Problem = {
  ...{ file: "topics", path: "alerts", message: "alerts stand in topics.yaml of the config folder only" },
  hint: "write the topic there, or take them out",
};

export type WrittenTopics =
  | { readonly kind: "written"; readonly topics: readonly unknown[] }
  | { readonly kind: "broken"; readonly problems: readonly Problem[] };

/** The topics of a text as they stand in it, unchecked: a topics.yaml, a list, or one topic alone; JSON is YAML, too. */
export function topicsIn(file: string, text: string): WrittenTopics {
  const { raw, problems } = readConfigFile("", "topics", text, file);
  if (problems.length > 0) return { kind: "broken", problems };
  if (Array.isArray(raw)) return { kind: "written", topics: raw };
  const { topics = [raw] } = Object(raw) as { readonly topics?: unknown };
  return { kind: "written", topics: Array.isArray(topics) ? topics : [topics] };
}

const PLACE = "topics[0]";

const within = (problems: readonly Problem[]): readonly Problem[] =>
  problems.flatMap((problem) =>
    problem.path.startsWith(PLACE) ? [{ ...problem, path: problem.path.slice(PLACE.length).replace(/^\./, "") }] : [],
  );

function asFile<Name extends FileName>(name: Name, raw: unknown): ConfigFile<Name> {
  return { name, file: name, raw, problems: [], placeOf: () => ({}), spellingOf: () => undefined };
}
