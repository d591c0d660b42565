import type { ItemId, SectionId } from "../model/ids.ts";
import { DAY, HOUR, type Instant, MINUTE } from "../model/time.ts";
import { openRoom, type Room } from "./room.ts";
import { leave, type Story } from "./stories.ts";
import { removeMember, type Text } from "./texts.ts";
import type { Told } from "./told.ts";

/** All that the desk remembers. */
export interface Memory {
  /** the latest `arrivedAt` */
  clock: Instant;
  sweptAt: Instant;
  /** how far the clock leapt last; from 0 when it first heard of any time */
  leap?: Leap | undefined;
  readonly sections: readonly SectionId[];
  /** in order of arrival */
  readonly items: Map<ItemId, Told>;
  readonly rooms: Map<string, Room>;
  /** ids and IRIs of live stories, which no other story may take */
  readonly taken: Set<string>;
}

interface Leap {
  readonly from: Instant;
  readonly to: Instant;
}

export const WINDOW = 72 * HOUR;
const SWEPT_EVERY = 10 * MINUTE;
/** No press is silent for as long: either nobody polled, or the clock is wrong, and is put right within as long again. */
const DOUBTFUL = DAY;
/** What came in one hour goes in one hour: the next items forget the rest, and none of them waits 0.2 s for it. */
const FORGOTTEN_AT_ONCE = 32;
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

/** Time goes on, and what the window has passed is forgotten: after a leap, what it had passed before, for a day. */
export function goOn(memory: Memory, at: Instant): void {
  if (at - memory.clock > DOUBTFUL) memory.leap = { from: memory.clock, to: at };
  memory.clock = Math.max(memory.clock, at);
  sweep(memory, doubtedLeap(memory)?.from ?? memory.clock);
}

export const doubtedLeap = ({ leap, clock }: Memory): Leap | undefined =>
  leap !== undefined && clock - leap.to <= DOUBTFUL ? leap : undefined;

function sweep(memory: Memory, now: Instant): void {
  if (memory.clock - memory.sweptAt < SWEPT_EVERY) return;
  let forgotten = 0;
  for (const told of memory.items.values()) {
    if (now - told.at <= WINDOW) break;
    if (forgotten === FORGOTTEN_AT_ONCE) return;
    forget(memory, told);
    forgotten += 1;
  }
  memory.sweptAt = memory.clock;
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
