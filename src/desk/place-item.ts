import type { NewsItem, Reason } from "../model/news.ts";
import { readText, storyFor, weigh } from "./assign-story.ts";
import { findText, type Match } from "./find-text.ts";
import { type Mark, markOf } from "./mark.ts";
import type { Memory } from "./memory.ts";
import type { Room } from "./room.ts";
import { addItem, found, join, reweigh, type Story } from "./stories.ts";
import { addMember, addText, retitle, type Text } from "./texts.ts";
import { placeOf, type Told } from "./told.ts";

const FOLLOWS: Reason = { about: "story", rule: "copy", words: "a copy belongs to its original's story" };

/** Finds a new item its text and its story, or makes them. */
export function placeItem(memory: Memory, room: Room, item: NewsItem): Told {
  const now = memory.clock;
  const mark = markOf(item);
  const match = findText(room.texts, room.textIndex, mark, item.publisher, now);
  const place =
    match?.kind === "copy" ? { text: match.text, storyReason: FOLLOWS } : newText(memory, room, item, mark, match);
  addMember(room.textIndex, place.text, item.id, item.publisher, mark, now);
  const told: Told = {
    ...{ id: item.id, language: room.language, at: now, text: place.text.serial, storyReason: place.storyReason },
    ...(match?.kind === "copy" ? { copyReason: match.reason } : {}),
  };
  memory.items.set(item.id, told);
  addItem(placeOf(room, told).story, item.id, item.publisher, now);
  return told;
}

interface NewText {
  readonly text: Text;
  readonly storyReason: Reason;
}

function newText(memory: Memory, room: Room, item: NewsItem, mark: Mark, akin: Match | undefined): NewText {
  const now = memory.clock;
  const read = readText(room, item, now);
  const akinStory = room.stories.bySerial.get(akin?.text.story ?? 0);
  const joined = akin && akinStory ? { story: akinStory, reason: akin.reason } : storyFor(room, read, now);
  const story = joined.story ?? newStory(memory, room, item);
  const text = addText(room.texts, room.textIndex, mark, story.serial, read.vector, now);
  join(room.storyIndex, story, text.serial, read.vector);
  return { text, storyReason: joined.reason };
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
  retitle(room.textIndex, text, markOf(item));
  const vector = weigh(room, item).vector;
  reweigh(room.storyIndex, story, text.vector, vector);
  text.vector = vector;
}
