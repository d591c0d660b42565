import { isDeepStrictEqual } from "node:util";
import type { StoredChange } from "../../src/adapters/topic-store.ts";
import {
  type Act,
  type ActKind,
  type Editing,
  type Embargo,
  MOST_ACTS,
  type Pin,
  pointedAt,
  type Retitle,
  withAct,
  withoutAct,
} from "../../src/model/editing.ts";
import { type ItemId, type TopicId, topicId } from "../../src/model/ids.ts";
import type { Placed } from "../../src/model/news.ts";
import type { Topic } from "../../src/model/topic.ts";
import type { EditTerms, ListedTopic, Refusal, WrittenTopic } from "../../src/model/topic-edit.ts";
import type { TopicLogEntry } from "../../src/model/topic-log.ts";
import type { World } from "../world.ts";
import { noteOnAct } from "./act-note.ts";
import type { TopicBook } from "./topic-book.ts";
import {
  type Decided,
  type Editor,
  entryOf,
  listed,
  missing,
  put,
  refused,
  remove,
  rename,
  unmet,
} from "./topic-changes.ts";
import { editingOf, forgottenEditing, type TopicList } from "./topic-list.ts";

export type TopicEdits = ReturnType<typeof openTopicEdits>;

/** @returns undefined where there is no room for it */
type Edit = (editing: Editing, topic?: Topic) => Editing | undefined;

/** What an act says beside whom it is about. */
export type ActWords = Pick<Pin, "until"> & Partial<Pick<Retitle, "title"> & Pick<Embargo, "until">>;

/** Times `retention.items`: a story that is told on and on outlives its first items, and what editors did to it. */
const MATTERS = 2;

/** Others were faster as often as that: somebody edits in a loop. */
const MOST_TRIES = 20;

/** Everything that is done to topics while Ressort runs, by whomever: one way for the API and the command line. */
export function openTopicEdits(world: World, book: TopicBook, via: TopicLogEntry["via"]) {
  const { settings } = world;
  const editor = (): Editor => ({ settings, via, at: world.now() });

  /** Decided on all topics as they are, and written only if they still are so: edits never overwrite one another. */
  async function make(decide: (list: TopicList) => Decided): Promise<TopicList | Refusal> {
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const list = await book.refresh();
      const decided = decide(list);
      if (decided.kind === "refused") return decided;
      if (!(await world.topics.change(list.version, decided.change))) continue;
      const { touched = [] } = decided.change;
      if (touched.length > 0) await world.queues.askForPublishing(touched);
      return await book.refresh();
    }
    return refused("busy", "too many edits at once: try again in a moment.");
  }

  const shown = (list: TopicList, id: string): ListedTopic => {
    const topic = listed(list, settings, id);
    if (topic === undefined) throw new TypeError(`${id} was written a moment ago`);
    return topic;
  };

  async function topicAfter(id: string, decide: (list: TopicList) => Decided): Promise<ListedTopic | Refusal> {
    const made = await make(decide);
    return "kind" in made ? made : shown(made, id);
  }

  async function editingAfter(id: string, terms: EditTerms, kind: ActKind, edit: Edit) {
    const made = await make((list) => {
      const why = missing(list, id) ?? unmet(list, editor(), id, terms);
      return why ?? acted(list, topicId(id), terms, kind, edit);
    });
    return "kind" in made ? made : editingOf(made, topicId(id));
  }

  function acted(list: TopicList, topic: TopicId, terms: EditTerms, kind: ActKind, edit: Edit): Decided {
    const before = editingOf(list, topic);
    const after = edit(before, list.byId.get(topic)?.topic);
    if (after === undefined) {
      const all = `${topic} has ${MOST_ACTS[kind]} ${kind}, as many as it may have, and all of them hold`;
      return refused("conflict", `${all}: take one back first.`);
    }
    if (isDeepStrictEqual(before, after)) return refused("unknown", `${topic} has no such act among its ${kind}.`);
    const change: StoredChange = {
      editing: new Map([...forgottenEditing(list, topic), [topic, after]]),
      touched: [topic],
      entry: entryOf(editor(), terms, topic, kind, before[kind], after[kind]),
    };
    return { kind: "change", change };
  }

  return {
    list: () => {
      const list = book.list();
      const ids = [...list.byId.keys(), ...list.broken.keys()];
      return ids.flatMap((id) => listed(list, settings, id) ?? []);
    },

    topic: (id: string) => listed(book.list(), settings, id),

    editing: (id: string): Editing | Refusal => missing(book.list(), id) ?? editingOf(book.list(), topicId(id)),

    put: (id: string, written: unknown, terms: EditTerms) =>
      topicAfter(id, (list) => put(list, editor(), id, written, terms)),

    /** What is in `patch` takes the place of what is there, null takes it out (RFC 7396). */
    patch: (id: string, patch: unknown, terms: EditTerms) =>
      topicAfter(id, (list) => {
        const now = list.stored.topics.get(id as TopicId)?.written;
        const why = now === undefined ? missing(list, id) : undefined;
        return why ?? put(list, editor(), id, merged(now, patch), terms);
      }),

    rename: (id: string, to: string, terms: EditTerms) =>
      topicAfter(to, (list) => rename(list, editor(), id, to, terms)),

    async remove(id: string, terms: EditTerms): Promise<"removed" | Refusal> {
      const made = await make((list) => remove(list, editor(), id, terms));
      return "kind" in made ? made : "removed";
    },

    act: (id: string, kind: ActKind, placed: Placed, words: ActWords, terms: EditTerms) =>
      editingAfter(id, terms, kind, (editing) => {
        const act: Act & ActWords = { ...pointedAt(placed), ...words, by: terms.by, at: world.now() };
        return withAct(editing, kind, act as Embargo & Retitle, MATTERS * settings.retention.items);
      }),

    /** What is odd about an act that was done. @param members all items of its story */
    noteOn(id: string, kind: ActKind, placed: Placed, members: readonly Placed[]): string | undefined {
      const compiled = book.list().byId.get(id as TopicId);
      return compiled && noteOnAct(kind, compiled, placed, members, settings.publishers);
    },

    /** @param placed the item, where it is still there */
    takeBack: (id: string, kind: ActKind, item: ItemId, placed: Placed | undefined, terms: EditTerms) =>
      editingAfter(id, terms, kind, (editing, topic) => {
        // one entry an item: what was done to another one of the story is not meant
        if (topic?.oneEntryAStory === false) return withoutAct(editing, kind, item);
        const own = editing[kind].find((act) => act.item === item);
        return withoutAct(editing, kind, item, own?.iri ?? placed?.decision.storyIri);
      }),

    log: (limit: number, id?: string): Promise<readonly TopicLogEntry[]> =>
      world.topics.log(limit, id === undefined ? undefined : (id as TopicId)),
  };
}

/** RFC 7396. What is nested deeper than any topic is left for the check to name. */
function merged(target: unknown, patch: unknown, depth = 0): unknown {
  if (!isPlain(patch) || depth > DEEPEST) return patch;
  const result: Record<string, unknown> = { ...(isPlain(target) ? target : {}) };
  for (const [key, value] of Object.entries(patch))
    if (value === null) delete result[key];
    else result[key] = merged(result[key], value, depth + 1);
  return result;
}

const DEEPEST = 4;

const isPlain = (value: unknown): value is WrittenTopic =>
  typeof value === "object" && value !== null && !Array.isArray(value);
