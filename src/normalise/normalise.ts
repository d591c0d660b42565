import type { Draft } from "../model/item.ts";
import type { Parsed } from "../model/parsed.ts";
import type { FeedProfile } from "../model/reading.ts";
import { readDraft } from "./draft.ts";
import { withoutFragment } from "./permalink.ts";
import { plainText } from "./plain-text.ts";
import { readProfile } from "./profile.ts";
import { readSectionWords } from "./section-word.ts";
import { readTitle } from "./title.ts";

type ParsedDocument = Extract<Parsed, { kind: "parsed" }>;

export interface Normalised {
  readonly profile: FeedProfile;
  readonly drafts: readonly Draft[];
}

/**
 * What we keep of a document: absolute URLs, safe HTML, plain titles and teasers.
 * @param url where the document came from
 * @param sectionWords names of sections as publishers put them before titles
 */
export function normalise(parsed: ParsedDocument, url: string, sectionWords: readonly string[]): Normalised {
  const profile = readProfile(parsed, url);
  const titles = parsed.items.map((item) => readTitle(item.title === undefined ? "" : plainText(item.title)));
  const headlines = readSectionWords(
    parsed.items.map((item, at) => ({
      title: titles[at]?.title ?? "",
      categories: item.categories.map(({ label, term }) => label ?? term),
    })),
    sectionWords,
  );
  const context = { format: parsed.format, base: profile.homeUrl ?? url, profile };
  const drafts = parsed.items.map((item, at) =>
    readDraft(item, { ...headlines[at], marks: titles[at]?.marks ?? [] }, context),
  );
  return { profile, drafts: onePageEach(drafts) };
}

/** A place on a page is no page of its own, unless items of one document differ by nothing else. */
function onePageEach(drafts: readonly Draft[]): readonly Draft[] {
  const places = new Map<string, Set<string>>();
  for (const { permalink } of drafts) {
    if (permalink === undefined) continue;
    const page = withoutFragment(permalink);
    places.set(page, (places.get(page) ?? new Set()).add(permalink));
  }
  return drafts.map((draft) => {
    if (draft.permalink === undefined) return draft;
    const page = withoutFragment(draft.permalink);
    return places.get(page)?.size === 1 ? { ...draft, permalink: page } : draft;
  });
}
