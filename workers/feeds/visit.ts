import { setTimeout as wait } from "node:timers/promises";
import type { Fetcher } from "../../src/adapters/http-fetcher.ts";
import type { ThreadPool } from "../../src/adapters/thread-pool.ts";
import { readPage, type WebPage } from "../../src/discover/discover.ts";
import type { Answered } from "../../src/model/answer.ts";
import type { Document } from "../../src/model/document.ts";
import { NEW_FEED_STATE } from "../../src/model/feed.ts";
import { feedId, publisherId } from "../../src/model/ids.ts";
import type { Reading } from "../../src/model/reading.ts";
import { decode } from "../../src/parse/parse.ts";
import { firstRequest, hostKeyOf, outcomeOf } from "../../src/poll/poll.ts";
import type { ReadingJob } from "../poll/reading-thread.ts";

export interface VisitTools {
  readonly fetcher: Fetcher;
  readonly reading: ThreadPool<ReadingJob, Reading>;
  readonly userAgent: string;
  /** between two requests to one host, in milliseconds */
  readonly gap: number;
  /** told of every address before it is asked */
  readonly say: (address: string) => void;
}

export type ReadFeed = Extract<Reading, { kind: "read" }>;

/** What is at an address. `url` of a feed is where to poll it: moved for good, or as it was asked for. */
export type Visit =
  | { readonly kind: "feed"; readonly url: string; readonly reading: ReadFeed }
  | { readonly kind: "page"; readonly url: string; readonly page: WebPage }
  /** `isClosed`: the host wants to be left alone */
  | { readonly kind: "trouble"; readonly why: string; readonly isClosed: boolean };

/** Looks at one address after the other, as a poller would: by name, with a gap, without a memory. */
export function visitor(tools: VisitTools): (address: string) => Promise<Visit> {
  const { fetcher, userAgent, gap, say } = tools;
  const nextAt = new Map<string, number>();
  return async (address) => {
    const host = hostKeyOf(address);
    await wait(Math.max(0, (nextAt.get(host) ?? 0) - performance.now()));
    nextAt.set(host, performance.now() + gap);
    say(address);
    const answer = await fetcher.fetch(firstRequest(address, userAgent));
    return answer.kind === "failed"
      ? trouble(`${answer.why} (${answer.code})`)
      : await understand(tools, address, answer);
  };
}

async function understand(tools: VisitTools, address: string, answer: Answered): Promise<Visit> {
  const feed = { id: feedId("new"), publisher: publisherId("new"), url: address, fullContent: false };
  const outcome = outcomeOf({ feed, state: NEW_FEED_STATE, answer, now: Date.now() });
  switch (outcome.kind) {
    case "modified":
      return await read(tools, answer.movedTo ?? address, outcome.document);
    case "failed":
      return outcome.code === "html" ? pageOf(answer) : trouble(outcome.why);
    case "refused":
      return outcome.challenge
        ? trouble("a bot check stands before it", true)
        : trouble(`refused with status ${outcome.status}`);
    case "throttled":
      return trouble(`status ${outcome.status}: asked to come less often`, true);
    default:
      return trouble(`status ${answer.status}`);
  }
}

async function read({ reading }: VisitTools, url: string, document: Document): Promise<Visit> {
  const run = await reading.run({ ...document, sectionWords: [] });
  if (run.kind !== "done") return trouble("no feed: reading it took too much");
  return run.answer.kind === "read"
    ? { kind: "feed", url, reading: run.answer }
    : trouble(`no feed: ${run.answer.why}`);
}

function pageOf(answer: Answered): Visit {
  return { kind: "page", url: answer.url, page: readPage(decode(answer).text, answer.url, answer.headers["link"]) };
}

const trouble = (why: string, isClosed = false): Visit => ({ kind: "trouble", why, isClosed });
