import type { Correction, StoryRef } from "../model/correction.ts";
import type { ItemId, SectionId, StoryId } from "../model/ids.ts";
import type { DeskOutcome, Reason } from "../model/news.ts";
import { unite } from "./assign-story.ts";
import { EDITOR, type Filing, fileAs, refileStory, unfile } from "./file-section.ts";
import { moveText } from "./move-text.ts";
import { noteStory } from "./related.ts";
import type { Room } from "./room.ts";
import { found, keepApart, mayMeet, removeItem, type Story, storyNamed } from "./stories.ts";
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
      return move(filing, correction, by);
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
  const story = storyOnceNamed(room, from.id);
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
  // a desk that has lost its memory, or let the story go, does not know whether the name led elsewhere
  const outcome = { ...NOTHING, ...movedTo(gone, name), revived: [name.id] };
  if (story !== undefined) for (const id of gone) removeItem(story, id);
  if (story === undefined || texts.length === 0) return outcome;
  const own = found(room.stories, memory.taken, name, memory.clock);
  for (const text of texts) moveText(filing, text, own);
  own.items.splice(0, own.items.length, ...gone);
  keepApart(story, own);
  const changed = retold(filing, gone, edited("told it apart from another story", by), [own, story]);
  return { ...outcome, changed };
}

type Move = Omit<Extract<Correction, { kind: "move" }>, "kind">;

function move(filing: Filing, { items, from = [], into: target }: Move, by: string, what = "moved it here"): Corrected {
  const { memory, room } = filing;
  const known = storyOnceNamed(room, target.id);
  // a story of another language has absorbed it in between
  if (known === undefined && memory.taken.has(target.id)) return NOTHING;
  const texts = textsOf(filing, items).filter(({ story }) => story !== known?.serial);
  const moved = new Set([...items, ...texts.flatMap(({ members }) => members)]);
  const ended = from.filter((ref) => isLetGo(filing, ref) && ref.id !== target.id && isWithin(ref.items, moved));
  const into = known ?? (texts.length === 0 ? undefined : reopened(filing, target));
  const sources = sourcesOf(room, texts, from).filter((story) => story !== into);
  const emptied = sources.filter((source) => isEmptied(source, texts, moved, from));
  const left = sources.filter((source) => !emptied.includes(source));
  for (const source of left) for (const id of moved) removeItem(source, id);
  if (into !== undefined) takeIn(filing, into, { texts, emptied, ended, moved });
  const aliases = [...emptied, ...ended].map(({ id }) => ({ from: id, into: into?.id ?? target.id }));
  const reason = edited(what, by);
  const changed = texts.length === 0 ? [] : retold(filing, [...moved], reason, [...(into ? [into] : []), ...left]);
  return { ...movedTo([...moved], into ?? target), aliases, changed };
}

/** A merge moves all that a story has. */
function merge(filing: Filing, from: StoryRef, into: StoryRef, by: string): Corrected {
  if (from.id === into.id) return NOTHING;
  const items = [...(storyNamed(filing.room.stories, from.id)?.items ?? from.items)];
  return move(filing, { items, from: [from], into }, by, "told two stories as one");
}

interface Moving {
  readonly texts: readonly Text[];
  /** stories that lose their last item */
  readonly emptied: readonly Story[];
  /** the same of those that the desk has let go of */
  readonly ended: readonly StoryRef[];
  readonly moved: ReadonlySet<ItemId>;
}

/** What keeps no item becomes part of the story: its names lead there, and come back when it is split off again. */
function takeIn(filing: Filing, into: Story, { texts, emptied, ended, moved }: Moving): void {
  const { memory, room } = filing;
  for (const source of emptied) {
    mayMeet(into, source);
    unite(room, into, source);
  }
  for (const text of texts) if (text.story !== into.serial) moveText(filing, text, into);
  const here = new Set(into.items);
  into.items.push(...[...moved].filter((id) => !here.has(id)));
  for (const { id, iri } of ended) {
    into.was.push(id, iri);
    memory.taken.add(id).add(iri);
  }
}

/** Another story may have taken its name over since the archive was asked. */
const isLetGo = ({ memory }: Filing, { id }: StoryRef): boolean => !memory.taken.has(id);

/** Or that has absorbed the story of this name since the archive was asked. */
const storyOnceNamed = ({ stories }: Room, id: StoryId): Story | undefined =>
  storyNamed(stories, id) ?? stories.bySerial.values().find(({ was }) => was.includes(id));

function sourcesOf({ stories }: Room, texts: readonly Text[], from: readonly StoryRef[]): readonly Story[] {
  const named = from.flatMap(({ id }) => storyNamed(stories, id) ?? []);
  return [...new Set([...texts.flatMap(({ story }) => stories.bySerial.get(story) ?? []), ...named])];
}

/** Of what the desk has let go of, the archive knows whether it is still there. */
function isEmptied(
  { id, serial, texts: all, items }: Story,
  texts: readonly Text[],
  moved: ReadonlySet<ItemId>,
  from: readonly StoryRef[],
): boolean {
  if (texts.filter(({ story }) => story === serial).length < all.size) return false;
  const kept = new Set(from.find((ref) => ref.id === id)?.items ?? items);
  return isWithin(
    items.filter((item) => kept.has(item)),
    moved,
  );
}

const isWithin = (items: readonly ItemId[], all: ReadonlySet<ItemId>): boolean => items.every((id) => all.has(id));

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
