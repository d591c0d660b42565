import type { StoryId } from "../model/ids.ts";
import type { Decision, Placed } from "../model/news.ts";
import { EDITOR, type Filing, fileAs } from "./file-section.ts";
import { languageOf } from "./language.ts";
import { goOn, type Memory, roomOf, WINDOW } from "./memory.ts";
import { placeBack } from "./place-item.ts";
import type { Room } from "./room.ts";
import { namedSection } from "./section-book.ts";
import { found, type Story } from "./stories.ts";
import type { Work } from "./take.ts";
import { leaderOf, type Told } from "./told.ts";

/** Rules of which the item itself tells nothing. */
const KEPT_RULES: ReadonlySet<string> = new Set([EDITOR, "feed-section"]);

/**
 * Puts items back where a desk of before has put them, for one whose memory was lost: copies, stories, sections and
 * what editors corrected stay as readers know them. What can be learned of it is learned anew. Oldest first.
 */
export function adopt(work: Work, placed: readonly Placed[]): void {
  const stories = new Map<StoryId, Story>();
  for (const { stories: living } of work.memory.rooms.values())
    for (const story of living.bySerial.values()) stories.set(story.id, story);
  for (const one of placed) adoptOne(work, one, stories);
}

function adoptOne({ memory, book, languages }: Work, placed: Placed, stories: Map<StoryId, Story>): void {
  const { item, decision } = placed;
  if (memory.items.has(item.id)) return;
  goOn(memory, item.arrivedAt);
  if (memory.clock - item.arrivedAt > WINDOW) return;
  const room = roomOf(memory, languageOf(item, languages));
  const story = storyOf(memory, room, decision, stories);
  const told = placeBack(memory, room, placed, story);
  if (decision.leads === true) story.lead = item.id;
  if (decision.leadsSince !== undefined) story.leadAt = decision.leadsSince;
  if (decision.leads === true) story.leadBy = leaderOf(decision);
  fileBack({ room, memory, book }, told, placed);
}

/** It goes on under its names, unless it has ended in between. */
function storyOf(
  memory: Memory,
  room: Room,
  { story: id, storyIri: iri }: Decision,
  stories: Map<StoryId, Story>,
): Story {
  const known = stories.get(id);
  if (known !== undefined && room.stories.bySerial.has(known.serial)) return known;
  const story = found(room.stories, memory.taken, { id, iri }, memory.clock);
  stories.set(id, story);
  return story;
}

function fileBack(filing: Filing, told: Told, { item, decision }: Placed): void {
  const { section, reasons } = decision;
  const reason = reasons.find(({ about }) => about === "section");
  const before = section === undefined || reason === undefined ? undefined : { section, reason };
  fileAs(filing, told, KEPT_RULES.has(reason?.rule ?? "") ? before : namedSection(item, filing.book));
  if (told.named === undefined) told.guessed = before;
}
