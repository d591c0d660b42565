import { pasteable } from "../../src/model/command-line.ts";
import type { Correction, StoryRef } from "../../src/model/correction.ts";
import { type ItemId, type StoryId, storyId } from "../../src/model/ids.ts";
import type { Placed } from "../../src/model/news.ts";

/** What came of a correction. `after`: the story that its items are told in now, oldest first; of "file", they alone. */
export function reportOf(correction: Correction, after: readonly Placed[]): string {
  switch (correction.kind) {
    case "merge":
      return mergeReport(correction, after);
    case "split":
      return splitReport(correction, after);
    case "move":
      return moveReport(correction, after);
    case "lead":
      return leadReport(correction.item, after);
    case "file":
      return fileReport(correction, after);
  }
}

const itemsCounted = (count: number): string => `${count} ${count === 1 ? "item" : "items"}`;

/** @returns why these items cannot go alone, where a copy is named and what it copies is not */
export function loneCopy(
  named: readonly Placed[],
  members: readonly Placed[],
  titleOf: (original: Placed) => string,
): string | undefined {
  const ids = new Set(named.map(({ item }) => item.id));
  for (const { item, decision } of named) {
    const original = members.find((member) => member.item.id === decision.copyOf);
    if (original === undefined || ids.has(original.item.id)) continue;
    const { id } = original.item;
    return `${item.id} is a copy of ${id} (${titleOf(original)}), which would go with it. Name ${id} if you mean both.`;
  }
  return undefined;
}

/** @returns why these items cannot be split off, where they and their copies are all that their story has */
export function wholeStory(
  named: readonly Placed[],
  { ref, members }: { readonly ref: StoryRef; readonly members: readonly Placed[] },
): string | undefined {
  const ids = new Set(idsOf(named));
  const isLeft = ({ item, decision: { copyOf } }: Placed): boolean =>
    !ids.has(item.id) && (copyOf === undefined || !ids.has(copyOf));
  if (members.some(isLeft)) return undefined;
  if (members.length === 1) return `this is the only item of story ${ref.id}: nothing to split off.`;
  const what = named.length < members.length ? "these and their copies" : "these";
  return `${what} are all ${members.length} items of story ${ref.id}: nothing to split off.`;
}

type Of<Kind extends Correction["kind"]> = Extract<Correction, { kind: Kind }>;

const TWO_LANGUAGES = "nothing changed: stories of two languages stay apart.";

function mergeReport({ from }: Of<"merge">, after: readonly Placed[]): string {
  const story = storyOf(after);
  if (story === from.id) return TWO_LANGUAGES;
  const now = `(now ${itemsCounted(after.length)})`;
  const undo = pasteable("stories split", ...originals(from.items, after));
  return `${from.id} (${itemsCounted(from.items.length)}) is now part of ${story} ${now}. Undo: ${undo}`;
}

function splitReport({ from, items }: Of<"split">, after: readonly Placed[]): string {
  const story = storyOf(after);
  if (story === from.id) return `nothing changed: nothing of ${from.id} would be left without these and their copies.`;
  const named = new Set(items.map(({ id }) => id));
  const left = itemsCounted(without(from.items, after).length);
  const own = `${story} is a story of its own now (${itemsCounted(after.length)}): ${[...named].join(", ")}`;
  return `${own}${alongOf(idsOf(after), named)}. ${from.id} keeps ${left}. Undo: ${pasteable("stories merge", story, from.id)}`;
}

function moveReport({ items, from = [] }: Of<"move">, after: readonly Placed[]): string {
  const here = new Set(idsOf(after));
  if (!items.every((id) => here.has(id))) return TWO_LANGUAGES;
  const named = new Set(items);
  const came = from.flatMap((source) => source.items.filter((id) => here.has(id)));
  const sources = from.map((source) => sourceReport(source, after));
  const what = `${items.join(", ")} ${items.length === 1 ? "is" : "are"} now part of ${storyOf(after)}`;
  return `${what} (now ${itemsCounted(after.length)})${alongOf(came, named)}. ${sources.join("\n")}`;
}

function sourceReport({ id, items }: StoryRef, after: readonly Placed[]): string {
  const left = without(items, after).length;
  const back = originals(items, after);
  return left === 0
    ? `${id} has no item left and leads there. Undo: ${pasteable("stories split", ...back)}`
    : `${id} keeps ${itemsCounted(left)}. Undo: ${pasteable("stories move", ...back, "--into", id)}`;
}

function leadReport(lead: ItemId, after: readonly Placed[]): string {
  const leads = after.some(({ item, decision }) => item.id === lead && decision.leads === true);
  return leads
    ? `${lead} speaks for ${storyOf(after)} (${itemsCounted(after.length)}) now.`
    : `nothing changed: ${lead} is older than what the desk looks back on.`;
}

function fileReport({ items, section }: Of<"file">, after: readonly Placed[]): string {
  const filed = idsOf(after.filter(({ decision }) => decision.section === section));
  const left = items.filter((id) => !filed.includes(id));
  const done = `${filed.join(", ")} ${filed.length === 1 ? "is" : "are"} filed under ${section} now.`;
  const undone = `Not filed: ${left.join(", ")}, older than what the desk looks back on.`;
  return [...(filed.length > 0 ? [done] : []), ...(left.length > 0 ? [undone] : [])].join(" ");
}

function alongOf(all: readonly ItemId[], named: ReadonlySet<ItemId>): string {
  const along = all.filter((id) => !named.has(id));
  return along.length === 0 ? "" : `; with ${named.size === 1 ? "it" : "them"} came ${along.join(", ")}`;
}

function without(items: readonly ItemId[], others: readonly Placed[]): readonly ItemId[] {
  const ids = new Set(idsOf(others));
  return items.filter((id) => !ids.has(id));
}

const idsOf = (placed: readonly Placed[]): readonly ItemId[] => placed.map(({ item }) => item.id);

const storyOf = ([first]: readonly Placed[]): StoryId => first?.decision.story ?? storyId("");

/** Whom to name so that all of them go. */
function originals(items: readonly ItemId[], members: readonly Placed[]): readonly ItemId[] {
  const ids = new Set(items);
  const isCopy = ({ decision: { copyOf } }: Placed): boolean => copyOf !== undefined && ids.has(copyOf);
  return members.filter((one) => ids.has(one.item.id) && !isCopy(one)).map(({ item }) => item.id);
}
