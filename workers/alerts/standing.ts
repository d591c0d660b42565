import type { AlertStore } from "../../src/adapters/alert-store.ts";
import type { Alert } from "../../src/model/alert.ts";
import { isoOf } from "../../src/model/time.ts";

/** How an alert is. */
export interface Standing {
  readonly alert: Alert;
  readonly state: "well" | "failing" | "paused";
  /** for operators, in a line */
  readonly words: string;
}

export async function standingOf(store: AlertStore, alert: Alert): Promise<Standing> {
  const [{ sentAt, failures, failingSince, lastError = "", paused }, waiting] = await Promise.all([
    store.record(alert.id),
    store.waiting(alert.id),
  ]);
  const last = sentAt.at(-1);
  const told = last === undefined ? "nothing told yet" : `last told ${isoOf(last)}`;
  const owed = waiting === 0 ? "" : `, ${waiting} ${waiting === 1 ? "story waits" : "stories wait"}`;
  if (failingSince === undefined) return { alert, state: "well", words: `${told}${owed}` };
  const state = paused === true ? "paused" : "failing";
  const since = `${state} since ${isoOf(failingSince)} (${failures} times): ${lastError}`;
  return { alert, state, words: `${since}; ${told}${owed}` };
}
