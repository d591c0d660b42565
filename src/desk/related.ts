import type { StoryId } from "../model/ids.ts";
import type { Decision, NewsItem, Related } from "../model/news.ts";
import type { Instant } from "../model/time.ts";
import type { Read } from "./assign-story.ts";
import { CAPITAL } from "./features.ts";
import { rarityOf } from "./frequencies.ts";
import { headlineOf, withoutKicker } from "./headline.ts";
import { gramsOf, jaccard } from "./minhash.ts";
import { namesIn } from "./related-names.ts";
import { KEPT_FOR, type RelatedIndex, type Signature, strike, writeDown } from "./related-stories.ts";
import type { Room } from "./room.ts";
import type { Story } from "./stories.ts";
import type { Text } from "./texts.ts";
import { UNIT } from "./vector.ts";
import { foldedWords } from "./words.ts";

/** As many as the page of a story has room for. */
export const MOST_RELATED = 5;
/** Only the heaviest words look for candidates, and not those that lead everywhere. */
const PROBES = 12;
const MOST_STORIES_A_WORD = 200;
/** Words that begin alike ("rentenreform", "rentenpaket") tell the same. */
const FAMILY = 5;
/** What the text is about must be what the story is about: one of the first few words of both. */
const MAIN = 4;
/** How much of a text and a story must be the same words, as a cosine; more where it is but two words … */
const LEAST = 0.12;
const LEAST_OF_TWO = 0.25;
/** … and how much of it must not rest on the one word that tells most. */
const SECOND = 0.08;
/** The words shared must be so rare that, by chance, one text in so many would find any story by them. */
const BY_CHANCE = Math.log(1000);
/** Sums in another order differ in their last bits. */
const ROUNDING = 1e-9;
/** Headlines so much alike are a column, a form, a reprint: Jaccard of character runs. */
const SAME_COLUMN = 0.5;
/** A story's words are written down when it has 1, 2, 4, 8 … texts, and at each further 8. */
const WRITTEN_EVERY = 8;

/** The earlier stories that a new text's readers may want to read as well, likest first. */
export function relatedTo(
  room: Room,
  read: Read,
  item: NewsItem,
  own: Story | undefined,
  now: Instant,
): readonly Related[] {
  const words = subjectWords(room, read);
  const weights = new Map(words.map(({ term, weight }) => [term, weight]));
  const kin: Kin[] = [];
  for (const signature of candidates(room.relatedIndex, words)) {
    if (signature.id === own?.id || now - signature.at > KEPT_FOR) continue;
    if (roughLikeness(weights, signature) < LEAST) continue;
    const one = kinOf(room, words, signature);
    if (one !== undefined) kin.push(one);
  }
  if (kin.length === 0) return [];
  const headline = headlineOf(item.title);
  const names =
    room.language === "de" ? namesIn(`${headline}. ${item.teaser ?? ""}`, room.reading) : new Map<string, string>();
  return kin
    .filter((one) => isNoChance(room, one, names) && !isSameColumn(headline, one.signature.headline))
    .sort((a, b) => b.likeness - a.likeness || (a.signature.id < b.signature.id ? -1 : 1))
    .slice(0, MOST_RELATED)
    .map(({ signature, families }) => ({ story: signature.id, shared: families.map(({ surface }) => surface) }));
}

/** A story has grown, or was given other texts. */
export function noteStory(room: Room, story: Story, now: Instant): void {
  const [first = 0] = story.texts;
  const headline = room.texts.bySerial.get(first)?.headline;
  if (headline === undefined) dropStory(room, story);
  else writeDown(room.related, room.relatedIndex, story, headline, now);
}

export function noteIfGrown(room: Room, story: Story, now: Instant): void {
  const size = story.texts.size;
  if ((size & (size - 1)) === 0 || size % WRITTEN_EVERY === 0) noteStory(room, story, now);
}

/** Puts back what another desk has found for a text, and the story among those that later ones may refer to. */
export function relateBack(room: Room, text: Text, story: Story, { related = [] }: Decision, now: Instant): void {
  const found = related.filter(({ shared }) => shared !== undefined);
  const continued = related.find(({ shared }) => shared === undefined)?.story;
  if (found.length > 0) text.related = found;
  if (continued !== undefined) story.continues = continued;
  noteIfGrown(room, story, now);
}

export function dropStory({ related, relatedIndex }: Room, { id }: { readonly id: StoryId }): void {
  strike(related, relatedIndex, id);
}

interface Word {
  readonly term: string;
  readonly weight: number;
  readonly surface: string;
  /** its place among the text's words, heaviest first */
  readonly rank: number;
}

