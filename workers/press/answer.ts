import { createHash } from "node:crypto";
import { type Duration, type Instant, SECOND } from "../../src/model/time.ts";
import { editionAt, type Piece } from "./edition.ts";
import { type FeedPlan, HOUSES, type House } from "./houses.ts";
import { printFeed, printPage } from "./print.ts";
import type { Stock } from "./stock.ts";

export interface Question {
  readonly path: string;
  readonly ifNoneMatch?: string;
  readonly ifModifiedSince?: string;
  /** nobody has asked for this path before */
  readonly first: boolean;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
  /** the answer is held back for so long */
  readonly delay: Duration;
}

export interface Newsstand {
  readonly stock: Stock;
  readonly seed: number;
  /** "http://127.0.0.1:4000" */
  readonly origin: string;
  readonly openedAt: Instant;
}

/** The truncated feed is cut off for the first half of every such span. */
const BROKEN_SPAN = 120 * SECOND;
/** The unsteady feed fails for the last third of every such span. */
const UNSTEADY_SPAN = 30 * SECOND;
const SLOWNESS = 3 * SECOND;
const RETRY_AFTER = 10 * SECOND;
const FEED_LENGTH = 40;

/** What the press answers, so long after it has opened. */
export function answerOf(stand: Newsstand, question: Question, elapsed: Duration): Answer {
  const [, id, ...rest] = question.path.split("/");
  const house = HOUSES.find((one) => one.id === id);
  if (house === undefined) return plain(404, "no such house\n");
  const path = rest.join("/");
  const moved = house.feeds.find((feed) => feed.movedFrom === path);
  if (moved !== undefined) return plain(301, "moved\n", { location: `${stand.origin}/${house.id}/${moved.file}` });
  const pieces = editionAt(stand.stock, elapsed, stand.seed).filter((piece) => piece.house === house.id);
  const feed = house.feeds.find((one) => one.file === path);
  if (feed !== undefined) return feedAnswer(stand, question, elapsed, { house, feed, pieces });
  return pageAnswer(stand, house, pieces, path);
}

interface Ask {
  readonly house: House;
  readonly feed: FeedPlan;
  readonly pieces: readonly Piece[];
}

function feedAnswer(stand: Newsstand, question: Question, elapsed: Duration, { house, feed, pieces }: Ask): Answer {
  if (feed.manners === "throttled" && question.first) {
    return plain(429, "too many requests\n", { "retry-after": String(RETRY_AFTER / SECOND) });
  }
  if (feed.manners === "unsteady" && elapsed % UNSTEADY_SPAN >= (UNSTEADY_SPAN * 2) / 3)
    return plain(500, "out of order\n");
  const chosen = pieces
    .filter((piece) => feed.section === undefined || piece.section === feed.section)
    .slice(0, FEED_LENGTH);
  const home = `${stand.origin}/${house.id}/`;
  const printed = printFeed({ house, feed, home, openedAt: stand.openedAt }, chosen);
  const broken = feed.manners === "truncated" && elapsed % BROKEN_SPAN < BROKEN_SPAN / 2;
  const repairedAt =
    feed.manners === "truncated" && !broken
      ? (Math.floor(elapsed / BROKEN_SPAN) + 0.5) * BROKEN_SPAN
      : Number.NEGATIVE_INFINITY;
  const bytes = broken ? cutOff(printed.bytes) : printed.bytes;
  const changedAt = Math.max(repairedAt, ...chosen.map((piece) => piece.changedAt));
  const answer = conditional(question, bytes, stand.openedAt + changedAt, printed.contentType);
  return feed.manners === "slow" ? { ...answer, delay: SLOWNESS } : answer;
}

function conditional(question: Question, bytes: Uint8Array, changedAt: Instant, contentType: string): Answer {
  const etag = `"${createHash("sha1").update(bytes).digest("hex").slice(0, 16)}"`;
  const lastModified = new Date(changedAt).toUTCString();
  const validators = { etag, "last-modified": lastModified };
  const { ifNoneMatch, ifModifiedSince } = question;
  const unmodified = ifNoneMatch === undefined ? ifModifiedSince === lastModified : ifNoneMatch === etag;
  if (unmodified) return { status: 304, headers: validators, body: "", delay: 0 };
  return { status: 200, headers: { ...validators, "content-type": contentType }, body: bytes, delay: 0 };
}

function pageAnswer(stand: Newsstand, house: House, pieces: readonly Piece[], path: string): Answer {
  const html = { "content-type": "text/html; charset=utf-8" };
  const piece = pieces.find((one) => one.path === path);
  if (piece !== undefined) return plain(200, printPage(house, piece, stand.openedAt), html);
  if (path === "") return plain(200, `<!doctype html><title>${house.title}</title><h1>${house.title}</h1>\n`, html);
  return plain(404, "no such page\n");
}

const plain = (status: number, body: string, headers: Readonly<Record<string, string>> = {}): Answer => ({
  status,
  headers: { "content-type": "text/plain; charset=utf-8", ...headers },
  body,
  delay: 0,
});

/** As a file is left behind that was cut off by a full disk, in the middle of its first tag. */
function cutOff(bytes: Uint8Array): Uint8Array {
  return bytes.subarray(0, Buffer.from(bytes).indexOf('version="2.0"'));
}
