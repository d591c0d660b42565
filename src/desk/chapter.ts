import type { ItemId } from "../model/ids.ts";
import type { Reason } from "../model/news.ts";
import { EDITOR, type Filing, refileStory } from "./file-section.ts";
import { moveText } from "./move-text.ts";
import { noteStory } from "./related.ts";
import { storyNamed } from "./stories.ts";
import type { Text } from "./texts.ts";
import { placeOf, type Told } from "./told.ts";
import { cosine, type Vector } from "./vector.ts";

/** Cosine of two texts. Half of the pairs above it tell one event (facts/stories.md 4b), of one running story more. */
const SAME_EVENT = 0.25;

export interface Chapter {
  /** items that came along from the full story, oldest first */
  readonly along: readonly ItemId[];
  /** whose decisions are to be told again */
  readonly changed: readonly ItemId[];
}

const NOTHING: Chapter = { along: [], changed: [] };

/**
 * A new chapter takes along what the full story told of its event, so that no event is cut in two where the room
 * happened to end. Where that were most of the story, the event itself is what fills it, and all stays.
 */
export function beginChapter(filing: Filing, told: Told): Chapter {
  const { room, memory } = filing;
  const { text, story } = placeOf(room, told);
  const full = story.texts.size === 1 && story.continues ? storyNamed(room.stories, story.continues) : undefined;
  if (full === undefined || told.storyReason.rule !== "chapter") return NOTHING;
  const texts = sameEvent(filing, text.vector, full.texts);
  if (texts.length === 0 || texts.length > full.texts.size / 2) return NOTHING;

  const leaving = new Set(texts.flatMap(({ members }) => members));
  const along = full.items.filter((id) => leaving.has(id));
  for (const one of texts) moveText(filing, one, story);
  story.items.splice(0, story.items.length, ...along, told.id);
  for (const id of along) retell(memory.items.get(id), { ...ALONG, evidence: { after: full.id } });
  for (const one of [full, story]) noteStory(room, one, memory.clock);
  return { along, changed: [...along, ...refileStory(filing, full), ...refileStory(filing, story)] };
}

const ALONG: Reason = {
  about: "story",
  rule: "along",
  words: "it tells the event with which the next chapter of its full story begins",
};

function retell(told: Told | undefined, reason: Reason): void {
  if (told !== undefined) told.storyReason = reason;
}

/** What an editor has placed stays. */
function sameEvent({ room, memory }: Filing, vector: Vector, serials: Iterable<number>): readonly Text[] {
  const isPlaced = ({ members }: Text) => members.some((id) => memory.items.get(id)?.storyReason.rule === EDITOR);
  return [...serials].flatMap((serial) => {
    const text = room.texts.bySerial.get(serial);
    return text && cosine(vector, text.vector) >= SAME_EVENT && !isPlaced(text) ? [text] : [];
  });
}
