import type { Document } from "./document.ts";
import type { Duration } from "./time.ts";

/** What is sent for one request. Header names are lower case. */
export interface FetchRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** GET if absent */
  readonly method?: "GET" | "POST";
  readonly body?: string | Uint8Array;
}

/** What one request came to, redirects followed. */
export type Answer = Answered | NoAnswer;

export interface Answered extends Document {
  readonly kind: "answered";
  readonly status: number;
  /** the final address, where every hop was permanent (301, 308) and none went from https to http */
  readonly movedTo?: string;
}

/** `code` is short and stable, `why` is for people. */
export interface NoAnswer {
  readonly kind: "failed";
  readonly code: string;
  readonly why: string;
  /** it is not known what the host would have said: after so long it may be asked (again) */
  readonly wait?: Duration;
}
