import { type Instant, MINUTE } from "../model/time.ts";
import { doubtedLeap, type Memory } from "./memory.ts";
import type { RoomState } from "./room.ts";

/** Pollers' clocks differ by less. */
const TOLERANCE = MINUTE;

/**
 * Undoes what a clock that was ahead has said: what seems later than now came by now. Else everything that comes would
 * be older than what the desk looks back on, for as long as that clock was ahead.
 * @returns whether there was anything
 */
export function setBack(memory: Memory, now: Instant): boolean {
  if (memory.clock <= now + TOLERANCE || earliest(memory) > now) return false;
  memory.clock = now;
  memory.sweptAt = Math.min(memory.sweptAt, now);
  delete memory.leap;
  for (const told of memory.items.values()) told.at = Math.min(told.at, now);
  for (const room of memory.rooms.values()) setRoomBack(room, now);
  return true;
}

/** A clock that is behind all that the desk knows is the one that is wrong. */
function earliest(memory: Memory): Instant {
  const [oldest] = memory.items.values();
  const leap = memory.leap?.from === 0 ? doubtedLeap(memory) : memory.leap;
  return Math.min(oldest?.at ?? Number.POSITIVE_INFINITY, leap?.from ?? Number.POSITIVE_INFINITY);
}

function setRoomBack({ texts, stories, frequencies, classifier, related }: RoomState, now: Instant): void {
  for (const text of texts.bySerial.values()) {
    text.firstAt = Math.min(text.firstAt, now);
    for (const [publisher, at] of text.printedAt) if (at > now) text.printedAt.set(publisher, now);
  }
  for (const story of stories.bySerial.values()) {
    story.lastAt = Math.min(story.lastAt, now);
    if (story.leadAt !== undefined) story.leadAt = Math.min(story.leadAt, now);
  }
  for (const signature of related.values()) signature.at = Math.min(signature.at, now);
  for (const learned of [frequencies, classifier]) learned.halvedAt = Math.min(learned.halvedAt, now);
}
