import { createHash } from "node:crypto";
import { type ItemId, type PublisherId, type SectionId, type StoryId, storyId } from "../model/ids.ts";
import { HOUR, type Instant } from "../model/time.ts";
import { addCentroid, addVector, type Centroid, likeness, likenessOfStories, newCentroid, removeVector, trim } from "./centroid.ts";
import type { Vector } from "./vector.ts";

export interface Story {
  readonly serial: number;
  readonly id: StoryId;
  readonly iri: string;
  /** ids and IRIs of the stories it has absorbed: they lead here for ever */
  readonly was: string[];
  /** serials of its texts */
  readonly texts: Set<number>;
  /** all items ever told in it, oldest first, also those the desk has otherwise forgotten */
  readonly items: ItemId[];
  readonly publishers: Set<PublisherId>;
  /** how many of its items their publishers filed where */
  readonly filed: Map<SectionId, number>;
  /** what most of them say, once they say it clearly */
  verdict?: SectionId | undefined;
  readonly centroid: Centroid;
  lastAt: Instant;
}

export interface Stories {
  readonly bySerial: Map<number, Story>;
  nextSerial: number;
}

/** Which stories have a term, and with what weight. Follows from the stories, so that no snapshot holds it. */
export type StoryIndex = Map<string, Map<Story, number>>;

/** A story that nothing joined for so long is over. */
export const STORY_WINDOW = 72 * HOUR;
/** Only the heaviest terms look for candidates, and not those that most stories have. */
const PROBES = 12;
const MOST_STORIES_A_TERM = 200;
const CANDIDATES = 12;
/** A story that runs for months must not grow for ever. */
const MOST_ITEMS = 5000;
/**
 * When every publisher has told a dozen pieces of it, a running story has become a subject: what comes then begins a
 * new chapter. Copies and near copies still go where their text is.
 */
const PIECES_A_PUBLISHER = 13;
const ALWAYS_ROOM_FOR = 120;

export const newStories = (): Stories => ({ bySerial: new Map(), nextSerial: 1 });

export interface Likely {
  readonly story: Story;
  readonly likeness: number;
}

/** The live stories most like a text, likest first. */
export function likeliest(index: StoryIndex, vector: Vector, now: Instant): readonly Likely[] {
  return probe(index, vector.terms, vector.weights)
    .filter((story) => now - story.lastAt <= STORY_WINDOW)
    .map((story) => ({ story, likeness: likeness(vector, story.centroid) }))
    .sort((a, b) => b.likeness - a.likeness || a.story.serial - b.story.serial);
}

/** The live stories most like a story, likest first. */
export function neighbours(index: StoryIndex, story: Story, now: Instant): readonly Likely[] {
  const heaviest = [...story.centroid.sum].sort(([termA, a], [termB, b]) => b - a || (termA < termB ? -1 : 1)).slice(0, PROBES);
  return probe(index, heaviest.map(([term]) => term), heaviest.map(([, weight]) => weight))
    .filter((other) => other !== story && now - other.lastAt <= STORY_WINDOW)
    .map((other) => ({ story: other, likeness: likenessOfStories(story.centroid, other.centroid) }))
    .sort((a, b) => b.likeness - a.likeness || a.story.serial - b.story.serial);
}

function probe(index: StoryIndex, terms: readonly string[], weights: readonly number[]): readonly Story[] {
  const scores = new Map<Story, number>();
  for (let at = 0; at < Math.min(PROBES, terms.length); at += 1) {
    const stories = index.get(terms[at] ?? "");
    if (stories === undefined || stories.size > MOST_STORIES_A_TERM) continue;
    const weight = weights[at] ?? 0;
    stories.forEach((storyWeight, story) => {
      scores.set(story, (scores.get(story) ?? 0) + (weight * storyWeight) / Math.sqrt(story.centroid.square));
    });
  }
  return [...scores]
    .sort(([storyA, a], [storyB, b]) => b - a || storyA.serial - storyB.serial)
    .slice(0, CANDIDATES)
    .map(([story]) => story);
}

