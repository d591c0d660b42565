import type { Draft } from "../model/item.ts";
import type { Parsed } from "../model/parsed.ts";
import type { FeedProfile } from "../model/reading.ts";
import { readDates } from "./dates.ts";
import { readDraft } from "./draft.ts";
import { withPages } from "./pages.ts";
import { plainTitle } from "./plain-title.ts";
import { readProfile } from "./profile.ts";
import { readSectionWords } from "./section-word.ts";
import { readTitle } from "./title.ts";

export { pageKey } from "./page-key.ts";

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
  const { items, feed, format } = parsed;
  const profile = readProfile(parsed, url);
  const titles = items.map((item) => readTitle(item.title === undefined ? "" : plainTitle(item.title)));
  const headlines = readSectionWords(
    items.map((item, at) => ({
      title: titles[at]?.title ?? "",
      categories: item.categories.map(({ label, term }) => label ?? term),
    })),
    sectionWords,
  );
  const dates = readDates(items, feed.updatedAt);
  const context = { format, base: profile.homeUrl ?? url, profile };
  const drafts = items.map((item, at) =>
    readDraft(item, { headline: headlines[at] ?? {}, marks: titles[at]?.marks ?? [], dates: dates[at] ?? {} }, context),
  );
  return { profile, drafts: withPages(drafts) };
}
