import type { StoredTopics } from "../../src/adapters/topic-store.ts";
import { type Editing, joinedEditing } from "../../src/model/editing.ts";
import type { TopicId } from "../../src/model/ids.ts";
import type { Settings } from "../../src/model/settings.ts";
import { DAY, type Instant } from "../../src/model/time.ts";
import type { Topic } from "../../src/model/topic.ts";
import { namesOf, type QueryNames } from "../../src/query/query.ts";
import { type CompiledTopic, compileTopic, compileTopics } from "../../src/road.ts";
import { type Problem, readTopic } from "../../src/settings/settings.ts";

/** All topics as they are at one moment: those of config/, those that were made while Ressort runs, the sections' own. */
export interface TopicList {
  /** of what is stored */
  readonly version: number;
  readonly stored: StoredTopics;
  /** when config/ was */
  readonly readAt: Instant;
  readonly compiled: readonly CompiledTopic[];
  readonly byId: ReadonlyMap<TopicId, CompiledTopic>;
  /** stored ones that make no sense any more, a section of theirs has gone: left as they were last published */
  readonly broken: ReadonlyMap<TopicId, readonly Problem[]>;
}

/** Config wins: a stored topic whose id stands in config/ waits until it stands there no longer. */
export function topicList(settings: Settings, stored: StoredTopics, readAt: Instant = 0): TopicList {
  const fixed = fixedIds(settings);
  const broken = new Map<TopicId, readonly Problem[]>();
  const read: Topic[] = [];
  for (const [id, { written }] of stored.topics) {
    if (fixed.has(id)) continue;
    const checked = readTopic(written, settings);
    if (checked.kind === "checked") read.push(checked.value);
    else broken.set(id, checked.problems);
  }
  const topics = [...settings.topics, ...sound(settings, read, broken)];
  const byId = new Map(compileTopics({ ...settings, topics }).map((one) => [one.topic.id, one]));
  return { version: stored.version, stored, readAt, compiled: [...byId.values()], byId, broken };
}

/** Ids that config/ has given away. */
export const fixedIds = ({ topics, sections }: Settings): ReadonlySet<string> =>
  new Set<string>([...topics, ...sections].map(({ id }) => id));

/** Without those that ask for what makes no sense, and those that ask for one of these. */
function sound(
  settings: Settings,
  topics: readonly Topic[],
  broken: Map<TopicId, readonly Problem[]>,
): readonly Topic[] {
  const names = topicNames(settings, topics);
  const left = topics.filter((topic) => {
    const compiled = compileTopic(topic, names);
    if ("kind" in compiled)
      broken.set(topic.id, [{ file: topic.id, path: "query", message: compiled.message, hint: "write another query" }]);
    return !("kind" in compiled);
  });
  return left.length === topics.length ? left : sound(settings, left, broken);
}

/** For which topics a query may ask. */
export function topicNames(settings: Settings, topics: readonly Topic[]): QueryNames {
  const { topics: queries = new Map() } = namesOf({ ...settings, topics: [...settings.topics, ...topics] });
  return { topics: queries };
}

/** When a topic's rules were last written, as far as anybody knows: what stands in config/ was there at the start. */
export const writtenAt = ({ stored, readAt }: TopicList, id: TopicId): Instant => stored.topics.get(id)?.at ?? readAt;

/** What editors did in a topic, and in those of config/ that have become part of it. */
export const editingOf = (list: TopicList, id: TopicId): Editing =>
  joinedEditing(editedAs(list, id).flatMap((one) => list.stored.editing.get(one) ?? []));

/** Under which ids that is stored, its own first. */
export function editedAs({ stored, byId }: TopicList, id: TopicId): readonly TopicId[] {
  const former = byId.get(id)?.topic.renamedFrom ?? [];
  return [id, ...former.filter((one) => !byId.has(one))].filter((one) => stored.editing.has(one));
}

/** To be written where it is written anew. */
export const forgottenEditing = (list: TopicList, id: TopicId) =>
  editedAs(list, id).map((one): readonly [TopicId, undefined] => [one, undefined]);

/** What a topic is called that had this id once. */
export function successorOf({ stored, byId }: TopicList, id: TopicId): TopicId | undefined {
  const passed = new Set([id]);
  for (let next = nextOf(id); next !== undefined && !passed.has(next); next = nextOf(next)) {
    if (byId.has(next)) return next;
    passed.add(next);
  }
  return undefined;

  function nextOf(old: TopicId): TopicId | undefined {
    const heirs = [...byId.values()].filter(({ topic }) => topic.renamedFrom?.includes(old));
    return heirs[0]?.topic.id ?? stored.gone.get(old)?.into;
  }
}

/** Ids of config/ that led to another topic before they stood there: their former readers are not led any more. */
export function takenBack(
  { stored, byId }: TopicList,
  settings: Settings,
): readonly (readonly [id: string, TopicId])[] {
  return [...fixedIds(settings)].flatMap((id) => {
    const heirs = [...byId.values()].filter(({ topic }) => topic.renamedFrom?.includes(id as TopicId));
    const into = heirs[0]?.topic.id ?? stored.gone.get(id as TopicId)?.into;
    return into !== undefined && into !== id && byId.has(into) ? [[id, into] as const] : [];
  });
}

/**
 * Where the document of a topic is to be found now, wherever the topic went: "topics/gold.rss" is "topics/edelmetall.rss".
 * @returns undefined where the topic is no more
 */
export function livingPath(list: TopicList, path: string): string | undefined {
  const [, place, id = "", rest = ""] = /^(topics|sections)\/([a-z0-9-]+)(.*)$/.exec(path) ?? [];
  const living = list.byId.has(id as TopicId) ? (id as TopicId) : successorOf(list, id as TopicId);
  const section = living && list.byId.get(living)?.topic.section;
  const isThere = living !== undefined && (section === undefined ? "topics" : "sections") === place;
  return isThere ? `${place}/${living}${rest}` : undefined;
}

/** Readers of a deleted topic's address are told so for this long (facts B-23). */
const GONE_FOR = 365 * DAY;

/** Where a topic went that is no more: what it is called now, or nowhere. */
export function goneTopic(list: TopicList, id: TopicId, now: Instant): { readonly into?: TopicId } | undefined {
  if (list.byId.has(id)) return undefined;
  const into = successorOf(list, id);
  if (into !== undefined) return { into };
  const gone = list.stored.gone.get(id);
  return gone === undefined || now - gone.at > GONE_FOR ? undefined : {};
}
