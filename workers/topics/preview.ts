import { realpathSync } from "node:fs";
import path from "node:path";
import { previewer, type TopicPreview } from "../../src/curate/curate.ts";
import type { StoryId } from "../../src/model/ids.ts";
import type { Placed } from "../../src/model/news.ts";
import type { Settings } from "../../src/model/settings.ts";
import { atOnce } from "../../src/model/steps.ts";
import { DAY } from "../../src/model/time.ts";
import type { Topic } from "../../src/model/topic.ts";
import { anyWordOf, beforePlacing, percolator } from "../../src/query/query.ts";
import { type CompiledTopic, checkQuery, compileTopics } from "../../src/road.ts";
import { readTopicsDraft, showProblems } from "../../src/settings/settings.ts";
import { OperatorError, UsageError } from "../command.ts";
import { readText } from "../read-text.ts";
import { configDirOf, settingsOrExit } from "../settings.ts";
import { openWorld } from "../world.ts";
import { fingerprinter, haveSameRules } from "./fingerprint.ts";
import { type FiledItem, place, readItems } from "./preview-items.ts";
import { showPreview } from "./show-preview.ts";
import { topicList } from "./topic-list.ts";

export interface PreviewOptions {
  readonly file: string;
  readonly topic?: string | undefined;
  readonly items?: string | undefined;
  readonly days: string;
  readonly json?: boolean | undefined;
  readonly config?: string | undefined;
}

const MOST_DAYS = 366;

/** One topic of the draft beside what it is now. */
interface Edit {
  readonly before?: CompiledTopic;
  readonly after: CompiledTopic;
}

/** What the topics of a file would have done to the last days, next to those that are in force. */
export async function previewTopics({ file, topic, items, days, json, config }: PreviewOptions): Promise<number> {
  const span = Number(days);
  if (!Number.isInteger(span) || span < 1 || span > MOST_DAYS)
    throw new UsageError(`--days is a whole number from 1 to ${MOST_DAYS}`);
  const settings = settingsOrExit(config);
  const started = performance.now();
  const draft = readDraft(file, topic, settings);
  const known = items === undefined ? await ofRedis(settings, span) : undefined;
  const { edits, gone } = editsOf(draft, topic, known?.topics ?? compileTopics(settings), settings);
  const { placed, count } = known ?? ofFile(items ?? "", edits, settings, span);
  const previews = preview(edits, placed, settings);
  const tookMs = Math.round(performance.now() - started);
  const own = isOwn(file, config) ? { running: known?.otherRules } : undefined;
  const report = { days: span, items: count, tookMs, gone, topics: previews, ...(own !== undefined && { own }) };
  if (json === true) console.log(JSON.stringify(report, undefined, 2));
  else for (const line of showPreview(report, settings)) console.log(line);
  return 0;
}

export interface PreviewReport {
  readonly days: number;
  /** that were looked at */
  readonly items: number;
  readonly tookMs: number;
  /** topics that are not in the file */
  readonly gone: readonly string[];
  /** the file is the one that the settings were read from; `running`: topics whose rules are others where Ressort runs */
  readonly own?: { readonly running: readonly string[] | undefined };
  readonly topics: readonly (TopicPreview & { readonly topic: string; readonly isNew: boolean })[];
}

interface Draft {
  readonly topics: readonly Topic[];
  readonly isWhole: boolean;
}

function readDraft(file: string, wanted: string | undefined, settings: Settings): Draft {
  const draft = readTopicsDraft(file, readText(file), settings, checkQuery);
  if (draft.kind === "broken") throw new OperatorError(showProblems(draft.problems));
  const ids = draft.topics.map(({ id }) => id as string);
  if (wanted !== undefined && !ids.includes(wanted))
    throw new OperatorError(`${file} has no topic "${wanted}"; it has ${ids.join(", ") || "none"}.`);
  return draft;
}

