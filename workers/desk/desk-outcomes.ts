import type { DeskBatch } from "../../src/adapters/desk-store.ts";
import type { DeskOutcome, NewsEntry } from "../../src/model/news.ts";
import type { World } from "../world.ts";

/** An item that the desk has let go of keeps its place when it is corrected; its new text goes out all the same. */
export async function withLateRevisions(
  world: World,
  entries: readonly NewsEntry[],
  outcomes: readonly DeskOutcome[],
): Promise<readonly DeskOutcome[]> {
  const late = entries.flatMap((entry, n) =>
    entry.kind === "revised" && outcomes[n]?.decisions.length === 0 ? [entry.item.id] : [],
  );
  const places = new Map((await world.items.placed(late)).map(({ item, decision }) => [item.id, decision]));
  return outcomes.map((outcome, n) => {
    const entry = entries[n];
    const kept = entry?.kind === "revised" ? places.get(entry.item.id) : undefined;
    return kept === undefined ? outcome : { ...outcome, decisions: [kept] };
  });
}

/** An item that is decided again and again within one commit is written once, as it was decided or withdrawn last. */
export function lastDecisions(outcomes: readonly DeskOutcome[]): readonly DeskOutcome[] {
  const last = new Map(outcomes.flatMap(({ decisions }, n) => decisions.map(({ item }) => [item, n] as const)));
  return outcomes.map((outcome, n) => ({
    ...outcome,
    decisions: outcome.decisions.filter(({ item }) => last.get(item) === n),
    withdrawn: outcome.withdrawn.filter((item) => (last.get(item) ?? n) <= n),
  }));
}

export function withdrawalsOf(
  entries: readonly NewsEntry[],
  outcomes: readonly DeskOutcome[],
): DeskBatch["withdrawals"] {
  return entries.flatMap((entry, n) =>
    entry.kind === "withdrawn" ? (outcomes[n]?.withdrawn ?? []).map((item) => ({ item, at: entry.at })) : [],
  );
}
