import type { ItemId, StoryId } from "../model/ids.ts";

interface Story {
  readonly id: StoryId;
  readonly members: ReadonlySet<ItemId>;
  /** its own, and those of all stories that became part of it */
  readonly names: ReadonlySet<StoryId>;
}

export interface StoryShelf {
  put(item: ItemId, story: StoryId): void;
  drop(item: ItemId): void;
  /** false where nothing changed */
  alias(from: StoryId, into: StoryId): boolean;
  /** The name stands for another story no longer; what is put under it next makes a story of it again. */
  revive(name: StoryId): void;
  find(name: StoryId): Story | undefined;
}

/** Which items a story has, under all the names that it ever had. A story is forgotten with its last member. */
export function storyShelf(): StoryShelf {
  const byName = new Map<StoryId, Shelved>();
  const byItem = new Map<ItemId, Shelved>();

  function shelved(name: StoryId): Shelved {
    const known = byName.get(name) ?? { id: name, names: new Set([name]), members: new Set() };
    byName.set(name, known);
    return known;
  }

  function put(item: ItemId, name: StoryId): void {
    const story = shelved(name);
    // an emptied story keeps its names: the merge that emptied it makes them names of another
    byItem.get(item)?.members.delete(item);
    byItem.set(item, story);
    story.members.add(item);
  }

  function drop(item: ItemId): void {
    const story = byItem.get(item);
    byItem.delete(item);
    story?.members.delete(item);
    if (story?.members.size === 0) for (const name of story.names) byName.delete(name);
  }

  function alias(from: StoryId, into: StoryId): boolean {
    const [merged, story] = [shelved(from), shelved(into)];
    if (merged === story) return false;
    for (const name of merged.names) {
      story.names.add(name);
      byName.set(name, story);
    }
    for (const item of merged.members) put(item, into);
    return true;
  }

  function revive(name: StoryId): void {
    const story = byName.get(name);
    if (story === undefined || story.id === name) return;
    story.names.delete(name);
    byName.delete(name);
  }

  return { put, drop, alias, revive, find: (name) => byName.get(name) };
}

interface Shelved extends Story {
  readonly names: Set<StoryId>;
  readonly members: Set<ItemId>;
}
