import { userInfo } from "node:os";
import type { Act, ActKind, Editing } from "../../src/model/editing.ts";
import { itemId } from "../../src/model/ids.ts";
import type { Placed } from "../../src/model/news.ts";
import { type Instant, isoOf } from "../../src/model/time.ts";
import type { EditTerms, ListedTopic, Refusal } from "../../src/model/topic-edit.ts";
import { showProblems, topicsIn } from "../../src/settings/settings.ts";
import { itemCalled, storyCalled } from "../archive.ts";
import { OperatorError, UsageError } from "../command.ts";
import { logLine } from "../log-line.ts";
import { readText } from "../read-text.ts";
import { shown } from "../shown.ts";
import type { World } from "../world.ts";
import { wordsOf } from "./act-words.ts";
import { ALL_MEMBERS } from "./candidates.ts";
import type { TopicEdits } from "./topic-edits.ts";

export interface EditOptions {
  readonly by?: string | undefined;
  readonly until?: string | undefined;
  readonly title?: string | undefined;
}

/** What is said to do to a story, by the kind of act. */
const ACTS: Readonly<Record<string, ActKind>> = {
  pin: "pins",
  spike: "spikes",
  retitle: "retitles",
  embargo: "embargoes",
};
const ONE: Readonly<Record<ActKind, string>> = {
  pins: "pin",
  spikes: "spike",
  retitles: "retitle",
  embargoes: "embargo",
};
const TAKEN_BACK: Readonly<Record<string, ActKind>> = Object.fromEntries(
  Object.entries(ACTS).map(([verb, kind]) => [`un${verb}`, kind]),
);

export const EDITS: readonly string[] = [
  ...["add", "set", "rename", "remove", "log"],
  ...Object.keys(ACTS),
  ...Object.keys(TAKEN_BACK),
];

const LONGEST_NAME = 80;
const LOGGED = 50;

/** One edit from the command line. @returns what is printed */
export async function editTopics(
  world: World,
  edits: TopicEdits,
  [what = "", ...names]: readonly string[],
  options: EditOptions,
): Promise<readonly string[]> {
  const terms: EditTerms = { by: (options.by ?? userInfo().username).slice(0, LONGEST_NAME) };
  const [act, taken] = [ACTS[what], TAKEN_BACK[what]];
  if (act === undefined && (options.until ?? options.title) !== undefined)
    throw new UsageError(`${what} takes neither --until nor --title`);
  if (act !== undefined) {
    const [topic, name] = wanted(names, 2, `${what} TOPIC ITEM${NEEDED[act] ?? ""}`);
    const words = wordsOf(act, options, world.now());
    if ("kind" in words) throw trouble(words);
    const placed = await placedCalled(world, name);
    const lines = acted(topic, act, sound(await edits.act(topic, act, placed, words, terms)));
    const { story } = placed.decision;
    const members = (await world.items.ofStories([story], ALL_MEMBERS)).get(story) ?? [];
    const note = edits.noteOn(topic, act, placed, members);
    return note === undefined ? lines : [...lines, `note: ${note}`];
  }
  if (taken !== undefined) {
    const [topic, name] = wanted(names, 2, `${what} TOPIC ITEM`);
    const placed = await placedCalled(world, name).catch(() => undefined);
    const item = placed?.item.id ?? itemId(name);
    return acted(topic, taken, sound(await edits.takeBack(topic, taken, item, placed, terms)));
  }
  switch (what) {
    case "add":
      return await add(world, edits, wanted(names, 1, "add FILE")[0], terms);
    case "set": {
      const [topic, ...pairs] = wanted(names, 2, "set TOPIC KEY=VALUE …", Number.POSITIVE_INFINITY);
      return await said(
        world,
        sound(await edits.patch(topic, Object.fromEntries(pairs.map(pairOf)), terms)),
        "changed",
      );
    }
    case "rename": {
      const [topic, to] = wanted(names, 2, "rename TOPIC NEW");
      return await said(world, sound(await edits.rename(topic, to, terms)), `was ${topic}; its readers are led here`);
    }
    case "remove": {
      const [topic] = wanted(names, 1, "remove TOPIC");
      sound(await edits.remove(topic, terms));
      return [`${topic}: removed; its addresses answer 410 for a year`];
    }
    default:
      return await logOf(edits, names[0]);
  }
}

