import type { StoryId } from "../model/ids.ts";
import { DAY, type Instant } from "../model/time.ts";
import type { Centroid } from "./centroid.ts";
import { heaviest, UNIT, type Vector } from "./vector.ts";

/** What a story is about, in brief: enough to find it again long after its texts are forgotten. */
export interface Signature {
  readonly id: StoryId;
  /** when it was written */
  at: Instant;
  /** of the text that it began with */
  readonly headline: string;
  /** its heaviest terms; of the whole the length is UNIT */
  readonly vector: Vector;
}

/** Stories that later ones may refer to, in the order in which they were last written: plain data, part of the snapshot. */
export type RelatedStories = Map<StoryId, Signature>;

/** Which signatures a term leads to. Follows from the signatures, so that no snapshot holds it. */
export interface RelatedIndex {
  readonly byTerm: Map<string, Set<Lead>>;
  readonly byStory: Map<StoryId, Lead>;
  /** how often it was searched: marks whom this search has met */
  searches: number;
}

interface Lead {
  readonly signature: Signature;
  search: number;
}

/** As long as items are kept unless the operator says otherwise: older stories have no page. */
export const KEPT_FOR = 30 * DAY;
/** Some 400 bytes each in the snapshot. */
const MOST_STORIES = 20_000;
/** More than come in; a clock that is ahead for a while takes not all that was written down. */
const STRUCK_AT_ONCE = 2;
const TERMS = 16;

export function indexOfRelated(stories: RelatedStories): RelatedIndex {
  const index: RelatedIndex = { byTerm: new Map(), byStory: new Map(), searches: 0 };
  for (const signature of stories.values()) enter(index, signature);
  return index;
}

/** Writes down what a story is about now, in the place of what it was about before. */
export function writeDown(
  stories: RelatedStories,
  index: RelatedIndex,
  { id, centroid }: { readonly id: StoryId; readonly centroid: Centroid },
  headline: string,
  now: Instant,
): void {
  const before = strike(stories, index, id);
  const signature = { id, at: now, headline: before?.headline ?? headline, vector: heaviestOf(centroid) };
  stories.set(id, signature);
  enter(index, signature);
  for (const oldest of stories.values().take(STRUCK_AT_ONCE)) {
    if (now - oldest.at <= KEPT_FOR && stories.size <= MOST_STORIES) return;
    strike(stories, index, oldest.id);
  }
}

/** Takes a story out: it became part of another. */
export function strike(stories: RelatedStories, index: RelatedIndex, id: StoryId): Signature | undefined {
  const signature = stories.get(id);
  if (signature === undefined) return undefined;
  stories.delete(id);
  const lead = index.byStory.get(id);
  index.byStory.delete(id);
  for (const term of lead === undefined ? [] : signature.vector.terms) {
    const leads = index.byTerm.get(term);
    if (lead !== undefined) leads?.delete(lead);
    if (leads?.size === 0) index.byTerm.delete(term);
  }
  return signature;
}

function enter(index: RelatedIndex, signature: Signature): void {
  const lead: Lead = { signature, search: 0 };
  index.byStory.set(signature.id, lead);
  for (const term of signature.vector.terms) {
    const leads = index.byTerm.get(term);
    if (leads === undefined) index.byTerm.set(term, new Set([lead]));
    else leads.add(lead);
  }
}

function heaviestOf({ sum, square }: Centroid): Vector {
  const scale = UNIT / Math.sqrt(square);
  const top = heaviest(sum, TERMS);
  return { terms: top.map(([term]) => term), weights: top.map(([, weight]) => Math.round(weight * scale)) };
}
