import type { Settings } from "../model/settings.ts";
import type { Topic } from "../model/topic.ts";
import { topicOf } from "./assemble.ts";
import { check } from "./check.ts";
import { type ConfigFile, readConfigFile } from "./config-file.ts";
import { type CheckQuery, crossCheck } from "./cross-check.ts";
import type { Problem } from "./problem.ts";
import type { FileName } from "./schema.ts";

type TopicsDraft =
  /** `isWhole`: all of topics.yaml, so that what is not in it is to go; else some topics */
  | { readonly kind: "draft"; readonly topics: readonly Topic[]; readonly isWhole: boolean }
  | { readonly kind: "broken"; readonly problems: readonly Problem[] };

/**
 * Topics as somebody means to write them: a topics.yaml, or a list of some or a topic alone, which may ask for the others
 * as they are.
 * @param file where the text lies: problems name it, with line and column
 */
export function readTopicsDraft(file: string, text: string, settings: Settings, checkQuery: CheckQuery): TopicsDraft {
  const written = readConfigFile("", "topics", text, file);
  const isWhole = Object.hasOwn(Object(written.raw), "topics") || written.raw === undefined;
  const topics = isWhole ? written : asList(written);
  const checked = check(topics);
  const drafts: readonly unknown[] = Array.isArray(written.raw) ? written.raw : [written.raw];
  const ids = new Set(drafts.map((one) => Object(one).id));
  const others = settings.topics.filter(({ id }) => !ids.has(id));
  const files = {
    ressort: asFile("ressort", {}),
    feeds: asFile("feeds", { publishers: settings.publishers.map((one) => ({ ...one, feeds: feedsOf(one.id) })) }),
    sections: asFile("sections", { sections: settings.sections }),
    topics: isWhole ? topics : { ...topics, raw: { topics: [...drafts, ...others] } },
  };
  const crossed = crossCheck(files, checkQuery).filter((problem) => problem.file === file);
  const problems = [...(checked.kind === "broken" ? checked.problems : []), ...crossed];
  if (checked.kind === "broken" || problems.length > 0)
    return { kind: "broken", problems: isWhole ? problems : problems.map(withinIt(written.raw)) };
  const drafted = checked.value.topics.map((topic) => topicOf(topic, settings.language));
  return { kind: "draft", topics: drafted, isWhole };

  function feedsOf(publisher: string) {
    return settings.feeds.filter((feed) => feed.publisher === publisher);
  }
}

const withinIt =
  (raw: unknown) =>
  (problem: Problem): Problem => ({
    ...problem,
    path: problem.path.replace(Array.isArray(raw) ? /^topics/ : /^topics\[0\]\.?/, ""),
  });

/** As if they stood in a topics.yaml; their problems have their places in the file all the same. */
function asList(some: ConfigFile<"topics">): ConfigFile<"topics"> {
  const isList = Array.isArray(some.raw);
  const depth = isList ? 1 : 2;
  return {
    ...some,
    raw: { topics: isList ? some.raw : [some.raw] },
    placeOf: (path, what) => some.placeOf(path.slice(depth), what),
    spellingOf: (path) => some.spellingOf(path.slice(depth)),
  };
}

function asFile<Name extends FileName>(name: Name, raw: unknown): ConfigFile<Name> {
  return { name, file: name, raw, problems: [], placeOf: () => ({}), spellingOf: () => undefined };
}
