import { type Duration, MINUTE, SECOND } from "../../src/model/time.ts";
import { HOUSES } from "./houses.ts";
import type { Line, Stock, Story, Telling } from "./stock.ts";

/** One article of one house, as it stands at one moment. Times are milliseconds since the press opened. */
export interface Piece {
  readonly house: string;
  readonly section: string;
  readonly title: string;
  readonly teaser: string;
  readonly facts: readonly string[];
  /** below the house's own address */
  readonly path: string;
  readonly guid: string;
  readonly publishedAt: Duration;
  readonly changedAt: Duration;
}

/** When the four mischiefs happen: late enough that everybody has read the piece as it was. */
export const COPIED_AT = 12 * SECOND;
export const CORRECTED_AT = 25 * SECOND;
export const CHURNED_AT = 30 * SECOND;
export const REDATED_AT = 35 * SECOND;

/** A fresh piece every 3 to 5 seconds: every 4, give or take half a second. */
const PACE = 4 * SECOND;
const JITTER = 1 * SECOND;
/** Fresh pieces that are still on the web: two hours and more. */
const KEPT = 2_000;
/** The second house needs this long, at the most, to tell what the first one told. */
const TELLING_GAP = 4 * MINUTE;

/** What is out at one moment, newest first. The same moment of the same seed is the same edition. */
export function editionAt(stock: Stock, elapsed: Duration, seed: number): readonly Piece[] {
  const told = stock.stories.flatMap((story, index) => storyAt(story, 100 * (index + 1), elapsed));
  return [...told, ...freshAt(stock, elapsed, seed)]
    .filter((piece) => piece.publishedAt <= elapsed)
    .sort((one, other) => other.publishedAt - one.publishedAt || (one.guid < other.guid ? -1 : 1));
}

function storyAt(story: Story, number: number, elapsed: Duration): readonly Piece[] {
  const gap = Math.min(TELLING_GAP, (story.minutesAgo * MINUTE) / 8);
  const at = (turn: number) => Math.round(turn * gap - story.minutesAgo * MINUTE);
  const told = story.told.map((telling, turn) =>
    unfold(telling, elapsed, {
      ...telling,
      section: story.section,
      facts: story.facts,
      at: at(turn),
      number: number + turn,
    }),
  );
  return [...told, ...wireOf(story, number + 50, at)];
}

function unfold(telling: Telling, elapsed: Duration, words: Words): Piece {
  const piece = pieceOf(words);
  if (telling.corrected !== undefined && elapsed >= CORRECTED_AT) {
    return { ...piece, ...telling.corrected, changedAt: CORRECTED_AT };
  }
  if (telling.churned && elapsed >= CHURNED_AT) return { ...piece, guid: `${piece.guid}-2`, changedAt: CHURNED_AT };
  if (telling.redated && elapsed >= REDATED_AT) return { ...piece, publishedAt: REDATED_AT, changedAt: REDATED_AT };
  return piece;
}

/** One text, sold to several: only the kicker is the house's own. */
function wireOf({ section, facts, wire }: Story, number: number, at: (turn: number) => Duration): readonly Piece[] {
  if (wire === undefined) return [];
  const copies = wire.by.map((copy, turn) => ({ ...copy, at: at(turn + 1) }));
  if (wire.late !== undefined) copies.push({ ...wire.late, at: COPIED_AT });
  return copies.map(({ by, kicker, at }, turn) =>
    pieceOf({ by, section, facts, at, number: number + turn, title: `${kicker}: ${wire.title}`, teaser: wire.teaser }),
  );
}

function freshAt(stock: Stock, elapsed: Duration, seed: number): readonly Piece[] {
  const count = Math.max(0, Math.floor(elapsed / PACE) + 1);
  const first = Math.max(0, count - KEPT);
  return Array.from({ length: count - first }, (_, index) => freshPiece(stock, first + index, seed));
}

function freshPiece(stock: Stock, turn: number, seed: number): Piece {
  const line = stock.fresh[turn] ?? townLine(stock, turn - stock.fresh.length);
  const at = Math.round((turn + 1) * PACE + (noise(turn, seed) - 0.5) * JITTER);
  return pieceOf({ ...line, facts: [], at, number: 100_000 + turn });
}

/** Each round every line, each time with another town, until all pairs were there; then again. */
function townLine({ towns, townLines }: Stock, turn: number): Line {
  const town = towns[(turn + Math.floor(turn / townLines.length)) % towns.length];
  const line = townLines[turn % townLines.length];
  if (town === undefined || line === undefined) throw new RangeError("stories/towns.yaml holds no town or no line");
  return { ...line, title: line.title.replace("{town}", town), teaser: line.teaser.replace("{town}", town) };
}

/** 0 to 1, the same for the same turn and seed (Mulberry32). */
function noise(turn: number, seed: number): number {
  let bits = (turn + 1) * 0x6d2b79f5 + seed * 0x9e3779b1;
  bits = Math.imul(bits ^ (bits >>> 15), bits | 1);
  bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
  return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
}

interface Words extends Omit<Line, "by"> {
  readonly by: string;
  readonly facts: readonly string[];
  readonly at: Duration;
  readonly number: number;
}

function pieceOf({ by, section, title, teaser, facts, at, number }: Words): Piece {
  const house = HOUSES.find(({ id }) => id === by);
  const path = `${house?.sectionInPath ? section : "artikel"}/${slug(title)}-${number}.html`;
  const guid = house?.guid === "number" ? `${by}-${number}` : path;
  return { house: by, section, title, teaser, facts, path, guid, publishedAt: at, changedAt: at };
}

const ASCII: Readonly<Record<string, string>> = { ä: "ae", ö: "oe", ü: "ue", ß: "ss" };

function slug(title: string): string {
  const ascii = title.toLowerCase().replace(/[äöüß]/g, (letter) => ASCII[letter] ?? letter);
  return ascii
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "")
    .slice(0, 8)
    .join("-");
}
