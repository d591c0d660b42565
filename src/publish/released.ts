import { createHash } from "node:crypto";
import { type EntryMark, FORMATS, type OutputFormat, type Publishing } from "../model/published.ts";
import type { Addresses } from "./addresses.ts";
import type { Edition } from "./edition.ts";
import { type Proof, type Proofs, proofread } from "./proof.ts";
import type { Telling } from "./telling.ts";

const CONTENT_TYPE: Readonly<Record<OutputFormat, string>> = {
  rss: "application/rss+xml; charset=utf-8",
  atom: "application/atom+xml; charset=utf-8",
  json: "application/feed+json; charset=utf-8",
};

/** 162 bits of SHA-256: short, and no two documents share one. */
const ETAG_LENGTH = 27;
/** Told apart are only the versions of one entry. */
const MARK_LENGTH = 10;

/** An edition as finished documents, each checked. */
export function released(
  edition: Edition,
  unfit: readonly string[],
  { path }: Pick<Addresses, "path">,
  formats: readonly OutputFormat[] = FORMATS,
): readonly Publishing[] {
  const sound = proofread(edition, unfit, formats);
  const entries = sound.edition.tellings.map(entryMarkOf);
  return sound.proofs.map((proof) => publishingOf(proof, sound, entries, path[proof.format]));
}

function publishingOf(
  { format, text, faults }: Proof,
  { edition, leftOut }: Proofs,
  entries: readonly EntryMark[],
  path: string,
): Publishing {
  if (faults.length > 0) return { kind: "refused", path, why: faults.map(({ what }) => what) };
  // nothing left of what there was: a mistake of ours sooner than no news, so readers keep what they have
  if (edition.tellings.length === 0 && leftOut.length > 0) return { kind: "refused", path, why: leftOut };
  const document = {
    path,
    contentType: CONTENT_TYPE[format],
    text,
    etag: digest(text).slice(0, ETAG_LENGTH),
    modifiedAt: edition.updatedAt,
    itemCount: entries.length,
    entries,
    leftOut,
  };
  return { kind: "published", document };
}

function entryMarkOf({ stirredAt: at, ...telling }: Telling): EntryMark {
  return { id: telling.iri, mark: digest(JSON.stringify(telling)).slice(0, MARK_LENGTH), at };
}

const digest = (text: string): string => createHash("sha256").update(text).digest("base64url");
