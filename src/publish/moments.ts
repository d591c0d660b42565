import { hash } from "node:crypto";
import { isoOf } from "../model/time.ts";
import type { Telling } from "./telling.ts";

/** Nanoseconds below the millisecond: nine digits of a second are what every reader's date parser takes. */
const BELOW = 1_000_000;

/**
 * When each entry last changed, in RFC 3339, no two alike. Items of one poll arrive in the same millisecond, and
 * validators take two entries of one moment for one change, so the digits below it are made of the id: no clock sees
 * them, and they stay when the neighbours change.
 */
export function momentsOf(tellings: readonly Pick<Telling, "iri" | "updatedAt">[]): readonly string[] {
  const taken = new Set<string>();
  const fromTheOldest = tellings.toReversed().map(({ iri, updatedAt }) => {
    let below = Number.parseInt(hash("sha256", iri, "hex").slice(0, 8), 16) % BELOW;
    while (taken.has(momentAt(updatedAt, below))) below = (below + 1) % BELOW;
    const moment = momentAt(updatedAt, below);
    taken.add(moment);
    return moment;
  });
  return fromTheOldest.reverse();
}

function momentAt(instant: number, below: number): string {
  return isoOf(instant).replace("Z", `${String(below).padStart(6, "0")}Z`);
}
