import { randomUUID } from "node:crypto";
import type { HostGate } from "../../src/adapters/host-gate.ts";
import type { Admission } from "../../src/adapters/http-fetcher.ts";
import type { HostBudget } from "../../src/model/host-budget.ts";
import type { PollOutcome } from "../../src/model/outcome.ts";
import { type Duration, type Instant, SECOND } from "../../src/model/time.ts";
import { budgetAfter, hostKeyOf, hostWordOf, routeOf } from "../../src/poll/poll.ts";
import { pause } from "../pause.ts";

/** A busy host is waited for in place this long; longer, and the feed goes back into the schedule. */
const PATIENCE: Duration = 2 * SECOND;
/** What was asked already (a redirect's beginning, a robots.txt) would have to be asked again. */
const PATIENCE_ON_THE_WAY: Duration = 10 * SECOND;

/** The turns of one poll: before each of its requests it waits for that host, and the last host is learned of. */
export function hostTurns(gate: HostGate, now: () => Instant, calledOff: AbortSignal) {
  let last: Asked | undefined;

  /** Nobody waits for it; what does not arrive, Redis forgets by itself. */
  const leave = (host: string, token: string): Promise<void> => gate.leave(host, token).catch(() => undefined);

  return {
    async admit(url: string): Promise<Admission> {
      const [host, route, token] = [hostKeyOf(url), routeOf(url), randomUUID()];
      const until = now() + (last === undefined ? PATIENCE : PATIENCE_ON_THE_WAY);
      let hasMoment = false;
      while (!calledOff.aborted) {
        const at = now();
        const { wait, isKept, budget } = await gate.enter(host, route, token, at, { patience: until - at, hasMoment });
        if (wait === 0) {
          last = { host, route, startedAt: now(), ...(budget !== undefined && { budget }) };
          return { kind: "go", leave: async () => void leave(host, token) };
        }
        if (!isKept) return { kind: "wait", wait };
        hasMoment = true;
        await pause(wait, calledOff);
      }
      return { kind: "wait", wait: 0 };
    },

    /** What the last request came to; for nothing where the host is as it was. */
    async learn(outcome: PollOutcome): Promise<void> {
      if (last === undefined) return;
      const { host, route, startedAt, budget } = last;
      const word = hostWordOf({ outcome, route, startedAt, now: now() });
      if (word !== undefined) await gate.learn(host, budget, (known) => budgetAfter(known, word));
    },
  };
}

export type HostTurns = ReturnType<typeof hostTurns>;

interface Asked {
  readonly host: string;
  readonly route: string;
  readonly startedAt: Instant;
  readonly budget?: HostBudget;
}
