import type { Correction, StoryRef } from "../model/correction.ts";
import type { ItemId, SectionId, StoryId } from "../model/ids.ts";
import type { DeskOutcome, Reason } from "../model/news.ts";
import { unite } from "./assign-story.ts";
import { EDITOR, type Filing, fileAs, refileStory, unfile } from "./file-section.ts";
import { moveText } from "./move-text.ts";
import { noteStory } from "./related.ts";
import { found, keepApart, mayMeet, type Story, storyNamed } from "./stories.ts";
import { mintName, reviveName, type StoryName } from "./story-name.ts";
import type { Text } from "./texts.ts";
import { placeOf } from "./told.ts";

/** What a correction comes to: moves and aliases, and whose decisions are to be told again. */
export interface Corrected extends Pick<DeskOutcome, "moved" | "aliases" | "revived"> {
  readonly changed: readonly ItemId[];
}

const NOTHING: Corrected = { moved: [], aliases: [], changed: [] };

/** An editor knows better. Items that the desk has let go of follow by their place alone; what is so already stays. */
export function correct(filing: Filing, correction: Correction, by: string): Corrected {
  switch (correction.kind) {
    case "split":
      return split(filing, correction, by);
    case "move":
      return move(filing, correction.items, correction.into, by);
    case "merge":
      return merge(filing, correction.from, correction.into, by);
    case "lead":
      return lead(filing, correction.item, by);
    case "file":
      return file(filing, correction.items, correction.section, by);
  }
}

function split(filing: Filing, { from, items }: Extract<Correction, { kind: "split" }>, by: string): Corrected {
  const { memory, room } = filing;
  const story = storyNamed(room.stories, from.id);
  const iris = new Map(items.map(({ id, iri }) => [id, iri]));
  const texts = textsOf(filing, [...iris.keys()]).filter((text) => text.story === story?.serial);
  const leaving = new Set([...iris.keys(), ...texts.flatMap(({ members }) => members)]);
  const all = story?.items ?? from.items;
  const gone = all.filter((id) => leaving.has(id));
  const founder = gone.find((id) => iris.has(id));
  if (founder === undefined || gone.length === all.length) return NOTHING;

  const revived = story && reviveName(memory.taken, story.was, founder);
  const taken = new Set([...memory.taken, from.id, from.iri]);
  const name = revived ?? mintName(taken, founder, iris.get(founder) ?? founder);
  const back = revived === undefined ? {} : { revived: [revived.id] };
  if (story === undefined || texts.length === 0) return { ...NOTHING, ...movedTo(gone, name), ...back };
  const own = found(room.stories, memory.taken, name, memory.clock);
  for (const text of texts) moveText(filing, text, own);
  own.items.splice(0, own.items.length, ...gone);
  keepApart(story, own);
  const changed = retold(filing, gone, edited("told it apart from another story", by), [own, story]);
  return { ...NOTHING, ...movedTo(gone, own), ...back, changed };
}

function move(filing: Filing, items: readonly ItemId[], target: StoryRef, by: string): Corrected {
  const { room } = filing;
  const known = storyNamed(room.stories, target.id);
  const texts = textsOf(filing, items).filter(({ story }) => story !== known?.serial);
  const moved = [...new Set([...items, ...texts.flatMap(({ members }) => members)])];
  if (texts.length === 0) return { ...NOTHING, ...movedTo(moved, target) };
  const into = known ?? reopened(filing, target);
  const sources = new Set(texts.flatMap(({ story }) => room.stories.bySerial.get(story) ?? []));
  for (const text of texts) moveText(filing, text, into);
  const changed = retold(filing, moved, edited("moved it here", by), [into, ...sources]);
  return { ...NOTHING, ...movedTo(moved, into), changed };
}

function merge(filing: Filing, from: StoryRef, target: StoryRef, by: string): Corrected {
  const { memory, room } = filing;
  const [source, known] = [storyNamed(room.stories, from.id), storyNamed(room.stories, target.id)];
  if (from.id === target.id) return NOTHING;
  const aliases = [{ from: from.id, into: target.id }];
  if (source === undefined) {
    known?.was.push(from.id, from.iri);
    for (const name of known === undefined ? [] : [from.id, from.iri]) memory.taken.add(name);
    return { ...NOTHING, ...movedTo(from.items, target), aliases };
  }
  const into = known ?? reopened(filing, target);
  const items = [...source.items];
  mayMeet(into, source);
  unite(room, into, source);
  const changed = retold(filing, items, edited("told two stories as one", by), [into]);
  return { ...NOTHING, ...movedTo(items, into), aliases, changed };
}

function lead({ memory, room }: Filing, item: ItemId, by: string): Corrected {
  const told = memory.items.get(item);
  if (told === undefined) return NOTHING;
  const { story } = placeOf(room, told);
  const before = story.lead === undefined ? [] : [story.lead];
  story.lead = item;
  story.leadAt = memory.clock;
  story.leadBy = by;
  return { ...NOTHING, changed: [...before, item] };
}

function file(filing: Filing, items: readonly ItemId[], section: SectionId, by: string): Corrected {
  const reason: Reason = { about: "section", rule: EDITOR, words: "an editor filed it here", evidence: { by } };
  const changed = items.flatMap((item) => {
    const told = filing.memory.items.get(item);
    if (told === undefined) return [];
    unfile(filing, told);
    return [item, ...fileAs(filing, told, { section, reason })];
  });
  return { ...NOTHING, changed };
}

/** The texts that carry these items, as far as the desk still holds them. */
function textsOf({ memory, room }: Filing, items: readonly ItemId[]): readonly Text[] {
  const serials = new Set(items.flatMap((id) => memory.items.get(id)?.text ?? []));
  return [...serials].sort((a, b) => a - b).flatMap((serial) => room.texts.bySerial.get(serial) ?? []);
}

/** An ended story that news is moved to goes on under its old name. */
function reopened({ memory, room }: Filing, { id, iri, items }: StoryRef): Story {
  const story = found(room.stories, memory.taken, { id, iri }, memory.clock);
  story.items.push(...items);
  return story;
}

const edited = (what: string, by: string): Reason => ({
  ...{ about: "story", rule: EDITOR, words: `an editor ${what}`, evidence: { by } },
});

/** Says of the items why they are where they are now, and files the stories anew: their votes are others. */
function retold(
  filing: Filing,
  items: readonly ItemId[],
  reason: Reason,
  stories: readonly Story[],
): readonly ItemId[] {
  const here = items.flatMap((id) => filing.memory.items.get(id) ?? []);
  for (const told of here) told.storyReason = reason;
  for (const story of stories) noteStory(filing.room, story, filing.memory.clock);
  return [...here.map(({ id }) => id), ...stories.flatMap((story) => refileStory(filing, story))];
}

const movedTo = (items: readonly ItemId[], { id, iri }: StoryName) => ({
  moved: items.map((item) => ({ item, story: id as StoryId, storyIri: iri })),
});
