import type { ItemId, SectionId } from "../model/ids.ts";
import { HOUR, type Instant, MINUTE } from "../model/time.ts";
import { type Classifier, newClassifier } from "./classifier.ts";
import { furnish, openRoom, type Room, type RoomState, stateOf } from "./room.ts";
import { leave, type Story } from "./stories.ts";
import { removeMember, type Text } from "./texts.ts";
import type { Told } from "./told.ts";

/** All that the desk remembers. */
export interface Memory {
  /** the latest `arrivedAt` */
  clock: Instant;
  sweptAt: Instant;
  readonly sections: readonly SectionId[];
  /** in order of arrival */
  readonly items: Map<ItemId, Told>;
  readonly rooms: Map<string, Room>;
  /** ids and IRIs of live stories, which no other story may take */
  readonly taken: Set<string>;
}

/** Bump it whenever a snapshot of before would mean something else. */
const VERSION = 1;
export const WINDOW = 72 * HOUR;
const SWEPT_EVERY = 10 * MINUTE;
/** A language that a feed named by mistake is forgotten with its items; one that was learned survives a pause. */
const WORTH_KEEPING = 50;

export const newMemory = (sections: readonly SectionId[]): Memory => ({
  ...{ clock: 0, sweptAt: 0, sections, items: new Map(), rooms: new Map(), taken: new Set() },
});

export function roomOf(memory: Memory, language: string): Room {
  const known = memory.rooms.get(language);
  if (known !== undefined) return known;
  const room = openRoom(language, memory.sections, memory.clock);
  memory.rooms.set(language, room);
  return room;
}

/** Forgets what the window has passed. */
export function sweep(memory: Memory): void {
  if (memory.clock - memory.sweptAt < SWEPT_EVERY) return;
  memory.sweptAt = memory.clock;
  for (const told of memory.items.values()) {
    if (memory.clock - told.at <= WINDOW) break;
    forget(memory, told);
  }
  for (const [language, { texts, frequencies }] of memory.rooms) {
    if (texts.bySerial.size === 0 && frequencies.texts < WORTH_KEEPING) memory.rooms.delete(language);
  }
}

/** Takes an item out of its text, a text without items out of its story, a story without texts off the desk. */
export function forget(memory: Memory, told: Told): void {
  memory.items.delete(told.id);
  const room = roomOf(memory, told.language);
  const text = room.texts.bySerial.get(told.text);
  if (text === undefined || !removeMember(room.texts, room.textIndex, text, told.id)) return;
  const story = room.stories.bySerial.get(text.story);
  if (story !== undefined) leaveStory(memory, room, story, text);
}

/** Takes a text out of its story; a story without texts is over, and its names are free. */
export function leaveStory(memory: Memory, room: Room, story: Story, text: Text): void {
  leave(room.stories, room.storyIndex, story, text.serial, text.vector);
  if (story.texts.size > 0) return;
  for (const name of [story.id, story.iri, ...story.was]) memory.taken.delete(name);
}

/** Maps keep their order and numbers their last bit, so that a restored desk goes on as if it had never stopped. */
export function dump(memory: Memory): string {
  const rooms = [...memory.rooms.values()].map(stateOf);
  const { clock, sweptAt, sections, items } = memory;
  return JSON.stringify({ version: VERSION, clock, sweptAt, sections, items, rooms }, packed);
}

export function load(snapshot: string, sections: readonly SectionId[]): Memory | undefined {
  const found = parsed(snapshot);
  if (found?.version !== VERSION) return undefined;
  if (found.sections.join() !== sections.join()) unlearnSections(found, sections);
  const rooms = new Map(found.rooms.map((state) => [state.language, furnish(state)]));
  const stories = [...rooms.values()].flatMap((room) => [...room.stories.bySerial.values()]);
  const taken = new Set(stories.flatMap((story) => [story.id, story.iri, ...story.was]));
  return { clock: found.clock, sweptAt: found.sweptAt, sections, items: found.items, rooms, taken };
}

/**
 * config/sections.yaml was edited: stories and copies stay as readers know them. What was learned counts by the old
 * order of sections, so it is learned anew; a section that is gone is nobody's.
 */
function unlearnSections(found: Snapshot, sections: readonly SectionId[]): void {
  const kept = new Set(sections);
  for (const told of found.items.values()) {
    if (told.named && !kept.has(told.named.section)) told.named = undefined;
    if (told.guessed && !kept.has(told.guessed.section)) told.guessed = undefined;
  }
  for (const { stories } of found.rooms)
    for (const { filed } of stories.bySerial.values())
      for (const section of filed.keys()) if (!kept.has(section)) filed.delete(section);
  for (const state of found.rooms) state.classifier = newClassifier(sections, found.clock);
}

type Snapshot = Pick<Memory, "clock" | "sweptAt" | "sections" | "items"> & {
  readonly version: number;
  readonly rooms: readonly (RoomState & { classifier: Classifier })[];
};

function parsed(snapshot: string): Snapshot | undefined {
  try {
    return JSON.parse(snapshot, unpacked) as Snapshot;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function packed(_key: string, value: unknown): unknown {
  if (value instanceof Map) return { map: [...value] };
  if (value instanceof Set) return { set: [...value] };
  return value;
}

function unpacked(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if ("map" in value && Array.isArray(value.map)) return new Map(value.map);
  if ("set" in value && Array.isArray(value.set)) return new Set(value.set);
  return value;
}
