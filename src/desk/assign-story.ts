import type { StoryId } from "../model/ids.ts";
import type { NewsItem, Reason } from "../model/news.ts";
import type { Instant } from "../model/time.ts";
import { type Term, termsOf } from "./features.ts";
import { countText, rarityOf } from "./frequencies.ts";
import { headlineOf } from "./headline.ts";
import { dropStory, noteStory } from "./related.ts";
import type { Room } from "./room.ts";
import { absorb, isFull, STORY_WINDOW, type Story } from "./stories.ts";
import { type Likely, likeliest, neighbours } from "./story-index.ts";
import { supportOfStories, supportOfText } from "./support.ts";
import { cautionAfter } from "./thresholds.ts";
import { type Vector, vectorOf } from "./vector.ts";

/** Template words count half: enough to tell a fire from a theft, too little to make two fires one. */
const TEMPLATE = 0.5;
const SHARED_SHOWN = 5;
/** A story is compared with its neighbours at each text while it is young, and then at each further 8. */
const YOUNG = 8;
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
  /** absent where a new story must be founded */
  readonly story?: Story;
  /** the full story of which the new one is the next chapter */
  readonly continues?: StoryId;
  readonly reason: Reason;
}

const FOUNDS: Reason = {
  about: "story",
  rule: "first",
  words: "nothing enough like it was told in the last three days",
};
const CHAPTER: Reason = {
  about: "story",
  rule: "chapter",
  words: "the story it continues is full: a new chapter begins",
};

/** The story that a text belongs to, by what it is about. */
export function storyFor(room: Room, read: Read, now: Instant): Joined {
  const least = room.thresholds.join + cautionAfter(room.frequencies.texts);
  let reason: Reason | undefined;
  let continues: StoryId | undefined;
  for (const likely of likeliest(room.storyIndex, read.vector)) {
    const { story, likeness } = likely;
    if (!isOpen(story, now)) continue;
    const joined = likeness >= least && isJoined(room, read.vector, story);
    if (joined && !isFull(story)) return { story, reason: joinReason(likely, read, least) };
    if (joined) {
      continues = story.id;
      reason = { ...CHAPTER, evidence: { after: story.id } };
    }
    reason ??= nearMiss(likely, least);
    if (likeness < least) break;
  }
  return { reason: reason ?? FOUNDS, ...(continues === undefined ? {} : { continues }) };
}

/** What would have had to be otherwise: the likest story, and why it was not joined. */
function nearMiss({ story, likeness }: Likely, least: number): Reason {
  const why = likeness < least ? {} : { missing: "a second telling word in common" };
  return { ...FOUNDS, evidence: { nearest: story.id, likeness: rounded(likeness), needed: rounded(least), ...why } };
}

const rounded = (figure: number): number => Math.round(figure * 100) / 100;

const isOpen = (story: Story, now: Instant): boolean => now - story.lastAt <= STORY_WINDOW;

function isJoined({ thresholds, everyday }: Room, vector: Vector, story: Story): boolean {
  const { telling, thereAndThen, second } = supportOfText(vector, story.centroid, everyday);
  const plain = isAlone(story) ? thresholds.plainAlone : thresholds.plain;
  return telling >= plain || second >= thresholds.second || thereAndThen >= thresholds.thereAndThen;
}

/** What one text says twice may be chance ("Weihnachtsgeschenke"); what several say is what they are about. */
const isAlone = (story: Story): boolean => story.texts.size === 1;

function joinReason({ story, likeness }: Likely, { terms, vector }: Read, needed: number): Reason {
  const shared = vector.terms
    .filter((term) => !term.endsWith("*") && story.centroid.sum.has(term))
    .slice(0, SHARED_SHOWN)
    .map((term) => terms.get(term)?.surface ?? term);
  const evidence = { likeness: rounded(likeness), needed: rounded(needed), texts: story.texts.size, shared };
  return { about: "story", rule: "centroid", words: "it tells what the story's other items tell", evidence };
}

export interface Merge {
  readonly into: Story;
  readonly from: Story;
}

/** A story that has grown is compared again with its neighbours; the later one becomes part of the earlier. */
export function mergeIfGrown(room: Room, story: Story, now: Instant): Merge | undefined {
  const size = story.texts.size;
  if (size > YOUNG && size % YOUNG !== 0) return undefined;
  const like = neighbours(room.storyIndex, story).filter(
    (likely) => isOpen(likely.story, now) && !story.apart?.has(likely.story.serial),
  );
  const other = like
    .slice(0, NEIGHBOURS)
    .find((likely) => isOneStory(room, story, likely) && !isFull(story, likely.story))?.story;
  if (other === undefined) return undefined;
  const merged = merge(room, story, other);
  noteStory(room, merged.into, now);
  return merged;
}

function isOneStory(room: Room, story: Story, { story: other, likeness }: Likely): boolean {
  const { thresholds, everyday, frequencies } = room;
  if (likeness < thresholds.merge + cautionAfter(frequencies.texts)) return false;
  const { telling, thereAndThen, second } = supportOfStories(story.centroid, other.centroid, everyday);
  const plain = isAlone(story) || isAlone(other) ? thresholds.plainAlone : thresholds.plainMerge;
  return telling >= plain || second >= thresholds.second || thereAndThen >= thresholds.thereAndThen;
}

function merge(room: Room, one: Story, other: Story): Merge {
  const [into, from] = other.serial < one.serial ? [other, one] : [one, other];
  unite(room, into, from);
  return { into, from };
}

/** All that was told in one story is told in the other. */
export function unite(room: Room, into: Story, from: Story): void {
  for (const serial of from.texts) {
    const text = room.texts.bySerial.get(serial);
    if (text !== undefined) text.story = into.serial;
  }
  absorb(room.stories, room.storyIndex, into, from);
  dropStory(room, from);
}
