import type { NewsItem, Reason } from "../model/news.ts";
import { readText, storyFor, weigh } from "./assign-story.ts";
import { findText } from "./find-text.ts";
import type { Memory } from "./memory.ts";
import type { Room } from "./room.ts";
import { addItem, found, join, reweigh, type Story } from "./stories.ts";
import { addMember, addText, retitle, type Text } from "./texts.ts";
import { placeOf, type Told } from "./told.ts";

const FOLLOWS: Reason = { about: "story", rule: "copy", words: "a copy belongs to its original's story" };
const FOUNDS: Reason = { about: "story", rule: "first", words: "nothing like it was told in the last three days" };

/** Finds a new item its text and its story, or makes them. */
export function placeItem(memory: Memory, room: Room, item: NewsItem): Told {
  const now = memory.clock;
  const match = findText(room.texts, room.bands, item, now);
  const place = match?.kind === "copy" ? { text: match.text, storyReason: FOLLOWS } : newText(memory, room, item, match);
  addMember(room.texts, place.text, item, now);
  const told: Told = {
    ...{ id: item.id, language: room.language, at: now, text: place.text.serial, storyReason: place.storyReason },
    ...(match?.kind === "copy" ? { copyReason: match.reason } : {}),
  };
  memory.items.set(item.id, told);
  addItem(placeOf(room, told).story, item.id, item.publisher, now);
  return told;
}

function newText(
  memory: Memory,
  room: Room,
  item: NewsItem,
  akin: ReturnType<typeof findText>,
): { readonly text: Text; readonly storyReason: Reason } {
  const now = memory.clock;
  const read = readText(room, item, now);
  const akinStory = room.stories.bySerial.get(akin?.text.story ?? 0);
  const joined = akin && akinStory ? { story: akinStory, reason: akin.reason } : storyFor(room, read, now);
  const story = joined?.story ?? newStory(memory, room, item);
  const text = addText(room.texts, room.bands, item, story.serial, read.vector, now);
  join(room.index, story, text.serial, read.vector);
  return { text, storyReason: joined?.reason ?? FOUNDS };
}

function newStory(memory: Memory, room: Room, item: NewsItem): Story {
  const story = found(room.stories, memory.taken, item.id, item.iri, memory.clock);
  memory.taken.add(story.id).add(story.iri);
  return story;
}

/** What the first of a text's items now says is what the text says. */
export function reword(room: Room, told: Told, item: NewsItem): void {
  const { text, story } = placeOf(room, told);
  if (text.members[0] !== told.id) return;
  retitle(room.texts, room.bands, text, item);
  const vector = weigh(room, item).vector;
  reweigh(room.index, story, text.vector, vector);
  text.vector = vector;
}
