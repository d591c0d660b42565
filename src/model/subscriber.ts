import type { Duration, Instant } from "./time.ts";

/** Who has asked our hub for one of our documents. Told apart by document and callback (WebSub 5.1). */
export interface Subscriber {
  /** made of document and callback */
  readonly id: string;
  /** of the document: "topics/energie.rss" */
  readonly path: string;
  /** the document's address as the subscriber has spelled it: it is asked back in the same letters */
  readonly topic: string;
  readonly callback: string;
  /** who answers there, as far as limits go: a domain */
  readonly host: string;
  /** waits for the callback to confirm it */
  readonly asked?: Wish;
  /** confirmed */
  readonly held?: Grant;
  /** when it was last told something */
  readonly deliveredAt?: Instant;
  /** deliveries that failed in a row */
  readonly trouble?: { readonly since: Instant; readonly tries: number; readonly why: string };
}

interface Wish {
  readonly mode: "subscribe" | "unsubscribe";
  readonly secret?: string;
  readonly lease: Duration;
  readonly at: Instant;
  /** how often the callback was asked in vain */
  readonly tries: number;
}

interface Grant {
  readonly secret?: string;
  readonly lease: Duration;
  readonly since: Instant;
  readonly expiresAt: Instant;
}
