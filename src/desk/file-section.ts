import type { ItemId, SectionId } from "../model/ids.ts";
import type { NewsItem } from "../model/news.ts";
import { learn, logOdds } from "./classifier.ts";
import { likelySection, type Votes } from "./likely-section.ts";
import type { Memory } from "./memory.ts";
import type { Room } from "./room.ts";
import { type Filed, namedSection, type SectionBook } from "./section-book.ts";
import type { Story } from "./stories.ts";
import type { Text } from "./texts.ts";
import { placeOf, subjectOf, type Told, toldIn, toldOf } from "./told.ts";

export interface Filing {
  readonly room: Room;
  readonly memory: Memory;
  readonly book: SectionBook;
}

/** The rule of what an editor decided: no publisher's revision overrules it. */
export const EDITOR = "editor";

/**
 * Files an item where its publisher says, or else where words and votes speak for, and lets it vote.
 * @returns the items whose section changed
 */
export function fileItem(filing: Filing, told: Told, item: NewsItem): readonly ItemId[] {
  const named = told.named?.reason.rule === EDITOR ? told.named : namedSection(item, filing.book);
  return fileAs(filing, told, named);
}

/** The same where the section is known, or known not to be named. */
export function fileAs(filing: Filing, told: Told, named: Filed | undefined): readonly ItemId[] {
  const { room, memory } = filing;
  const { text, story } = placeOf(room, told);
  told.named = named;
  told.guessed = undefined;
  const subject = vote(filing, told);
  if (subject === undefined) return refile(filing, [told]);
  learn(room.classifier, text.vector, subject, memory.clock);
  return [...lookAgain(filing), ...refileAround(filing, text, story)];
}

/** @returns the section that the item's publisher, or an editor, speaks for in its story */
export function vote({ room, book }: Filing, told: Told): SectionId | undefined {
  const { story } = placeOf(room, told);
  const subject = subjectOf(told, book.subjects);
  if (subject !== undefined) story.filed.set(subject, (story.filed.get(subject) ?? 0) + 1);
  return subject;
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

/** After a vote: the items with the same text, and the whole story where the vote weighs. */
export function refileAround(filing: Filing, text: Text, story: Story): readonly ItemId[] {
  const votes = [...story.filed.values()].reduce((sum, count) => sum + count, 0);
  const weighs = (votes & (votes - 1)) === 0;
  return weighs ? refileStory(filing, story) : refile(filing, toldOf(filing.memory.items, text));
}

export const refileStory = (filing: Filing, story: Story): readonly ItemId[] =>
  refile(filing, toldIn(filing.room, filing.memory.items, story));

/** So many texts are looked at again whenever one is learned from: a full desk is through after some hundred. */
const LOOKED_AT_ONCE = 32;

/** What could not be told when little was learned may be told now, a few texts at a time. */
function lookAgain(filing: Filing): readonly ItemId[] {
  const { texts, classifier } = filing.room;
  const [oldest = texts.nextSerial] = texts.bySerial.keys();
  const from = Math.max(classifier.lookAt, oldest);
  if (from >= texts.nextSerial) return [];
  classifier.lookAt = from + LOOKED_AT_ONCE;
  const serials = Array.from({ length: LOOKED_AT_ONCE }, (_, at) => from + at);
  return refile(
    filing,
    serials.flatMap((serial) => toldOf(filing.memory.items, texts.bySerial.get(serial))),
  );
}

/** Guesses anew where nobody named the section. */
function refile({ room, memory, book }: Filing, all: readonly Told[]): readonly ItemId[] {
  const changed: ItemId[] = [];
  const odds = new Map<Text, readonly number[]>();
  for (const told of all) {
    if (told.named !== undefined) continue;
    const { text, story } = placeOf(room, told);
    const ofText = odds.get(text) ?? logOdds(room.classifier, room.sectionWords, text.vector);
    odds.set(text, ofText);
    const guessed = likelySection(room.classifier.sections, ofText, votesOn(memory, book, text, story));
    const { section, reason } = told.guessed ?? {};
    if (guessed?.section !== section || guessed?.reason.rule !== reason?.rule) changed.push(told.id);
    told.guessed = guessed;
  }
  return changed;
}

function votesOn(memory: Memory, book: SectionBook, text: Text, story: Story): Votes {
  const copies = new Map<SectionId, number>();
  const others = new Map(story.filed);
  for (const told of toldOf(memory.items, text)) {
    const subject = subjectOf(told, book.subjects);
    if (subject === undefined) continue;
    copies.set(subject, (copies.get(subject) ?? 0) + 1);
    const left = (others.get(subject) ?? 0) - 1;
    if (left > 0) others.set(subject, left);
    else others.delete(subject);
  }
  return { copies, story: others };
}