/** What names a subject: no place, no routine, no number; in German the nouns, which have a capital. */
function subjectWords({ everyday, language }: Room, { terms, vector }: Read): readonly Word[] {
  return vector.terms.flatMap((term, rank) => {
    const { kind = 0, surface = term } = terms.get(term) ?? {};
    const isSubject = term.endsWith("*") || kind >= (language === "de" ? CAPITAL : 1);
    if (!isSubject || everyday.places.has(term) || everyday.templates.has(term)) return [];
    return [{ term, weight: vector.weights[rank] ?? 0, surface, rank }];
  });
}

/** Stories that share one of the text's first words and another. */
function candidates(index: RelatedIndex, words: readonly Word[]): readonly Signature[] {
  const alike: Signature[] = [];
  // two marks a search: met once, met again
  index.searches += 2;
  const [once, again] = [index.searches, index.searches + 1];
  for (const { term, rank } of words.slice(0, PROBES)) {
    const leads = index.byTerm.get(term);
    if (leads === undefined || leads.size > MOST_STORIES_A_WORD) continue;
    for (const lead of leads) {
      if (lead.search === once) {
        lead.search = again;
        alike.push(lead.signature);
      } else if (lead.search < once && rank < MAIN) lead.search = once;
    }
  }
  return alike;
}

/** The words of one family that a text and a story share. */
interface Family {
  /** the first of them */
  readonly term: string;
  readonly surface: string;
  share: number;
  rarity: number;
  isMain: boolean;
}

interface Kin {
  readonly signature: Signature;
  readonly likeness: number;
  readonly families: readonly Family[];
}

/** Never less than kinOf will find. */
function roughLikeness(weights: ReadonlyMap<string, number>, { vector }: Signature): number {
  let sum = 0;
  for (let at = 0; at < vector.terms.length; at++)
    sum += (weights.get(vector.terms[at] ?? "") ?? 0) * (vector.weights[at] ?? 0);
  return sum / (UNIT * UNIT) + ROUNDING;
}

function kinOf(room: Room, words: readonly Word[], signature: Signature): Kin | undefined {
  const families = [...sharedFamilies(room, words, signature)];
  const likeness = sumOf(families.map(({ share }) => share));
  const most = Math.max(...families.map(({ share }) => share));
  const isLike = likeness >= (families.length > 2 ? LEAST : LEAST_OF_TWO) && likeness - most >= SECOND;
  return isLike && families.some(({ isMain }) => isMain) ? { signature, likeness, families } : undefined;
}

/** All words of a name are one thing in common: together they count as much as one and a half. */
function isNoChance({ related }: Room, { families }: Kin, names: ReadonlyMap<string, string>): boolean {
  const things = Map.groupBy(families, ({ term }) => names.get(term) ?? term);
  const rarities = [...things.values()].map((name) => {
    const rarest = Math.max(...name.map(({ rarity }) => rarity));
    return rarest + Math.min(rarest, sumOf(name.map(({ rarity }) => rarity)) - rarest) / 2;
  });
  return sumOf(rarities) >= Math.log(related.size) + BY_CHANCE;
}

function sharedFamilies(room: Room, words: readonly Word[], { vector }: Signature): Iterable<Family> {
  const families = new Map<string, Family>();
  for (const { term, weight, surface, rank } of words) {
    const at = vector.terms.indexOf(term);
    if (at < 0) continue;
    const name = withoutMarks(term).slice(0, FAMILY);
    const family = families.get(name) ?? { term, surface, share: 0, rarity: 0, isMain: false };
    family.share += (weight * (vector.weights[at] ?? 0)) / (UNIT * UNIT);
    family.rarity = Math.max(family.rarity, rarityOf(room.frequencies, room.warm, term));
    family.isMain ||= rank < MAIN && at < MAIN;
    families.set(name, family);
  }
  return families.values();
}

/** Stems lose their umlauts, the beginnings of compounds keep them. */
const withoutMarks = (term: string): string => term.normalize("NFD").replace(/\p{M}/gu, "");

const sumOf = (figures: readonly number[]): number => figures.reduce((sum, figure) => sum + figure, 0);

/** Yesterday's horoscope or gallery, or the same text printed again. */
function isSameColumn(one: string, other: string): boolean {
  const [a, b] = [foldedWords(withoutKicker(one)), foldedWords(withoutKicker(other))];
  return a === b || jaccard(gramsOf(a), gramsOf(b)) >= SAME_COLUMN;
}
