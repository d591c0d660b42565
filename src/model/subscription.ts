import type { Instant } from "./time.ts";

/** What a publisher says of being pushed (WebSub 4): which hub pushes it, and under which address. */
export interface HubLinks {
  readonly hub: string;
  readonly topic: string;
}

/** One subscription at a hub: where it answers us, and what it signs with. */
export interface Callback extends HubLinks {
  /** the unguessable last part of the address */
  readonly token: string;
  readonly address: string;
  readonly secret: string;
}

/** Verified by the hub. */
export interface HeldCallback extends Callback {
  readonly verifiedAt: Instant;
  readonly expiresAt: Instant;
}

/** To be given up: replaced by a renewal, or no longer wanted. */
export interface LeavingCallback extends Callback {
  /** how often the hub was asked to */
  readonly tries: number;
  readonly nextAt: Instant;
}

/** What one feed has with its hub. At most one callback is asked for and one is held. */
export interface Subscription extends HubLinks {
  readonly asked?: Callback;
  readonly held?: HeldCallback;
  readonly leaving: readonly LeavingCallback[];
  /** when the hub is asked next; absent where nothing more is wanted of it */
  readonly nextAt?: Instant;
  /** when a hub was last asked to push this feed */
  readonly askedAt?: Instant;
  /** requests in a row that came to nothing */
  readonly failures: number;
  readonly lastError?: string;
  /** since when a callback was held without a gap */
  readonly since?: Instant;
  /** when a push that could be read came last */
  readonly pushedAt?: Instant;
  /** polls that found what should have been pushed */
  readonly misses: number;
  readonly missedAt?: Instant;
  /** this hub has verified and never pushed: it is left alone until then */
  readonly silent?: { readonly hub: string; readonly until: Instant };
}

/** What pages say of it: nothing that is secret. */
export interface PushReport {
  readonly hub: string;
  readonly state: "pushed" | "unproven" | "waiting" | "silent";
  readonly since?: Instant;
  readonly until?: Instant;
  readonly trouble?: string;
}

/** When something is to be done about it next; undefined where it is over. */
export function dueAt({ nextAt, held, leaving, silent }: Subscription): Instant | undefined {
  const times = [nextAt, held?.expiresAt, silent?.until, ...leaving.map((callback) => callback.nextAt)];
  const known = times.filter((time) => time !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}

/** Every address that a hub may still call. */
export function callbacksOf({ asked, held, leaving }: Subscription): readonly Callback[] {
  return [asked, held, ...leaving].filter((callback) => callback !== undefined);
}
