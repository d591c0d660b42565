import { pasteable } from "../src/model/command-line.ts";
import type { StoryRef } from "../src/model/correction.ts";
import { itemId, type StoryId, storyId } from "../src/model/ids.ts";
import type { Placed } from "../src/model/news.ts";
import { OperatorError } from "./command.ts";
import type { World } from "./world.ts";

/** More than any page shows; a story that runs for months is told by its newest. */
const MOST_MEMBERS = 5000;

/** An item by its id, by the address of its page on our site or at its publisher, or by the id feeds carry. */
export async function itemCalled(world: World, name: string): Promise<Placed> {
  const [byId] = await world.items.placed([itemId(lastPart(name, "items"))]);
  if (byId !== undefined) return byId;
  if (/^[a-z]+:/i.test(name))
    for await (const batch of world.items.all()) {
      const found = batch.find(({ item }) => item.permalink === name || item.iri === name || item.guid === name);
      if (found !== undefined) return found;
    }
  throw new OperatorError(
    `there is no item "${name}". Name it by its id (the end of its page's address), its publisher's address or its guid; ` +
      "items are kept as long as retention in ressort.yaml says.",
  );
}

/** A story by its id, an id that it had once, or the address of its page; and all that tell it, oldest first. */
export async function storyCalled(
  world: World,
  name: string,
): Promise<{ readonly ref: StoryRef; readonly members: readonly Placed[] }> {
  const id = await currentId(world, storyId(lastPart(name, "stories")));
  const members = (await world.items.ofStories([id], MOST_MEMBERS)).get(id)?.toReversed() ?? [];
  const [first] = members;
  if (first === undefined)
    throw new OperatorError(`there is no story "${name}"; "${pasteable("why ITEM")}" names the story of an item.`);
  return { ref: { id, iri: first.decision.storyIri, items: members.map(({ item }) => item.id) }, members };
}

/** Merges of merges: each alias leads to the next. */
async function currentId(world: World, name: StoryId): Promise<StoryId> {
  const aliases = await world.desk.aliases();
  const passed = new Set<StoryId>();
  let id = name;
  for (let next = aliases.get(id); next !== undefined && !passed.has(next); next = aliases.get(id)) {
    passed.add(id);
    id = next;
  }
  return id;
}

function lastPart(name: string, folder: string): string {
  const [, part] = new RegExp(`/${folder}/([^/?#]+)$`).exec(name) ?? [];
  return part === undefined ? name : decodeURIComponent(part);
}