/** @param taken ids and IRIs of all live stories */
export function found(stories: Stories, taken: ReadonlySet<string>, founder: ItemId, iri: string, now: Instant): Story {
  const serial = stories.nextSerial++;
  const id = mintId(taken, founder);
  const announced = taken.has(iri) ? `tag:ressort,2026:story/${id}` : iri;
  const story: Story = {
    ...{ serial, id, iri: announced, lastAt: now },
    ...{ was: [], texts: new Set<number>(), items: [], publishers: new Set<PublisherId>(), filed: new Map<SectionId, number>(), centroid: newCentroid() },
  };
  stories.bySerial.set(serial, story);
  return story;
}

export function join(index: StoryIndex, story: Story, text: number, vector: Vector): void {
  story.texts.add(text);
  addTerms(index, story, vector);
}

/** One of its texts was worded anew. */
export function reweigh(index: StoryIndex, story: Story, before: Vector, after: Vector): void {
  removeTerms(index, story, before);
  addTerms(index, story, after);
}

function addTerms(index: StoryIndex, story: Story, vector: Vector): void {
  addVector(story.centroid, vector);
  unindexTerms(index, story, trim(story.centroid));
  indexTerms(index, story, vector.terms);
}

function removeTerms(index: StoryIndex, story: Story, vector: Vector): void {
  removeVector(story.centroid, vector);
  unindexTerms(index, story, vector.terms);
  indexTerms(index, story, vector.terms);
}

export function addItem(story: Story, item: ItemId, publisher: PublisherId, now: Instant): void {
  story.lastAt = now;
  story.publishers.add(publisher);
  pushItem(story, item);
}

function pushItem(story: Story, item: ItemId): void {
  story.items.push(item);
  if (story.items.length > MOST_ITEMS) story.items.shift();
}

export function removeItem(story: Story, item: ItemId): void {
  const at = story.items.indexOf(item);
  if (at >= 0) story.items.splice(at, 1);
}

/** Is there no room for anything more in a story, or in what two stories would make? */
export function isFull(story: Story, other?: Story): boolean {
  const publishers = other === undefined ? story.publishers : story.publishers.union(other.publishers);
  const room = Math.max(ALWAYS_ROOM_FOR, PIECES_A_PUBLISHER * publishers.size);
  return story.items.length + (other?.items.length ?? 1) > room;
}

/** A story without texts is over. */
export function leave(stories: Stories, index: StoryIndex, story: Story, text: number, vector: Vector): void {
  story.texts.delete(text);
  removeTerms(index, story, vector);
  if (story.texts.size > 0) return;
  unindexTerms(index, story, story.centroid.sum.keys());
  stories.bySerial.delete(story.serial);
}

/** The later story becomes part of the earlier one. */
export function absorb(stories: Stories, index: StoryIndex, into: Story, from: Story): void {
  for (const text of from.texts) into.texts.add(text);
  for (const item of from.items) pushItem(into, item);
  for (const publisher of from.publishers) into.publishers.add(publisher);
  into.lastAt = Math.max(into.lastAt, from.lastAt);
  into.was.push(from.id, from.iri, ...from.was);
  for (const [section, count] of from.filed) into.filed.set(section, (into.filed.get(section) ?? 0) + count);
  addCentroid(into.centroid, from.centroid);
  unindexTerms(index, from, from.centroid.sum.keys());
  unindexTerms(index, into, trim(into.centroid));
  indexTerms(index, into, from.centroid.sum.keys());
  stories.bySerial.delete(from.serial);
}

export function indexTerms(index: StoryIndex, story: Story, terms: Iterable<string>): void {
  for (const term of terms) {
    const weight = story.centroid.sum.get(term);
    if (weight === undefined) continue;
    const stories = index.get(term);
    if (stories === undefined) index.set(term, new Map([[story, weight]]));
    else stories.set(story, weight);
  }
}

function unindexTerms(index: StoryIndex, story: Story, terms: Iterable<string>): void {
  for (const term of terms) {
    const stories = index.get(term);
    stories?.delete(story);
    if (stories?.size === 0) index.delete(term);
  }
}

/** Follows from the founder, so that a replay mints the same. A founder that returns while its story lives founds another. */
function mintId(taken: ReadonlySet<string>, founder: ItemId): StoryId {
  for (let again = 0; ; again += 1) {
    const name = again === 0 ? founder : `${founder}\n${again}`;
    const id = `s${createHash("sha256").update(name).digest("hex").slice(0, 16)}`;
    if (!taken.has(id)) return storyId(id);
  }
}
