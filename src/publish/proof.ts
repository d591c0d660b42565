import type { OutputFormat } from "../model/published.ts";
import { atomOf } from "./atom.ts";
import { faultsOf } from "./check.ts";
import type { Edition } from "./edition.ts";
import { jsonOf } from "./json.ts";
import { rssOf } from "./rss.ts";
import type { Fault } from "./rules.ts";

const PRESS: Readonly<Record<OutputFormat, (edition: Edition) => string>> = { rss: rssOf, atom: atomOf, json: jsonOf };

/** A document and what is wrong with it. */
export interface Proof {
  readonly format: OutputFormat;
  readonly text: string;
  readonly faults: readonly Fault[];
}

export interface Proofs {
  readonly proofs: readonly Proof[];
  readonly edition: Edition;
  readonly leftOut: readonly string[];
}

/** Again without the entries that have faults, until none has: what is left in `proofs` is wrong with the frame. */
export function proofread(edition: Edition, leftOut: readonly string[], formats: readonly OutputFormat[]): Proofs {
  const proofs = formats.map((format) => proofOf(format, edition));
  const faults = proofs.flatMap((proof) => proof.faults);
  if (faults.length === 0) return { proofs, edition, leftOut };
  const named = new Map(faults.flatMap(({ entry, what }) => (entry === undefined ? [] : [[entry, what] as const])));
  const faulty = named.size > 0 ? named : culpritsOf(edition, formats);
  if (faulty.size === 0) return { proofs, edition, leftOut };
  const reasons = [...faulty].map(([entry, what]) => `${edition.tellings[entry]?.iri}: ${what}`);
  const tellings = edition.tellings.filter((_, entry) => !faulty.has(entry));
  return proofread({ ...edition, tellings }, [...leftOut, ...reasons], formats);
}

/** What nobody could foresee, a document that cannot be written or read at all among it, is a fault like any other. */
function proofOf(format: OutputFormat, edition: Edition): Proof {
  try {
    const text = PRESS[format](edition);
    return { format, text, faults: faultsOf(format, text) };
  } catch (error) {
    return { format, text: "", faults: [{ what: error instanceof Error ? error.message : String(error) }] };
  }
}

/** The entries that spoil even a document of their own, where one without any is sound. */
function culpritsOf(edition: Edition, formats: readonly OutputFormat[]): ReadonlyMap<number, string> {
  const faultOf = (tellings: Edition["tellings"]) =>
    formats.flatMap((format) => proofOf(format, { ...edition, tellings }).faults)[0]?.what;
  if (faultOf([]) !== undefined) return new Map();
  const alone = edition.tellings.map((telling, entry) => [entry, faultOf([telling])] as const);
  return new Map(alone.flatMap(([entry, what]) => (what === undefined ? [] : [[entry, what] as const])));
}
