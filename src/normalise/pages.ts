import type { Draft } from "../model/item.ts";
import { pageKey } from "./page-key.ts";
import { withoutFragment } from "./permalink.ts";

/** The drafts of one document with one spelling for each of their pages. */
export const withPages = (drafts: readonly Draft[]): readonly Draft[] => withPageKeys(onePageEach(drafts));

/** A place on a page is no page of its own, unless items of one document differ by nothing else. */
function onePageEach(drafts: readonly Draft[]): readonly Draft[] {
  const places = new Map<string, Set<string>>();
  for (const { permalink } of drafts) {
    if (permalink === undefined) continue;
    const page = withoutFragment(permalink);
    const known = places.get(page);
    if (known === undefined) places.set(page, new Set([permalink]));
    else known.add(permalink);
  }
  return drafts.map((draft) => {
    if (draft.permalink === undefined || !draft.permalink.includes("#")) return draft;
    const page = withoutFragment(draft.permalink);
    return places.get(page)?.size === 1 ? { ...draft, permalink: page } : draft;
  });
}

/** A key that two addresses of one document share under two titles says too little: these keep their permalinks. */
function withPageKeys(drafts: readonly Draft[]): readonly Draft[] {
  const keys = drafts.map(({ permalink }) => (permalink === undefined ? undefined : pageKey(permalink)));
  const first = new Map<string, Draft>();
  const doubtful = new Set<string>();
  for (const [at, draft] of drafts.entries()) {
    const key = keys[at];
    if (key === undefined) continue;
    const other = first.get(key) ?? draft;
    first.set(key, other);
    if (other.permalink !== draft.permalink && other.title !== draft.title) doubtful.add(key);
  }
  return drafts.map((draft, at) => {
    const key = keys[at];
    return key === undefined || key === draft.permalink || doubtful.has(key) ? draft : { ...draft, pageKey: key };
  });
}
