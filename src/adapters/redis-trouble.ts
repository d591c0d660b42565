/** Why Redis takes nothing that is written. */
export interface RefusedWrite {
  readonly what: string;
  readonly wayOut: string;
}

/** Redis is there, and answers reads, but refuses what would be written; undefined: that is not the trouble. */
export function refusalOf(error: unknown): RefusedWrite | undefined {
  // of a transaction that was given up for it
  const { previousErrors: [cause] = [] } = Object(error) as { readonly previousErrors?: readonly unknown[] };
  if (cause !== undefined) return refusalOf(cause);
  const [, said = "", code = ""] = REFUSED.exec(error instanceof Error ? error.message : String(error)) ?? [];
  const refusal = REFUSALS[code];
  return refusal && { ...refusal, what: `${refusal.what} (${said})` };
}

/** It did not answer, or not in time. */
export function isUnanswered(error: unknown): boolean {
  return error instanceof Error && (error.name === "MaxRetriesPerRequestError" || UNANSWERED.has(error.message));
}

/** Its first sentence. Logged errors may have become texts: "ReplyError: OOM …". */
const REFUSED = /^(?:\w{1,40}: )?(([A-Z]{1,20}) [^.\n]{1,200})/;

const REFUSALS: Readonly<Record<string, RefusedWrite>> = {
  MISCONF: {
    what: "Redis cannot write to its disk and takes nothing new",
    wayOut: "make room on the disk of its folder, and let its user write there",
  },
  OOM: { what: "Redis has no memory left and takes nothing new", wayOut: "raise its maxmemory, or keep fewer items" },
  READONLY: { what: "Redis is a replica and takes nothing new", wayOut: "let REDIS_URL name the primary" },
  NOREPLICAS: {
    what: "Redis lacks replicas and takes nothing new",
    wayOut: "bring them back, or lower its min-replicas-to-write",
  },
};

/** As ioredis says it. */
const UNANSWERED: ReadonlySet<string> = new Set([
  "Stream isn't writeable and enableOfflineQueue options is false",
  "Command aborted due to connection close",
  "Command timed out",
  "Connection is closed.",
]);
