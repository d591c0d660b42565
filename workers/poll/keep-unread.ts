import type { Feed, FeedState } from "../../src/model/feed.ts";
import type { KeptReason } from "../../src/model/kept.ts";
import type { PollOutcome } from "../../src/model/outcome.ts";
import type { Reading } from "../../src/model/reading.ts";
import type { World } from "../world.ts";

/** A feed that had so many items is not emptied by a quiet day. */
const MANY = 5;

interface Poll {
  /** as it was before */
  readonly state: FeedState;
  readonly outcome: PollOutcome;
  /** where the outcome is "modified" */
  readonly reading?: Reading;
}

/** Puts a document aside that could not be read, for `ressort parse kept:FEED`. Never the reason why a poll fails. */
export async function keepUnread(
  { quarantine, now, log }: Pick<World, "quarantine" | "now" | "log">,
  feed: Feed,
  poll: Poll,
): Promise<void> {
  const trouble = troubleOf(poll);
  const document = "document" in poll.outcome ? poll.outcome.document : undefined;
  if (trouble === undefined || document === undefined) return;
  const { url, headers, bytes } = document;
  try {
    await quarantine.keep({ feed: feed.id, ...trouble, at: now(), url, headers, bytes });
  } catch (error) {
    log.warn({ feed: feed.id, err: error instanceof Error ? error.message : String(error) }, "feed.not-kept");
  }
}

function troubleOf({
  state: { usualCount, itemCount = 0 },
  outcome,
  reading,
}: Poll): { readonly reason: KeptReason; readonly why: string } | undefined {
  if (outcome.kind === "failed") return { reason: "unreadable", why: outcome.why };
  if (reading === undefined) return undefined;
  if (reading.kind === "unreadable") return { reason: reading.cause ?? "unreadable", why: reading.why };
  const usual = Math.round(usualCount ?? itemCount);
  return (reading.itemCount ?? reading.drafts.length) === 0 && usual >= MANY
    ? { reason: "empty", why: `no items, where there usually are ${usual}` }
    : undefined;
}
