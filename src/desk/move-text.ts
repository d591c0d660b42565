import { type Filing, unfile, vote } from "./file-section.ts";
import { leaveStory } from "./memory.ts";
import { addItem, join, removeItem, type Story } from "./stories.ts";
import type { Text } from "./texts.ts";

/** Takes a text with all its items and their votes out of its story and tells it in another. */
export function moveText(filing: Filing, text: Text, into: Story): void {
  const { memory, room } = filing;
  const from = room.stories.bySerial.get(text.story);
  const members = text.members.flatMap((id) => memory.items.get(id) ?? []);
  for (const told of members) unfile(filing, told);
  for (const id of text.members) {
    if (from !== undefined) removeItem(from, id);
    if (from?.lead === id) delete from.lead;
  }
  if (from !== undefined) leaveStory(memory, room, from, text);
  text.story = into.serial;
  join(room.storyIndex, into, text.serial, text.vector);
  const publisher = [...text.printedAt.keys()];
  for (const told of members) addItem(into, told.id, publisher, told.at);
  for (const told of members) vote(filing, told);
}
