import type { ItemId, SectionId } from "../model/ids.ts";
import type { Decision, Reason } from "../model/news.ts";
import type { Instant } from "../model/time.ts";
import type { Room } from "./room.ts";
import type { Filed } from "./section-book.ts";
import type { Story } from "./stories.ts";
import type { Text } from "./texts.ts";

/** An item on the desk. */
export interface Told {
  readonly id: ItemId;
  readonly language: string;
  /** the desk's clock when it came */
  readonly at: Instant;
  /** serial of its text, through which it has its story */
  readonly text: number;
  readonly copyReason?: Reason;
  storyReason: Reason;
  /** where its publisher filed it */
  named?: Filed | undefined;
  /** where words and votes say it belongs, unless its publisher named that */
  guessed?: Filed | undefined;
}

export interface Place {
  readonly text: Text;
  readonly story: Story;
}

export function placeOf(room: Room, told: Told): Place {
  const text = room.texts.bySerial.get(told.text);
  const story = room.stories.bySerial.get(text?.story ?? 0);
  if (text === undefined || story === undefined)
    throw new Error(`item ${told.id} has lost its ${text ? "story" : "text"}`);
  return { text, story };
}

export function decisionOf(room: Room, told: Told): Decision {
  const { text, story } = placeOf(room, told);
  const first = text.members[0];
  const filed = told.named ?? told.guessed;
  const isCopy = first !== undefined && first !== told.id;
  const reasons = [isCopy ? told.copyReason : undefined, told.storyReason, filed?.reason];
  return {
    item: told.id,
    ...(isCopy ? { copyOf: first } : {}),
    story: story.id,
    storyIri: story.iri,
    ...(filed === undefined ? {} : { section: filed.section }),
    ...(story.lead === told.id ? { leads: true } : {}),
    reasons: reasons.filter((reason) => reason !== undefined),
  };
}

/** The items of a story that the desk still holds, by text and in order of arrival. */
export function toldIn(room: Room, items: ReadonlyMap<ItemId, Told>, story: Story): readonly Told[] {
  return [...story.texts].flatMap((serial) => toldOf(items, room.texts.bySerial.get(serial)));
}

/** Ten publishers print one agency text; what repeats it hundreds of times is a flood, and has no more say. */
const MOST_COPIES = 50;

/** Who carries a text, the first of them where there are very many. */
export const toldOf = (items: ReadonlyMap<ItemId, Told>, text: Text | undefined): readonly Told[] =>
  (text?.members ?? []).slice(0, MOST_COPIES).flatMap((id) => items.get(id) ?? []);

export const subjectOf = (told: Told, subjects: ReadonlySet<SectionId>): SectionId | undefined =>
  told.named !== undefined && subjects.has(told.named.section) ? told.named.section : undefined;