/** @param wanted else those that differ from what is in force */
function editsOf(
  { topics, isWhole }: Draft,
  wanted: string | undefined,
  current: readonly CompiledTopic[],
  settings: Settings,
) {
  const drafted = new Set<string>(topics.map(({ id }) => id));
  const others = isWhole ? [] : settings.topics.filter(({ id }) => !drafted.has(id));
  const compiled = compileTopics({ ...settings, topics: [...topics, ...others] });
  const edits = compiled.flatMap((after): readonly Edit[] => {
    const before = current.find(({ topic }) => topic.id === after.topic.id);
    const isAsked = wanted === undefined ? JSON.stringify(before) !== JSON.stringify(after) : after.topic.id === wanted;
    return drafted.has(after.topic.id) && isAsked ? [{ after, ...(before !== undefined && { before }) }] : [];
  });
  return { edits, gone: isWhole ? settings.topics.flatMap(({ id }) => (drafted.has(id) ? [] : [id])) : [] };
}

/** It would be compared with itself. */
function isOwn(file: string, config: string | undefined): boolean {
  const placeOf = (one: string): string | undefined => {
    try {
      return realpathSync(one);
    } catch {
      return undefined;
    }
  };
  const place = placeOf(file);
  return place !== undefined && place === placeOf(path.join(configDirOf(config), "topics.yaml"));
}

/** All that a running Ressort has of these days, and its topics, also those that do not stand in config/. */
async function ofRedis(settings: Settings, days: number) {
  await using world = await openWorld({ ...settings, logLevel: "error" }, "cli");
  const placed: Placed[] = [];
  for await (const batch of world.items.all(world.now() - days * DAY)) placed.push(...batch);
  const topics = topicList(settings, await world.topics.read()).compiled;
  const [made, fingerprint] = [await world.memberships.rules(), fingerprinter(settings)];
  const otherRules = topics.flatMap((compiled) => {
    const { id } = compiled.topic;
    return made[id] !== undefined && haveSameRules(made[id], fingerprint(compiled)) ? [] : [id];
  });
  return { placed, count: placed.length, topics, otherRules };
}

/** The items of a file that either rule may take, placed; the days count back from the last item. */
function ofFile(file: string, edits: readonly Edit[], settings: Settings, days: number) {
  const { items, badLines } = readItems(file);
  if (badLines > 0) console.error(`warning: ${badLines} lines of ${file} hold no item`);
  const since = (items.at(-1)?.item.arrivedAt ?? 0) - days * DAY;
  const recent = items.filter(({ item }) => item.arrivedAt >= since);
  return { placed: place(touchedBy(edits, recent), settings), count: recent.length };
}

/** Placing is dear: what no rule may take, and has no word of any, needs none. */
function touchedBy(edits: readonly Edit[], items: readonly FiledItem[]): readonly FiledItem[] {
  const rules = edits.flatMap(({ before, after }) => (before === undefined ? [after] : [before, after]));
  const asked = rules.flatMap(({ query }) => [beforePlacing(query), anyWordOf(query) ?? []].flat());
  const percolate = percolator(asked.map((query) => ({ query })));
  return items.filter((filed) => percolate(unplaced(filed), filed.item.arrivedAt).length > 0);
}

const unplaced = ({ item }: FiledItem): Placed => ({
  item,
  decision: { item: item.id, story: item.id as string as StoryId, storyIri: item.iri, reasons: [] },
});

function preview(edits: readonly Edit[], placed: readonly Placed[], settings: Settings): PreviewReport["topics"] {
  const stories = Map.groupBy(placed, ({ decision }) => decision.story);
  const context = { publishers: settings.publishers, membersOf: (story: StoryId) => stories.get(story) ?? [] };
  const running = edits.map(({ before, after }) => ({ before, after, ...previewer(before, after) }));
  for (const one of placed) for (const { take } of running) take(one);
  return running.map(({ before, after, preview: made }) => ({
    topic: after.topic.id,
    isNew: before === undefined,
    ...atOnce(made(context)),
  }));
}
