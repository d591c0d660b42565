import { createHash } from "node:crypto";
import type { StoredChange } from "../../src/adapters/topic-store.ts";
import { SLUG, type TopicId, topicId } from "../../src/model/ids.ts";
import { nearest } from "../../src/model/nearest.ts";
import type { Settings } from "../../src/model/settings.ts";
import { type Instant, isoOf } from "../../src/model/time.ts";
import {
  type EditTerms,
  type Fault,
  type ListedTopic,
  type Refusal,
  type WrittenTopic,
  writtenOf,
} from "../../src/model/topic-edit.ts";
import type { TopicLogEntry } from "../../src/model/topic-log.ts";
import { hintsOf, namesOf } from "../../src/query/query.ts";
import { type CompiledTopic, checkQuery, compileTopic } from "../../src/road.ts";
import { checkTopic, readTopic } from "../../src/settings/settings.ts";
import {
  editedAs,
  editingOf,
  fixedIds,
  forgottenEditing,
  successorOf,
  type TopicList,
  topicNames,
} from "./topic-list.ts";

/** What an edit comes to, given all topics: a change of what is stored, or why not. Nothing here asks anybody. */
export type Decided = { readonly kind: "change"; readonly change: StoredChange } | Refusal;

export interface Editor {
  readonly settings: Settings;
  readonly via: TopicLogEntry["via"];
  readonly at: Instant;
}

/** More than anybody keeps an eye on; each costs every item a question. */
const MOST_TOPICS = 5000;

/** The whole topic as it is to be from now on; makes it where there is none. */
export function put(list: TopicList, editor: Editor, id: string, given: unknown, terms: EditTerms): Decided {
  const why = notOurs(list, editor, id) ?? unmet(list, editor, id, terms) ?? leadsAway(list, id);
  if (why !== undefined) return why;
  const written = { ...Object(given), id };
  const fresh = topicId(id);
  if (!list.stored.topics.has(fresh) && list.stored.topics.size >= MOST_TOPICS)
    return refused("conflict", `there are ${MOST_TOPICS} topics already: remove one first.`);
  const drafted = draft(list, editor, id, given);
  if ("kind" in drafted) return drafted;
  const before = list.stored.topics.get(fresh);
  const entry = entryOf(editor, terms, fresh, before === undefined ? "made" : "changed", before?.written, written);
  const topics = new Map([[fresh, { written, at: editor.at }]]);
  return { kind: "change", change: { topics, gone: new Map([[fresh, undefined]]), entry } };
}

/** A topic under another id, to which the old one leads from now on. */
export function rename(list: TopicList, editor: Editor, id: string, to: string, terms: EditTerms): Decided {
  const why =
    notOurs(list, editor, id, "renamedFrom: [OLD] of its new entry there lets readers follow") ??
    missing(list, id) ??
    unmet(list, editor, id, terms) ??
    notOurs(list, editor, to) ??
    leadsAway(list, to, id) ??
    leftAlone(list, editor.settings, id);
  if (why !== undefined) return why;
  const [from, into] = [topicId(id), topicId(to)];
  if (list.stored.topics.has(into)) return refused("conflict", `there is a topic "${to}" already: take another id.`);
  const before = list.stored.topics.get(from);
  const after = { ...Object(before?.written), id: to };
  return {
    kind: "change",
    change: {
      topics: new Map([
        [from, undefined],
        [into, { written: after, at: before?.at ?? editor.at }],
      ]),
      editing: new Map([
        ...forgottenEditing(list, from),
        [into, editedAs(list, from).length > 0 ? editingOf(list, from) : undefined],
      ]),
      gone: new Map([
        [from, { at: editor.at, into }],
        [into, undefined],
      ]),
      entry: { ...entryOf(editor, terms, into, "renamed", before?.written, after), from },
    },
  };
}

export function remove(list: TopicList, editor: Editor, id: string, terms: EditTerms): Decided {
  const why =
    notOurs(list, editor, id) ??
    missing(list, id) ??
    unmet(list, editor, id, terms) ??
    leftAlone(list, editor.settings, id);
  if (why !== undefined) return why;
  const topic = topicId(id);
  return {
    kind: "change",
    change: {
      topics: new Map([[topic, undefined]]),
      editing: new Map(forgottenEditing(list, topic)),
      gone: new Map([[topic, { at: editor.at }]]),
      entry: entryOf(editor, terms, topic, "removed", list.stored.topics.get(topic)?.written, undefined),
    },
  };
}

/** A topic as editors see it, whoever made it. */
export function listed(list: TopicList, settings: Settings, id: string): ListedTopic | undefined {
  const known = list.byId.get(id as TopicId)?.topic;
  const written = known === undefined ? list.stored.topics.get(id as TopicId)?.written : writtenOf(known);
  if (written === undefined) return undefined;
  const topic = written as WrittenTopic;
  const isFixed = fixedIds(settings).has(id);
  const broken = list.broken.get(id as TopicId);
  const hints = hintsOf(String(topic["query"] ?? "")).map(({ message }) => message);
  return {
    id,
    topic,
    source: known?.section !== undefined ? "section" : isFixed ? "config" : "edited",
    etag: etagOf(topic),
    ...(hints.length > 0 && { hints }),
    ...(broken !== undefined && { broken: broken.map(faultOf) }),
  };
}

