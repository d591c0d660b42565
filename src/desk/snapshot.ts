import type { SectionId } from "../model/ids.ts";
import { newClassifier } from "./classifier.ts";
import type { Memory } from "./memory.ts";
import { furnish, type RoomState, stateOf } from "./room.ts";

/** Bump it whenever a snapshot of before would mean something else. */
const VERSION = 3;
/** Entries a line: a few milliseconds' work, and a desk of any size has no line that no string could hold. */
const SLICE = 200;
/** Without it the snapshot was cut off. */
const END = "end";

/**
 * All that the desk remembers as lines of JSON. Between two lines others may have their turn, but not the desk: its
 * memory must stay as it is until the last. Maps keep their order and numbers their last bit, so that a restored desk
 * goes on as if it had never stopped.
 */
export function* linesOf({ clock, sweptAt, leap, sections, items, rooms }: Memory): Generator<string, void> {
  const large: ReadonlyMap<unknown, unknown>[] = [];
  const states = [...rooms.values()].map(stateOf);
  const all = { version: VERSION, clock, sweptAt, leap, sections, items, rooms: states };
  yield JSON.stringify(all, (_, value: unknown) =>
    value instanceof Map && value.size > SLICE ? { large: large.push(value) - 1 } : packed(_, value),
  );
  for (const [into, map] of large.entries())
    for (const entries of slicesOf(map)) yield JSON.stringify({ into, entries }, packed);
  yield JSON.stringify(END);
}

/** @returns undefined where the lines are broken, cut off or of another version */
export function memoryOf(lines: Iterable<string>, sections: readonly SectionId[]): Memory | undefined {
  try {
    const found = snapshotOf(lines);
    return found && furnished(found, sections);
  } catch {
    // whatever is wrong with it: what cannot be read is no snapshot, and the desk has other ways to go on
    return undefined;
  }
}

function furnished(found: Snapshot, sections: readonly SectionId[]): Memory {
  if (found.sections.join() !== sections.join()) unlearnSections(found, sections);
  const rooms = new Map(found.rooms.map((state) => [state.language, furnish(state)]));
  const stories = [...rooms.values()].flatMap((room) => [...room.stories.bySerial.values()]);
  const taken = new Set(stories.flatMap((story) => [story.id, story.iri, ...story.was]));
  const { clock, sweptAt, leap, items } = found;
  return { clock, sweptAt, leap, sections, items, rooms, taken };
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

type Snapshot = Pick<Memory, "clock" | "sweptAt" | "leap" | "sections" | "items"> & {
  readonly version: number;
  readonly rooms: readonly (RoomState & { classifier: RoomState["classifier"] })[];
};

function snapshotOf(lines: Iterable<string>): Snapshot | undefined {
  const large: Map<unknown, unknown>[] = [];
  let found: Snapshot | undefined;
  for (const line of lines) {
    const value = JSON.parse(line);
    if (value === END) return found;
    if (found !== undefined) fill(large[value.into], value.entries, large);
    else if (value?.version === VERSION) found = unpacked(value, large) as Snapshot;
    else return undefined;
  }
  return undefined;
}

function fill(map: Map<unknown, unknown> | undefined, entries: readonly [unknown, unknown][], large: LargeMaps): void {
  for (const [key, value] of entries) map?.set(key, unpacked(value, large));
}

function* slicesOf(map: ReadonlyMap<unknown, unknown>): Generator<readonly (readonly [unknown, unknown])[]> {
  let slice: (readonly [unknown, unknown])[] = [];
  for (const entry of map) {
    if (slice.push(entry) < SLICE) continue;
    yield slice;
    slice = [];
  }
  yield slice;
}

function packed(_key: string, value: unknown): unknown {
  if (value instanceof Map) return { map: [...value] };
  if (value instanceof Set) return { set: [...value] };
  return value;
}

type LargeMaps = Map<unknown, unknown>[];

/** The reverse, in place where it can be. A reviver of JSON.parse takes four times as long. */
function unpacked(value: unknown, large: LargeMaps): unknown {
  if (typeof value !== "object" || value === null) return value;
  if ("set" in value && Array.isArray(value.set)) return new Set(value.set);
  if ("map" in value && Array.isArray(value.map)) return mapOf(value.map, large);
  if ("large" in value && typeof value.large === "number") return placeIn(large, value.large);
  const fields = value as Record<string, unknown>;
  for (const key in fields) if (typeof fields[key] === "object") fields[key] = unpacked(fields[key], large);
  return value;
}

function mapOf(entries: readonly [unknown, unknown][], large: LargeMaps): Map<unknown, unknown> {
  const map = new Map<unknown, unknown>();
  fill(map, entries, large);
  return map;
}

function placeIn(large: LargeMaps, at: number): Map<unknown, unknown> {
  const map = new Map<unknown, unknown>();
  large[at] = map;
  return map;
}
