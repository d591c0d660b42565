import type { ItemId, SectionId } from "../model/ids.ts";
import type { Decision, Reason, Related } from "../model/news.ts";
import type { Instant } from "../model/time.ts";
import { MOST_RELATED } from "./related.ts";
import type { Room } from "./room.ts";
import type { Filed } from "./section-book.ts";
import type { Story } from "./stories.ts";
import type { Text } from "./texts.ts";

/** An item on the desk. */
export interface Told {
  readonly id: ItemId;
  readonly language: string;
  /** the desk's clock when it came */
  at: Instant;
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
  const related = relatedOf(text, story);
  const leading = story.lead === told.id ? leadReason(story) : undefined;
  const reasons = [isCopy ? told.copyReason : undefined, told.storyReason, leading, filed?.reason];
  return {
    item: told.id,
    ...(isCopy ? { copyOf: first } : {}),
    story: story.id,
    storyIri: story.iri,
    ...(filed === undefined ? {} : { section: filed.section }),
    ...(filed?.alsoIn === undefined ? {} : { alsoIn: filed.alsoIn }),
    ...(story.lead === told.id ? { leads: true } : {}),
    ...(story.lead === told.id && story.leadAt !== undefined ? { leadsSince: story.leadAt } : {}),
    ...(related.length > 0 ? { related } : {}),
    reasons: reasons.filter((reason) => reason !== undefined),
  };
}

const LEAD = "lead";

/** Which editor lets an item lead. */
export function leaderOf({ reasons }: Decision): string | undefined {
  const by = reasons.find(({ rule }) => rule === LEAD)?.evidence?.["by"];
  return by === undefined ? undefined : String(by);
}

const leadReason = ({ leadBy: by }: Story): Reason => ({
  ...{ about: "story", rule: LEAD, words: "an editor lets it speak for its story" },
  ...(by === undefined ? {} : { evidence: { by } }),
});

/** What a chapter continues comes first. */
function relatedOf({ related = [] }: Text, { id, continues }: Story): readonly Related[] {
  const before = continues === undefined ? [] : [{ story: continues }];
  const others = related.filter(({ story }) => story !== continues);
  return [...before, ...others].filter(({ story }) => story !== id).slice(0, MOST_RELATED);
}

/** The items of a story that the desk still holds, by text and in order of arrival. */
export function toldIn(room: Room, items: ReadonlyMap<ItemId, Told>, story: Story): readonly Told[] {
  return [...story.texts].flatMap((serial) => toldOf(items, room.texts.bySerial.get(serial)));
}

/** Ten publishers print one agency text; what repeats it hundreds of times is a flood, and has no more say. */
const MOST_COPIES = 50;

/** Who carries a text, the first of them where there are very many. */
export function toldOf(items: ReadonlyMap<ItemId, Told>, text: Text | undefined): readonly Told[] {
  const members = text?.members ?? [];
  const all: Told[] = [];
  for (let at = 0; at < Math.min(MOST_COPIES, members.length); at += 1) {
    const told = items.get(members[at] as ItemId);
    if (told !== undefined) all.push(told);
  }
  return all;
}

export const subjectOf = (told: Told, subjects: ReadonlySet<SectionId>): SectionId | undefined =>
  told.named !== undefined && subjects.has(told.named.section) ? told.named.section : undefined;
