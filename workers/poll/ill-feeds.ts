import type { FeedId } from "../../src/model/ids.ts";
import { SECOND } from "../../src/model/time.ts";

interface Ill {
  readonly feed: FeedId;
  readonly health: string;
  readonly error: string | undefined;
}

export interface IllFeeds extends Disposable {
  tell(ill: Ill): void;
}

/** What falls ill within this is told together: without a network all feeds do, and sixty lines bury the greeting. */
const GATHERED_FOR = 5 * SECOND;
const NAMED = 3;

/** Tells of feeds that fell ill: one alone by its name and error, many in one line. */
export function openIllFeeds(log: { warn(facts: object, event: string): void }, gatheredFor = GATHERED_FOR): IllFeeds {
  let gathered: Ill[] = [];
  let timer: NodeJS.Timeout | undefined;

  function say(): void {
    clearTimeout(timer);
    timer = undefined;
    const [first, ...others] = gathered;
    gathered = [];
    if (first === undefined) return;
    if (others.length === 0) {
      log.warn(first, "feed.ill");
      return;
    }
    const examples = [first, ...others].slice(0, NAMED).map(({ feed }) => feed);
    log.warn({ feeds: others.length + 1, examples, error: first.error, hint: "feeds list --ill" }, "feeds.ill");
  }

  return {
    tell(ill) {
      gathered.push(ill);
      timer ??= setTimeout(say, gatheredFor);
    },
    [Symbol.dispose]: say,
  };
}
