import { feedId, type ItemId, itemId, publisherId } from "../../src/model/ids.ts";
import type { NewsEntry, NewsItem } from "../../src/model/news.ts";
import { MINUTE } from "../../src/model/time.ts";
import { SECTIONS } from "../desk/entries.ts";

const START = Date.UTC(2026, 2, 2, 6);
const STORIES = 40;
const PUBLISHERS = 9;
const SYLLABLES = "bra den fol gur hap jel kro lun mip nas pel quo rit sol tur vag wen zir".split(" ");

/**
 * News of invented publishers, the same in every run: stories that come and go, one text of several hands, revisions,
 * withdrawals and an editor who corrects; a minute from one to the next.
 */
export function newsOf(count: number): readonly NewsEntry[] {
  const random = generator(20260302);
  const below = (limit: number) => Math.floor(random() * limit);
  const items: NewsItem[] = [];
  const recent = () => items[Math.max(0, items.length - 1 - below(200))];

  return Array.from({ length: count }, (_, n): NewsEntry => {
    const at = START + n * MINUTE;
    const [known, chance] = [recent(), random()];
    if (known !== undefined && chance < 0.05)
      return { kind: "revised", item: { ...known, title: `${known.title} neu` } };
    if (known !== undefined && chance < 0.07) return { kind: "withdrawn", item: known.id, at };
    if (known !== undefined && chance < 0.08) return corrected(known.id, below(SECTIONS.length), at);
    const title = known !== undefined && chance < 0.25 ? known.title : titleOf(n, below);
    const item = itemOf(n, title, below(PUBLISHERS), at);
    items.push(item);
    return { kind: "new", item };
  });
}

function corrected(item: ItemId, section: number, at: number): NewsEntry {
  const { id } = SECTIONS[section] ?? {};
  const correction =
    id === undefined || section % 2 === 0 ? lead(item) : { kind: "file" as const, items: [item], section: id };
  return { kind: "corrected", correction, by: "Frieda", at };
}

const lead = (item: ItemId) => ({ kind: "lead" as const, item });

/** Five of a running story's eight words and one of its own; every two hundred news one story ends and another begins. */
function titleOf(n: number, below: (limit: number) => number): string {
  const story = Math.floor(n / 200) + below(STORIES);
  const words = Array.from({ length: 5 }, () => word(8 * story + below(8)));
  return [...words, word(1_000_000 + n)].join(" ");
}

function itemOf(n: number, title: string, publisher: number, arrivedAt: number): NewsItem {
  const place = n % 4 === 0 ? "sport" : "seite";
  return {
    id: itemId(`i${n}`),
    iri: `https://p${publisher}.example/${n}`,
    permalink: `https://p${publisher}.example/${place}/${n}`,
    feed: feedId(`f${publisher}`),
    publisher: publisherId(`p${publisher}`),
    title,
    language: "de",
    arrivedAt,
    revision: 0,
    digest: title,
  };
}

function word(number: number): string {
  let [left, made] = [Math.imul(number + 1, 0x9e3779b1) >>> 0, ""];
  for (let at = 0; at < 4; at += 1) {
    made += SYLLABLES[left % SYLLABLES.length];
    left = Math.floor(left / SYLLABLES.length);
  }
  return `${made.charAt(0).toUpperCase()}${made.slice(1)}`;
}

/** Numerical Recipes' linear congruential generator. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