/** Whatever the order in which its keys were written. */
function etagOf(topic: WrittenTopic): string {
  const keys = Object.entries(topic).sort(([one], [other]) => (one < other ? -1 : 1));
  return createHash("sha256").update(JSON.stringify(keys)).digest("base64url").slice(0, ETAG_CHARACTERS);
}

const ETAG_CHARACTERS = 22;

export const refused = (why: Refusal["why"], message: string): Refusal => ({ kind: "refused", why, message });

export const entryOf = (
  { at, via }: Editor,
  { by }: EditTerms,
  topic: TopicId,
  what: TopicLogEntry["what"],
  before: unknown,
  after: unknown,
): TopicLogEntry => ({ at, by, via, topic, what, before, after });

export function missing(list: TopicList, id: string): Refusal | undefined {
  const isThere = list.byId.has(id as TopicId) || list.stored.topics.has(id as TopicId);
  return isThere ? undefined : refused("unknown", `there is no topic "${id}"${meantBy(list, id)}`);
}

/** Those that are not listed are for who knows them. */
function meantBy(list: TopicList, id: string): string {
  const ids = list.compiled.flatMap(({ topic }) => (topic.unlisted === true ? [] : topic.id));
  const meant = nearest(id, ids);
  return meant === undefined ? "." : `; did you mean ${meant}?`;
}

function notOurs({ byId }: TopicList, { settings }: Editor, id: string, more = "edit it there"): Refusal | undefined {
  if (!SLUG.test(id))
    return refused("broken", `"${id.slice(0, 80)}" is no id: use a-z, 0-9 and "-", at most 64 characters.`);
  if (byId.get(id as TopicId)?.topic.section !== undefined)
    return refused("conflict", `"${id}" is a section's id: give the topic another.`);
  if (fixedIds(settings).has(id))
    return refused("conflict", `this topic stands in topics.yaml of the config folder: ${more}.`);
  return undefined;
}

export function unmet(
  list: TopicList,
  { settings }: Editor,
  id: string,
  { ifMatch, isNew }: EditTerms,
): Refusal | undefined {
  const now = listed(list, settings, id);
  if (isNew && now !== undefined) return refused("stale", `there is a topic "${id}" already.`);
  if (ifMatch === undefined || (now !== undefined && ifMatch.some((etag) => etag === "*" || etag === now.etag)))
    return undefined;
  return refused("stale", `"${id}" is not as you read it: read it again, and edit that.`);
}

/** Readers are led from this id to a topic that lives: nobody may take it from under them, but that topic itself. */
function leadsAway(list: TopicList, id: string, heir?: string): Refusal | undefined {
  const into = missing(list, id) && successorOf(list, id as TopicId);
  if (into === undefined || into === heir) return undefined;
  const { at } = list.stored.gone.get(id as TopicId) ?? {};
  const since = at === undefined ? "" : ` since ${isoOf(at)}`;
  return refused("conflict", `"${id}" leads to "${into}"${since}: choose another id.`);
}

/** Others ask for it by `topic:`; they would be asking for nothing. */
function leftAlone(list: TopicList, settings: Settings, id: string): Refusal | undefined {
  const others = list.compiled.map(({ topic }) => topic).filter((topic) => topic.id !== id);
  const names = topicNames({ ...settings, topics: [] }, others);
  const asking = others.filter((topic) => "kind" in compileTopic(topic, names)).map((topic) => topic.id);
  return asking.length === 0
    ? undefined
    : refused("conflict", `${asking.slice(0, 5).join(", ")} asks for topic:${id}: change that first.`);
}

/** A topic as it would be, or what is wrong with it. */
export function draft(list: TopicList, { settings }: Editor, id: string, given: unknown): CompiledTopic | Refusal {
  if (typeof given !== "object" || given === null || Array.isArray(given)) return broken(NO_TOPIC);
  const { id: own = id } = given as { readonly id?: unknown };
  if (own !== id) return broken(OTHER_ID);
  const written = { ...given, id };
  const others = list.compiled.flatMap(({ topic }) => (topic.section === undefined && topic.id !== id ? [topic] : []));
  const read = readTopic(written, settings);
  const all = { ...settings, topics: [...others, ...(read.kind === "checked" ? [read.value] : [])] };
  const names = namesOf(all);
  const checked = checkTopic(written, settings, (query) => checkQuery(query, names));
  if (checked.kind === "broken") return broken(...checked.problems.map(faultOf));
  const compiled = compileTopic(checked.value, names);
  if ("kind" in compiled) return broken({ path: "query", message: compiled.message, hint: "write another query" });
  // those that ask for it are read again, with what it asks for now
  const spoilt = others.find((topic) => "kind" in compileTopic(topic, names));
  return spoilt === undefined ? compiled : broken(spoiltFault(spoilt.id));
}

export const broken = (...faults: readonly Fault[]): Refusal => ({
  ...refused("broken", faults.map(({ path, message, hint }) => `${path && `${path}: `}${message}; ${hint}`).join("\n")),
  faults,
});

const NO_TOPIC: Fault = { path: "", message: "this is no topic", hint: "write an object with keys" };
const OTHER_ID: Fault = {
  path: "id",
  message: "the address says another id",
  hint: "leave it out; rename gives another",
};
const spoiltFault = (id: string): Fault => ({
  path: "query",
  message: `${id} asks for this topic, and could not any more`,
  hint: `ask for less, or change ${id} first`,
});

const faultOf = ({ path, message, hint }: Fault): Fault => ({ path, message, hint });
