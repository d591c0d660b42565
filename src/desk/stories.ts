import type { ItemId, PublisherId, SectionId, StoryId } from "../model/ids.ts";
import { HOUR, type Instant } from "../model/time.ts";
import { addCentroid, addVector, type Centroid, newCentroid, removeVector, trim } from "./centroid.ts";
import { followTerms, leadTo, removeStory, type StoryIndex } from "./story-index.ts";
import type { StoryName } from "./story-name.ts";
import type { Vector } from "./vector.ts";

export interface Story {
  readonly serial: number;
  readonly id: StoryId;
  readonly iri: string;
  /** ids and IRIs, in turn, of the stories it has absorbed: they lead here for ever */
  readonly was: string[];
  /** serials of its texts */
  readonly texts: Set<number>;
  /** all items told in it, oldest first, also those the desk has otherwise forgotten */
  readonly items: ItemId[];
  readonly publishers: Set<PublisherId>;
  /** how many of its items their publishers filed where */
  readonly filed: Map<SectionId, number>;
  readonly centroid: Centroid;
  /** the terms under which the index knows it */
  readonly leads: Set<string>;
  lastAt: Instant;
  /** serials of stories that an editor keeps apart from it */
  apart?: Set<number>;
  /** whom an editor lets speak for it */
  lead?: ItemId;
  /** since when */
  leadAt?: Instant | undefined;
  leadBy?: string | undefined;
  /** the full story of which it is the next chapter */
  continues?: StoryId;
}

export interface Stories {
  readonly bySerial: Map<number, Story>;
  nextSerial: number;
}

/** A story that nothing joined for so long is over. */
export const STORY_WINDOW = 72 * HOUR;
/** A story that runs for months must not grow for ever. */
const MOST_ITEMS = 5000;
/**
 * When every publisher has told eleven pieces of it, a running story has become a subject: what comes then begins a
 * new chapter. Copies and near copies still go where their text is.
 */
const PIECES_A_PUBLISHER = 11;
const ALWAYS_ROOM_FOR = 120;
/** The largest story that one day's readers could call one. Copies still go where their text is. */
const MOST_IN_A_STORY = 150;

export const newStories = (): Stories => ({ bySerial: new Map(), nextSerial: 1 });

/** A new story. Its names are taken from now on. */
export function found(stories: Stories, taken: Set<string>, { id, iri }: StoryName, now: Instant): Story {
  const story: Story = {
    ...{ serial: stories.nextSerial++, id, iri, was: [], texts: new Set(), items: [], publishers: new Set() },
    ...{ filed: new Map(), centroid: newCentroid(), leads: new Set(), lastAt: now },
  };
  stories.bySerial.set(story.serial, story);
  taken.add(id).add(iri);
  return story;
}

/** For editors: seldom enough to look at each. */
export const storyNamed = ({ bySerial }: Stories, id: StoryId): Story | undefined =>
  bySerial.values().find((story) => story.id === id);

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
  followTerms(index, story, trim(story.centroid));
  leadTo(index, story, vector);
}

function removeTerms(index: StoryIndex, story: Story, vector: Vector): void {
  removeVector(story.centroid, vector);
  followTerms(index, story, vector.terms);
}

export function addItem(story: Story, item: ItemId, publishers: Iterable<PublisherId>, now: Instant): void {
  story.lastAt = Math.max(story.lastAt, now);
  for (const publisher of publishers) story.publishers.add(publisher);
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

/** Forms ("Amtliche Warnung für …") resemble one another for ever: not even a headline much like its own joins then. */
export const isOverfull = (story: Story): boolean => story.items.length >= MOST_IN_A_STORY;

/** A story without texts is over. */
export function leave(stories: Stories, index: StoryIndex, story: Story, text: number, vector: Vector): void {
  story.texts.delete(text);
  removeTerms(index, story, vector);
  if (story.texts.size > 0) return;
  removeStory(index, story);
  stories.bySerial.delete(story.serial);
}

/** An editor has told them apart: no likeness makes them one again. */
export function keepApart(one: Story, other: Story | undefined): void {
  if (other === undefined) return;
  one.apart = new Set(one.apart).add(other.serial);
  other.apart = new Set(other.apart).add(one.serial);
}

export function mayMeet(one: Story, other: Story): void {
  one.apart?.delete(other.serial);
  other.apart?.delete(one.serial);
}

/** The later story becomes part of the earlier one. */
export function absorb(stories: Stories, index: StoryIndex, into: Story, from: Story): void {
  for (const text of from.texts) into.texts.add(text);
  for (const item of from.items) pushItem(into, item);
  for (const publisher of from.publishers) into.publishers.add(publisher);
  for (const [section, count] of from.filed) into.filed.set(section, (into.filed.get(section) ?? 0) + count);
  into.was.push(from.id, from.iri, ...from.was);
  for (const serial of from.apart ?? []) keepApart(into, stories.bySerial.get(serial));
  if (into.lead === undefined && from.lead !== undefined)
    [into.lead, into.leadAt, into.leadBy] = [from.lead, from.leadAt, from.leadBy];
  if (from.continues !== undefined) into.continues ??= from.continues;
  into.lastAt = Math.max(into.lastAt, from.lastAt);
  stories.bySerial.delete(from.serial);
  removeStory(index, from);
  for (const term of from.leads) into.leads.add(term);
  addCentroid(into.centroid, from.centroid);
  followTerms(index, into, trim(into.centroid));
  followTerms(index, into, from.centroid.sum.keys());
}
