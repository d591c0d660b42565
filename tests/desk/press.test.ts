import { expect, test } from "vitest";
import type { ItemId } from "../../src/model/ids.ts";
import { editionAt, type Piece } from "../../workers/press/edition.ts";
import { HOUSES } from "../../workers/press/houses.ts";
import { readStock } from "../../workers/press/stock.ts";
import { itemOf, Newsroom } from "./entries.ts";

const SEED = 1;
/** Pieces of one story, of which editionAt numbers up to a hundred. */
const A_STORY = 100;
/** What comes in later has no story to its name. */
const FRESH_FROM = 100_000;
const NUMBER = /-(\d+)(?:\.html)?$/;

const stock = await readStock();
const pieces = editionAt(stock, 0, SEED).filter((piece) => numberOf(piece) < FRESH_FROM);

/** Which house is polled first is chance. */
const ORDERS: readonly (readonly [string, readonly Piece[]])[] = [
  ["oldest first", pieces.toReversed()],
  ["newest first", pieces],
  ["house by house", pieces.toSorted((a, b) => (a.house < b.house ? -1 : 1))],
];

test.each(ORDERS)("an empty desk tells the invented press's stories apart, %s", (_order, arrivals) => {
  // given some 180 pieces of ten houses and a desk that has read nothing
  const newsroom = new Newsroom();

  // when they come in one after another
  const ids = arrivals.map((piece, turn) => take(newsroom, piece, turn));

  // then nearly all of a story's pieces are together, and hardly any of two stories
  const found = ids.map((id) => newsroom.on(id).story);
  const { precision, recall } = bcubed(found, arrivals.map(storyOf));
  expect({ precision, recall }, wronglyMerged(found, arrivals).join("\n")).toEqual({
    precision: expect.toSatisfy((share: number) => share >= 0.94),
    recall: expect.toSatisfy((share: number) => share >= 0.96),
  });
});

function take(newsroom: Newsroom, piece: Piece, turn: number): ItemId {
  const { house, title, teaser, path } = piece;
  const url = `https://${house}.example/${path}`;
  const item = itemOf({ title, teaser, publisher: house, language: languageOf(piece), url });
  newsroom.take({ kind: "new", item: { ...item, arrivedAt: item.arrivedAt + turn } });
  return item.id;
}

/** The press has English houses tell some German stories: those are stories of their own. */
function storyOf(piece: Piece): string {
  return `${languageOf(piece)} ${Math.floor(numberOf(piece) / A_STORY)}`;
}

function languageOf({ house }: Piece): string {
  return HOUSES.find(({ id }) => id === house)?.language === "en" ? "en" : "de";
}

function numberOf({ guid }: Piece): number {
  return Number(NUMBER.exec(guid)?.[1]);
}

/** A. Bagga & B. Baldwin, "Entity-based cross-document coreferencing using the vector space model" (1998). */
function bcubed(found: readonly string[], wanted: readonly string[]) {
  const both = found.map((key, at) => `${key} ${wanted[at]}`);
  const share = (of: readonly string[]) =>
    of.reduce((sum, key, at) => sum + count(both, both[at]) / count(of, key), 0) / of.length;
  return { precision: share(found), recall: share(wanted) };
}

const count = (keys: readonly string[], key: string | undefined): number =>
  keys.filter((other) => other === key).length;

/** "a title || a title of another story", for whoever reads a failure. */
function wronglyMerged(found: readonly string[], arrivals: readonly Piece[]): readonly string[] {
  const firsts = new Map(arrivals.map((piece, at) => [`${found[at]} ${storyOf(piece)}`, { piece, story: found[at] }]));
  return [...firsts.values()].flatMap(({ piece, story }, at) =>
    [...firsts.values()]
      .slice(at + 1)
      .filter((other) => other.story === story)
      .map((other) => `${piece.title} || ${other.piece.title}`),
  );
}
