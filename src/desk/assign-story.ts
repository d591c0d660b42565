import type { NewsItem, Reason } from "../model/news.ts";
import type { Instant } from "../model/time.ts";
import { type Term, termsOf } from "./features.ts";
import { countText, rarityOf } from "./frequencies.ts";
import { headlineOf } from "./headline.ts";
import type { Room } from "./room.ts";
import { absorb, isFull, type Likely, likeliest, neighbours, type Story } from "./stories.ts";
import { supportOfStories, supportOfText } from "./support.ts";
import { type Vector, vectorOf } from "./vector.ts";

/** Template words count half: enough to tell a fire from a theft, too little to make two fires one. */
const TEMPLATE = 0.5;
const SHARED_SHOWN = 5;
/** A story is compared with its neighbours at 1, 2, 4, 8 … texts, and at each further 8. */
const COMPARED_EVERY = 8;
const NEIGHBOURS = 4;

export interface Read {
  readonly terms: ReadonlyMap<string, Term>;
  readonly vector: Vector;
}

/** A new text as its weighted terms, and its terms counted as seen. */
export function readText(room: Room, item: NewsItem, now: Instant): Read {
  const terms = termsOf(headlineOf(item.title), item.teaser ?? "", room.reading);
  countText(room.frequencies, [...terms.keys()], now);
  return weighed(room, terms);
}

/** The same for a text that was counted before. */
export const weigh = (room: Room, item: NewsItem): Read =>
  weighed(room, termsOf(headlineOf(item.title), item.teaser ?? "", room.reading));

function weighed(room: Room, terms: ReadonlyMap<string, Term>): Read {
  const weighted = new Map<string, number>();
  for (const [term, { count, kind }] of terms) {
    const everyday = room.everyday.templates.has(term) ? TEMPLATE : 1;
    weighted.set(term, (1 + Math.log(count)) * kind * everyday * rarityOf(room.frequencies, room.warm, term));
  }
  return { terms, vector: vectorOf(weighted) };
}

export interface Joined {
  readonly story: Story;
  readonly reason: Reason;
}

/** The story that a text belongs to, by what it is about. */
export function storyFor(room: Room, read: Read, now: Instant): Joined | undefined {
  for (const likely of likeliest(room.index, read.vector, now)) {
    if (likely.likeness < room.thresholds.join) return undefined;
    if (!isFull(likely.story) && isJoined(room, read.vector, likely.story)) {
      return { story: likely.story, reason: joinReason(likely, read) };
    }
  }
  return undefined;
}

function isJoined({ thresholds, everyday }: Room, vector: Vector, story: Story): boolean {
  const { placeless, thereAndThen, second } = supportOfText(vector, story.centroid, everyday);
  return placeless >= thresholds.plain || second >= thresholds.second || thereAndThen >= thresholds.thereAndThen;
}

function joinReason({ story, likeness }: Likely, { terms, vector }: Read): Reason {
  const shared = vector.terms
    .filter((term) => !term.endsWith("*") && story.centroid.sum.has(term))
    .slice(0, SHARED_SHOWN)
    .map((term) => terms.get(term)?.surface ?? term);
  const evidence = { likeness: Math.round(likeness * 100) / 100, texts: story.texts.size, shared };
  return { about: "story", rule: "centroid", words: "it tells what the story's other items tell", evidence };
}

export interface Merge {
  readonly into: Story;
  readonly from: Story;
}

/** A story that has grown is compared again with its neighbours; the later one becomes part of the earlier. */
export function mergeIfGrown(room: Room, story: Story, now: Instant): Merge | undefined {
  const size = story.texts.size;
  const isDue = (size & (size - 1)) === 0 || size % COMPARED_EVERY === 0;
  if (!isDue) return undefined;
  const like = neighbours(room.index, story, now).slice(0, NEIGHBOURS);
  const other = like.find((likely) => !isFull(story, likely.story) && isOneStory(room, story, likely))?.story;
  return other === undefined ? undefined : merge(room, story, other);
}

function isOneStory({ thresholds, everyday }: Room, story: Story, { story: other, likeness }: Likely): boolean {
  if (likeness < thresholds.merge) return false;
  const { placeless, thereAndThen, second } = supportOfStories(story.centroid, other.centroid, everyday);
  return placeless >= thresholds.plainMerge || second >= thresholds.second || thereAndThen >= thresholds.thereAndThen;
}

function merge(room: Room, one: Story, other: Story): Merge {
  const [into, from] = other.serial < one.serial ? [other, one] : [one, other];
  for (const serial of from.texts) {
    const text = room.texts.bySerial.get(serial);
    if (text !== undefined) text.story = into.serial;
  }
  absorb(room.stories, room.index, into, from);
  return { into, from };
}
