import type { ItemId, SectionId } from "../model/ids.ts";
import type { NewsItem, Reason } from "../model/news.ts";
import { guess, learn } from "./classifier.ts";
import type { Room } from "./room.ts";
import { type Filed, namedSection, type SectionBook } from "./section-book.ts";
import type { Story } from "./stories.ts";
import type { Text } from "./texts.ts";
import { placeOf, subjectOf, type Told, toldIn, toldOf } from "./told.ts";

export interface Filing {
  readonly room: Room;
  readonly items: ReadonlyMap<ItemId, Told>;
  readonly book: SectionBook;
}

/** One vote tells little about a story: two publishers file even one text alike only three times of four (facts/stories.md 5). */
const STORY_VOTES = 2;
const STORY_SHARE = 0.6;
const SURE_ENOUGH = 0.6;

/** Files an item where its publisher says, or else where others like it are filed, and lets it vote. @returns items that changed */
export function fileItem(filing: Filing, told: Told, item: NewsItem): readonly ItemId[] {
  const { text, story } = placeOf(filing.room, told);
  told.named = namedSection(item, filing.book);
  const subject = subjectOf(told, filing.book.subjects);
  if (subject !== undefined) {
    story.filed.set(subject, (story.filed.get(subject) ?? 0) + 1);
    learn(filing.room.classifier, text.vector.terms, subject);
  }
  return [...refile(filing, [told]), ...refileAround(filing, text, story)];
}

/** Takes an item's vote back. */
export function unfile(filing: Filing, told: Told): void {
  const { story } = placeOf(filing.room, told);
  const subject = subjectOf(told, filing.book.subjects);
  if (subject === undefined) return;
  const left = (story.filed.get(subject) ?? 0) - 1;
  if (left > 0) story.filed.set(subject, left);
  else story.filed.delete(subject);
}

/** After votes changed: the items with the same text, and the whole story if it now says something else. */
export function refileAround(filing: Filing, text: Text, story: Story): readonly ItemId[] {
  const verdict = verdictOf(story);
  if (verdict === story.verdict) return refile(filing, toldOf(filing.items, text));
  return refileStory(filing, story);
}

export function refileStory(filing: Filing, story: Story): readonly ItemId[] {
  story.verdict = verdictOf(story);
  return refile(filing, toldIn(filing.room, filing.items, story));
}

function refile(filing: Filing, all: readonly Told[]): readonly ItemId[] {
  const changed: ItemId[] = [];
  for (const told of all) {
    const filed = bestFiled(filing, told);
    if (filed?.section !== told.filed?.section || filed?.reason.rule !== told.filed?.reason.rule) changed.push(told.id);
    told.filed = filed;
  }
  return changed;
}

function bestFiled({ room, items, book }: Filing, told: Told): Filed | undefined {
  if (told.named !== undefined) return told.named;
  const { text, story } = placeOf(room, told);
  return byCopies(items, book, text) ?? byStory(story) ?? byText(room, text);
}

function byCopies(items: Filing["items"], book: SectionBook, text: Text): Filed | undefined {
  const votes = new Map<SectionId, number>();
  for (const told of toldOf(items, text)) {
    const subject = subjectOf(told, book.subjects);
    if (subject !== undefined) votes.set(subject, (votes.get(subject) ?? 0) + 1);
  }
  const best = mostVoted(votes);
  return best && filedAs(best.section, "copies", "other publishers filed the same text here", { votes: best.votes, of: best.of });
}

function byStory(story: Story): Filed | undefined {
  const best = mostVoted(story.filed);
  if (best === undefined || story.verdict === undefined) return undefined;
  return filedAs(story.verdict, "story", "the story's other items are filed here", { votes: best.votes, of: best.of });
}

function byText(room: Room, text: Text): Filed | undefined {
  const best = guess(room.classifier, text.vector.terms);
  if (best === undefined || best.probability < SURE_ENOUGH) return undefined;
  const probability = Math.round(best.probability * 100) / 100;
  return filedAs(best.section, "text", "it reads like this section's items", { probability });
}

function verdictOf(story: Story): SectionId | undefined {
  const best = mostVoted(story.filed);
  return best !== undefined && best.votes >= STORY_VOTES && best.votes >= STORY_SHARE * best.of ? best.section : undefined;
}

interface Vote {
  readonly section: SectionId;
  readonly votes: number;
  readonly of: number;
}

/** Of equal sections the one that was voted for first. */
function mostVoted(votes: ReadonlyMap<SectionId, number>): Vote | undefined {
  let best: { readonly section: SectionId; readonly votes: number } | undefined;
  let of = 0;
  for (const [section, count] of votes) {
    of += count;
    if (count > (best?.votes ?? 0)) best = { section, votes: count };
  }
  return best && { ...best, of };
}

const filedAs = (section: SectionId, rule: string, words: string, evidence: NonNullable<Reason["evidence"]>): Filed => ({
  section,
  reason: { about: "section", rule, words, evidence },
});
