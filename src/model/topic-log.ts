import type { ActKind } from "./editing.ts";
import type { TopicId } from "./ids.ts";
import type { Instant } from "./time.ts";

/** A topic that does not stand in config/. */
export interface StoredTopic {
  /** as somebody wrote it, unchecked */
  readonly written: unknown;
  /** when; what it is called is no rule of its, so a rename leaves this as it was */
  readonly at: Instant;
}

/** A topic that is no more: readers of its address are told so for a year, or led to its new one for good. */
export interface GoneTopic {
  readonly at: Instant;
  /** what it is called now */
  readonly into?: TopicId;
}

/** Who changed a topic, when, how. */
export interface TopicLogEntry {
  readonly at: Instant;
  readonly by: string;
  readonly via: "api" | "cli";
  readonly topic: TopicId;
  /** renamed: what it was called before */
  readonly from?: TopicId;
  readonly what: "made" | "changed" | "renamed" | "removed" | ActKind;
  /** as it was written before and after; absent where there was nothing, or where it is too long to keep */
  readonly before?: unknown;
  readonly after?: unknown;
}
