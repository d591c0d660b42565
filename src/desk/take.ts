import { type Correction, itemsOf, storiesOf } from "../model/correction.ts";
import type { ItemId, PublisherId } from "../model/ids.ts";
import type { DeskOutcome, NewsEntry, NewsItem } from "../model/news.ts";
import { type Merge, mergeIfGrown } from "./assign-story.ts";
import { beginChapter } from "./chapter.ts";
import { correct } from "./correct.ts";
import { type Filing, fileItem, refileAround, refileStory, unfile } from "./file-section.ts";
import { languageOf } from "./language.ts";
import { forget, goOn, type Memory, roomOf, WINDOW } from "./memory.ts";
import { placeAlone, placeItem, reword } from "./place-item.ts";
import { dropStory } from "./related.ts";
import { openRoom, type Room } from "./room.ts";
import type { SectionBook } from "./section-book.ts";
import { removeItem, type Story, storyNamed } from "./stories.ts";
import { decisionOf, placeOf } from "./told.ts";

/** What taking an entry needs: the memory and the fixed settings. */
export interface Work {
  readonly memory: Memory;
  readonly book: SectionBook;
  readonly languages: ReadonlyMap<PublisherId, string>;
}

const NOTHING: DeskOutcome = { decisions: [], moved: [], aliases: [], withdrawn: [] };

/** An item that is known already changes nothing and is told its decision again. */
export function takeNew(work: Work, item: NewsItem): DeskOutcome {
  const { memory } = work;
  const known = memory.items.get(item.id);
  if (known !== undefined) return { ...NOTHING, decisions: decisionsOf(work, [item.id]) };
  goOn(memory, item.arrivedAt);
  const room = roomOf(memory, languageOf(item, work.languages));
  if (hasPassed(memory, item)) return takeLate(work, room, item);
  const told = placeItem(memory, room, item);
  // a text that founds a story has just been compared with all others
  const founds = told.storyReason.rule === "first";
  const merge = founds ? undefined : mergeIfGrown(room, placeOf(room, told).story, memory.clock);
  const filing = filingOf(work, room);
  const chapter = beginChapter(filing, told);
  const changed = [...chapter.changed, ...fileItem(filing, told, item)];
  const after = merge === undefined ? [] : refileStory(filing, merge.into);
  const moves = merge === undefined ? movedInto(placeOf(room, told).story, chapter.along) : merged(merge);
  return { ...NOTHING, ...moves, decisions: decisionsOf(work, [item.id, ...changed, ...after]) };
}

/** A feed's archive (docs/decisions/0010-identity-under-churn.md): filed and told of, and let go of at once. */
function takeLate(work: Work, room: Room, item: NewsItem): DeskOutcome {
  const { memory } = work;
  const told = placeAlone(memory, room, item);
  const changed = fileItem(filingOf(work, room), told, item);
  const decisions = decisionsOf(work, [item.id, ...changed]);
  forget(memory, told);
  return { ...NOTHING, decisions };
}

/** The desk follows the new wording, but the item stays in its story: readers have seen it there. */
export function takeRevised(work: Work, item: NewsItem): DeskOutcome {
  const { memory } = work;
  const told = memory.items.get(item.id);
  if (told === undefined) return hasPassed(memory, item) ? NOTHING : takeNew(work, item);
  const room = roomOf(memory, told.language);
  const filing = filingOf(work, room);
  reword(room, told, item);
  unfile(filing, told);
  const changed = fileItem(filing, told, item);
  return { ...NOTHING, decisions: decisionsOf(work, [item.id, ...changed]) };
}

/** Where the first item with a text goes, the next is the one that the others are copies of. */
export function takeWithdrawn(work: Work, id: ItemId): DeskOutcome {
  const { memory } = work;
  const told = memory.items.get(id);
  if (told === undefined) return { ...NOTHING, withdrawn: [id] };
  const room = roomOf(memory, told.language);
  const filing = filingOf(work, room);
  const { text, story } = placeOf(room, told);
  const heirs = text.members[0] === id ? text.members.slice(1) : [];
  unfile(filing, told);
  if (story.lead === id) delete story.lead;
  removeItem(story, id);
  forget(memory, told);
  if (story.texts.size === 0) dropStory(room, story);
  const changed = refileAround(filing, text, story);
  return { ...NOTHING, withdrawn: [id], decisions: decisionsOf(work, [...heirs, ...changed]) };
}

/** Two languages have no story in common: what would join them is left alone. */
export function takeCorrected(
  work: Work,
  { correction, by, at }: Extract<NewsEntry, { kind: "corrected" }>,
): DeskOutcome {
  const { memory } = work;
  goOn(memory, at);
  const rooms = new Set(roomsOf(memory, correction));
  const [room] = rooms;
  if (rooms.size > 1) return NOTHING;
  const { changed, ...moves } = correct(
    filingOf(work, room ?? openRoom("", memory.sections, memory.clock)),
    correction,
    by,
  );
  return { ...NOTHING, ...moves, decisions: room === undefined ? [] : decisionsOf(work, changed) };
}

/** Whose items and stories a correction names, as far as they are on the desk. */
function roomsOf({ items, rooms }: Memory, correction: Correction): readonly Room[] {
  const named = itemsOf(correction).flatMap((id) => rooms.get(items.get(id)?.language ?? "") ?? []);
  const stories = storiesOf(correction).flatMap(({ id }) =>
    [...rooms.values()].filter((room) => storyNamed(room.stories, id) !== undefined),
  );
  return [...named, ...stories];
}

/** What the window has passed keeps the decision that it got. */
const hasPassed = (memory: Memory, item: NewsItem): boolean => memory.clock - item.arrivedAt > WINDOW;

const filingOf = ({ memory, book }: Work, room: Room): Filing => ({ room, memory, book });

function merged(merge: Merge | undefined): Pick<DeskOutcome, "moved" | "aliases"> {
  if (merge === undefined) return { moved: [], aliases: [] };
  const { into, from } = merge;
  const moved = from.items.map((item) => ({ item, story: into.id, storyIri: into.iri }));
  return { moved, aliases: [{ from: from.id, into: into.id }] };
}

/** What a new chapter takes along. */
const movedInto = ({ id: story, iri: storyIri }: Story, items: readonly ItemId[]) => ({
  moved: items.map((item) => ({ item, story, storyIri })),
});

function decisionsOf({ memory }: Work, ids: readonly ItemId[]): DeskOutcome["decisions"] {
  return [...new Set(ids)].flatMap((id) => {
    const told = memory.items.get(id);
    return told === undefined ? [] : [decisionOf(roomOf(memory, told.language), told)];
  });
}
