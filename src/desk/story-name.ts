import { hash } from "node:crypto";
import { type ItemId, type StoryId, storyId } from "../model/ids.ts";

/** Under which readers know a story, for ever. */
export interface StoryName {
  readonly id: StoryId;
  /** the id under which topic feeds announce it */
  readonly iri: string;
}

/**
 * Follows from the founder, so that a replay mints the same. A founder that returns while its story lives founds another.
 * @param taken ids and IRIs of all live stories
 */
export function mintName(taken: ReadonlySet<string>, founder: ItemId, iri: string): StoryName {
  for (let again = 0; ; again += 1) {
    const id = idOf(founder, again);
    if (!taken.has(id)) return { id, iri: taken.has(iri) ? `tag:ressort,2026:story/${id}` : iri };
  }
}

/**
 * A story that was merged into another and is told apart again has its own name back, so that its readers are not told
 * it anew. `was`: names of the stories that the other absorbed, id and IRI in turn; the name is taken out of it.
 */
export function reviveName(taken: Set<string>, was: string[], founder: ItemId): StoryName | undefined {
  for (let again = 0; ; again += 1) {
    const at = was.indexOf(idOf(founder, again));
    if (at >= 0) return takeBack(taken, was.splice(at, 2));
    if (!taken.has(idOf(founder, again))) return undefined;
  }
}

function takeBack(taken: Set<string>, [id = "", iri = ""]: readonly string[]): StoryName {
  taken.delete(id);
  taken.delete(iri);
  return { id: storyId(id), iri };
}

function idOf(founder: ItemId, again: number): StoryId {
  const name = again === 0 ? founder : `${founder}\n${again}`;
  return storyId(`s${hash("sha256", name).slice(0, 16)}`);
}