async function logOf(edits: TopicEdits, topic: string | undefined): Promise<readonly string[]> {
  const entries = await edits.log(LOGGED, topic);
  if (entries.length > 0) return entries.toReversed().map(logLine);
  if (topic !== undefined) sound(edits.editing(topic));
  return [`${topic ?? "topics"}: nothing was changed while Ressort ran`];
}

async function add(world: World, edits: TopicEdits, file: string, terms: EditTerms): Promise<readonly string[]> {
  const read = topicsIn(file, readText(file));
  if (read.kind === "broken") throw new OperatorError(showProblems(read.problems));
  const lines: string[] = [];
  for (const written of read.topics) {
    const { id } = Object(written) as { readonly id?: unknown };
    if (typeof id !== "string") throw new OperatorError(`${file}: a topic has no id; write id: NAME.`);
    lines.push(...(await said(world, sound(await edits.put(id, written, { ...terms, isNew: true })), "made")));
  }
  return lines;
}

/** "size=80", "related=true", "ranks={\"dlf\":1}"; all else is a text, and nothing takes the key out. */
function pairOf(pair: string): readonly [key: string, value: unknown] {
  const [, key, text = ""] = /^(\w+)=(.*)$/s.exec(pair) ?? [];
  if (key === undefined) throw new UsageError(`"${shown(pair)}" is no KEY=VALUE`);
  return [key, text === "" ? null : readValue(text)];
}

function readValue(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "string" ? text : value;
  } catch {
    return text;
  }
}

/** An item, or the one that came last of a story. */
async function placedCalled(world: World, name: string): Promise<Placed> {
  const story = await storyCalled(world, name).catch(() => undefined);
  return story?.members.at(-1) ?? (await itemCalled(world, name));
}

function sound<Made>(made: Made | Refusal): Made {
  if (typeof made === "object" && made !== null && "kind" in made) throw trouble(made as Refusal);
  return made as Made;
}

const trouble = ({ message }: Refusal): OperatorError => new OperatorError(message);

async function said(
  { settings, desk }: World,
  { id, hints = [] }: ListedTopic,
  what: string,
): Promise<readonly string[]> {
  const known = (await desk.isTaken())
    ? "the running Ressort knows within a second"
    : "nobody is at work here now: it takes effect when Ressort is started with these settings";
  return [`${id}: ${what}. ${settings.publicUrl}/topics/${id} (${known})`, ...hints.map((hint) => `hint: ${hint}`)];
}

const acted = (topic: string, kind: ActKind, editing: Editing): readonly string[] => {
  const acts: readonly (Act & { readonly until?: number; readonly title?: string })[] = editing[kind];
  return [
    `${topic}: ${acts.length === 0 ? "no" : acts.length} ${acts.length === 1 ? ONE[kind] : kind}`,
    ...acts.map(actLine),
  ];
};

const actLine = ({ item, by, at, until, title }: Act & { readonly until?: number; readonly title?: string }): string =>
  `  ${item}${title === undefined ? "" : ` as "${shown(title)}"`}, by ${shown(by)} ${isoOf(at)}${until === undefined ? "" : `, until ${isoOf(until)}`}`;

const NEEDED: Readonly<Partial<Record<ActKind, string>>> = { retitles: " --title TEXT", embargoes: " --until WHEN" };

function wanted(
  names: readonly string[],
  count: number,
  usage: string,
  most = count,
): readonly [string, string, ...string[]] {
  if (names.length < count || names.length > most) throw new UsageError(`say ${usage}`);
  const [first = "", second = "", ...others] = names;
  return [first, second, ...others];
}

/** What editors did to a topic by hand and still holds, a line each. */
export const actsOf = (editing: Editing, now: Instant): readonly string[] =>
  Object.values(ACTS).flatMap((kind) => {
    const acts: readonly (Act & { readonly until?: Instant })[] = editing[kind];
    const living = acts.filter(({ until = Number.POSITIVE_INFINITY }) => until > now);
    return living.map((act) => `${kind}: ${actLine(act).trim()}`);
  });
