import type { Document } from "./document.ts";
import type { Validators } from "./feed.ts";
import type { Duration } from "./time.ts";

/** What HTTP caching headers ask of us, already made relative (RFC 9111). Absent = no hint. */
export interface HttpHints {
  /** remaining freshness: max-age minus Age, or Expires minus Date */
  readonly freshFor?: Duration;
  /** Retry-After in both forms, made relative */
  readonly retryAfter?: Duration;
}

/** What one poll came to. Expected trouble is a member of this union; only surprises throw. */
export type PollOutcome =
  | {
      readonly kind: "modified";
      readonly document: Document;
      readonly bodyHash: string;
      readonly validators: Validators;
      readonly hints: HttpHints;
      readonly movedTo?: string;
    }
  /** 304, or a 200 whose body is the one we read last time */
  | {
      readonly kind: "unmodified";
      readonly by: "status" | "body";
      readonly validators: Validators;
      readonly hints: HttpHints;
      readonly movedTo?: string;
    }
  | { readonly kind: "throttled"; readonly status: number; readonly hints: HttpHints }
  | { readonly kind: "refused"; readonly status: number; readonly challenge: boolean; readonly hints: HttpHints }
  | { readonly kind: "missing"; readonly hints: HttpHints }
  | { readonly kind: "gone" }
  /** network, TLS, time or size limit, 5xx, not a feed at all: `code` is short and stable, `why` is for people */
  | {
      readonly kind: "failed";
      readonly code: string;
      readonly why: string;
      readonly hints: HttpHints;
      /** what came in a feed's place, to be looked at */
      readonly document?: Document;
    };
