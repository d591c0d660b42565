import type { ItemId, StoryId } from "../model/ids.ts";
import type { StoryFacts } from "../query/query.ts";

interface Story {
  readonly id: StoryId;
  readonly members: readonly ItemId[];
  /** names of all stories that became part of it */
  readonly was: readonly StoryId[];
}

export interface StoryShelf {
  put(item: ItemId, story: StoryId): void;
  drop(item: ItemId): void;
  /** false where nothing changed */
  alias(from: StoryId, into: StoryId): boolean;
  /** The name stands for another story no longer; what is put under it next makes a story of it again. */
  revive(name: StoryId): void;
  find(name: StoryId): Story | undefined;
  /** What is known of a story, read once and again after each change of its members or of one of them. */
  factsOf(name: StoryId, read: (members: readonly ItemId[]) => StoryFacts | undefined): StoryFacts | undefined;
}

/**
 * Which items a story has, under all the names that it ever had. A story is forgotten with its last member.
 * Most have one: an array takes a fifth of a set, but one that is pushed into has room for seventeen at once.
 */
export function storyShelf(): StoryShelf {
  const byName = new Map<StoryId, Shelved>();
  const byItem = new Map<ItemId, Shelved>();

  function shelved(name: StoryId): Shelved {
    const known = byName.get(name) ?? { id: name, was: NONE, members: NONE, facts: undefined };
    byName.set(name, known);
    return known;
  }

  function put(item: ItemId, name: StoryId): void {
    const story = shelved(name);
    // an emptied story keeps its names: the merge that emptied it makes them names of another
    leave(item);
    byItem.set(item, story);
    story.facts = undefined;
    story.members = story.members.concat([item]);
  }

  function leave(item: ItemId): Shelved | undefined {
    const story = byItem.get(item);
    if (story === undefined) return undefined;
    story.members = story.members.toSpliced(story.members.indexOf(item), 1);
    story.facts = undefined;
    return story;
  }

  function drop(item: ItemId): void {
    const story = leave(item);
    byItem.delete(item);
    if (story?.members.length === 0) for (const name of [story.id, ...story.was]) byName.delete(name);
  }

  function alias(from: StoryId, into: StoryId): boolean {
    const [merged, story] = [shelved(from), shelved(into)];
    if (merged === story) return false;
    const names = [merged.id, ...merged.was];
    story.was = [...story.was, ...names];
    for (const name of names) byName.set(name, story);
    for (const item of merged.members) put(item, into);
    return true;
  }

  function revive(name: StoryId): void {
    const story = byName.get(name);
    if (story === undefined || story.id === name) return;
    story.was = story.was.filter((one) => one !== name);
    byName.delete(name);
  }

  function factsOf(name: StoryId, read: (members: readonly ItemId[]) => StoryFacts | undefined) {
    const story = byName.get(name);
    if (story !== undefined) story.facts ??= read(story.members);
    return story?.facts;
  }

  return { put, drop, alias, revive, find: (name) => byName.get(name), factsOf };
}

const NONE: readonly never[] = [];

interface Shelved extends Story {
  was: readonly StoryId[];
  members: readonly ItemId[];
  facts: StoryFacts | undefined;
}
