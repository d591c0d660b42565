import type { ItemId } from "../model/ids.ts";
import type { NewsItem, Placed, Reason } from "../model/news.ts";
import { type Joined, readText, storyFor, weigh } from "./assign-story.ts";
import { findText, type Match } from "./find-text.ts";
import { type Mark, markOf } from "./mark.ts";
import type { Memory } from "./memory.ts";
import { noteIfGrown, relateBack, relatedTo } from "./related.ts";
import type { Room } from "./room.ts";
import { addItem, found, isOverfull, join, reweigh, type Story } from "./stories.ts";
import { mintName } from "./story-name.ts";
import { addMember, addText, retitle, type Text } from "./texts.ts";
import { placeOf, type Told } from "./told.ts";
import type { Vector } from "./vector.ts";

const FOLLOWS: Reason = { about: "story", rule: "copy", words: "a copy belongs to its original's story" };

const LATE: Reason = {
  about: "story",
  rule: "late",
  words: "older than what the desk looks back on when it came: it stands alone",
};

/** Finds a new item its text and its story, or makes them. */
export function placeItem(memory: Memory, room: Room, item: NewsItem): Told {
  const mark = markOf(item);
  const match = findText(room.texts, room.textIndex, mark, item.publisher, memory.clock);
  const place =
    match?.kind === "copy" ? { text: match.text, storyReason: FOLLOWS } : newText(memory, room, item, mark, match);
  return put(memory, room, item, mark, place, match);
}

/** Makes an item a text and a story of its own: with an archive no story of today may begin. */
export function placeAlone(memory: Memory, room: Room, item: NewsItem): Told {
  const mark = markOf(item);
  const { vector } = readText(room, item, memory.clock);
  const text = foundText(memory, room, mark, newStory(room, memory, item), vector);
  return put(memory, room, item, mark, { text, storyReason: LATE });
}

/** Puts an item where another desk has put it: beside its original, or with a text of its own in that story. */
export function placeBack(memory: Memory, room: Room, { item, decision }: Placed, story: Story): Told {
  const mark = markOf(item);
  const original = textOf(memory, room, decision.copyOf);
  const [copyReason, storyReason = FOLLOWS] = ["copy", "story"].map((one) =>
    decision.reasons.find(({ about }) => about === one),
  );
  const text = original ?? foundText(memory, room, mark, story, readText(room, item, memory.clock).vector);
  if (original === undefined) relateBack(room, text, story, decision, memory.clock);
  const match = original && copyReason && { kind: "copy" as const, text, reason: copyReason };
  return put(memory, room, item, mark, { text, storyReason }, match);
}

function textOf({ items }: Memory, { texts }: Room, id: ItemId | undefined): Text | undefined {
  const told = id === undefined ? undefined : items.get(id);
  return told && texts.bySerial.get(told.text);
}

function put(memory: Memory, room: Room, item: NewsItem, mark: Mark, place: NewText, match?: Match): Told {
  const now = memory.clock;
  addMember(room.textIndex, place.text, item.id, item.publisher, mark, now);
  const told: Told = {
    ...{ id: item.id, language: room.language, at: now, text: place.text.serial, storyReason: place.storyReason },
    ...(match?.kind === "copy" ? { copyReason: match.reason } : {}),
  };
  memory.items.set(item.id, told);
  addItem(placeOf(room, told).story, item.id, [item.publisher], now);
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
  const joined: Joined =
    akin && akinStory && !isOverfull(akinStory) ? { story: akinStory, reason: akin.reason } : storyFor(room, read, now);
  const isAdvertisement = item.marks?.includes("sponsored") ?? false;
  const related = isAdvertisement ? [] : relatedTo(room, read, item, joined.story, now);
  const story = joined.story ?? newStory(room, memory, item);
  if (joined.continues !== undefined) story.continues = joined.continues;
  const text = foundText(memory, room, mark, story, read.vector);
  if (related.length > 0) text.related = related;
  if (!isAdvertisement) noteIfGrown(room, story, now);
  return { text, storyReason: joined.reason };
}

function foundText(memory: Memory, room: Room, mark: Mark, story: Story, vector: Vector): Text {
  const text = addText(room.texts, room.textIndex, mark, story.serial, vector, memory.clock);
  join(room.storyIndex, story, text.serial, vector);
  return text;
}

function newStory({ stories }: Room, { taken, clock }: Memory, item: NewsItem): Story {
  return found(stories, taken, mintName(taken, item.id, item.iri), clock);
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
