import { groupsOf } from "./groups.ts";
import { HOUR, type Method, plainTitle } from "./headline.ts";
import { likelyPairs, sharedBy } from "./likely-pairs.ts";

/**
 * The methods that feed readers publish, from their parameters (facts/peers.md 2 and 3), each with the window it names.
 * Theirs is the idea, not the program: a database's or a service's own tokeniser may see words a little otherwise.
 */

/** RSS-Bridge, CommaFeed and others: the same address or the same title. */
export const sameTitleOrUrl: Method = (items) => {
  const groups = groupsOf(items.length);
  const first = new Map<string, number>();
  for (const [at, { title, url }] of items.entries())
    for (const key of [`url ${url}`, `title ${plainTitle(title)}`]) {
      const earlier = first.get(key);
      if (earlier === undefined) first.set(key, at);
      else groups.join(earlier, at);
    }
  return groups.keys();
};

const NONE: ReadonlySet<string> = new Set();

const TRIGRAMS = { least: 0.75, shortest: 32, window: 72 * HOUR };

/** Tiny Tiny RSS, af_psql_trgm: PostgreSQL's trigram similarity of titles. */
export const trigrams: Method = (items) => {
  const sets = items.map(({ title }) => (title.length < TRIGRAMS.shortest ? new Set<string>() : trigramsOf(title)));
  const groups = groupsOf(items.length);
  for (const [later, earlier] of likelyPairs(sets, TRIGRAMS.least)) {
    if (lag(items[later], items[earlier]) > TRIGRAMS.window) continue;
    const [one, other] = [sets[later] ?? NONE, sets[earlier] ?? NONE];
    const shared = sharedBy(one, other);
    if (shared / (one.size + other.size - shared) >= TRIGRAMS.least) groups.join(earlier, later);
  }
  return groups.keys();
};

const OVERLAP = { least: 0.6, words: 5, shared: 3, postings: 50, most: 10, window: 120 * HOUR };

/** NewsBlur's clustering: overlap coefficient of significant words, groups of at most ten. */
export const wordOverlap: Method = (items) => {
  const stops = commonest(items.map(({ title }) => plainTitle(title).split(" ")));
  const sets = items.map(({ title, publisher }) => {
    const own = new Set(plainTitle(publisher).split(" "));
    return new Set(
      plainTitle(title)
        .split(" ")
        .filter((word) => word.length > 2 && !/\d/.test(word) && !stops.has(word) && !own.has(word)),
    );
  });
  const groups = groupsOf(items.length, OVERLAP.most);
  const first = new Map<string, number>();
  const holders = new Map<string, number[]>();
  for (const [at, set] of sets.entries()) {
    const title = plainTitle(items[at]?.title ?? "");
    const same = first.get(title);
    if (same === undefined) first.set(title, at);
    else groups.join(same, at);
    if (set.size < OVERLAP.words) continue;
    const shared = new Map<number, number>();
    for (const word of set) {
      const list = holders.get(word) ?? [];
      if (list.length <= OVERLAP.postings)
        for (const earlier of list) shared.set(earlier, (shared.get(earlier) ?? 0) + 1);
      list.push(at);
      holders.set(word, list);
    }
    for (const [earlier, count] of shared) {
      if (count < OVERLAP.shared || lag(items[at], items[earlier]) > OVERLAP.window) continue;
      if (count / Math.min(set.size, sets[earlier]?.size ?? 1) >= OVERLAP.least) groups.join(earlier, at);
    }
  }
  return groups.keys();
};

const SHINGLES = { least: 0.85, words: 3, window: 72 * HOUR };

/** As Feedly describes it: at least 85 % of the content shared, never within one source. */
export const contentOverlap: Method = (items) => {
  const sets = items.map(({ title, teaser }) => shinglesOf(plainTitle(`${title} ${teaser}`)));
  const groups = groupsOf(items.length);
  for (const [later, earlier] of likelyPairs(sets, SHINGLES.least)) {
    const [one, other] = [sets[later] ?? NONE, sets[earlier] ?? NONE];
    if (items[later]?.publisher === items[earlier]?.publisher) continue;
    if (lag(items[later], items[earlier]) > SHINGLES.window) continue;
    if (sharedBy(one, other) / Math.max(one.size, other.size) >= SHINGLES.least) groups.join(earlier, later);
  }
  return groups.keys();
};

const COMMON = 0.01;

/** Stop words of any language: what stands in one title of a hundred. */
function commonest(titles: readonly (readonly string[])[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const words of titles) for (const word of new Set(words)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return new Set([...counts].filter(([, count]) => count > titles.length * COMMON).map(([word]) => word));
}

/** pg_trgm pads a word with two blanks before and one after. */
function trigramsOf(title: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const word of plainTitle(title).split(" ")) {
    const padded = `  ${word} `;
    for (let at = 0; at + 3 <= padded.length; at += 1) found.add(padded.slice(at, at + 3));
  }
  return found;
}

function shinglesOf(text: string): ReadonlySet<string> {
  const words = text.split(" ");
  if (words.length <= SHINGLES.words) return new Set([text]);
  return new Set(words.slice(SHINGLES.words - 1).map((_, at) => words.slice(at, at + SHINGLES.words).join(" ")));
}

const lag = (later?: { readonly arrivedAt: number }, earlier?: { readonly arrivedAt: number }): number =>
  (later?.arrivedAt ?? 0) - (earlier?.arrivedAt ?? 0);
