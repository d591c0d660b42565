import type { Redis } from "ioredis";
import { alertStore } from "../../src/adapters/alert-store.ts";
import { keysUnder } from "../../src/adapters/keys.ts";
import { pasteable } from "../../src/model/command-line.ts";
import type { Settings } from "../../src/model/settings.ts";
import { nameOf } from "./name.ts";
import { standingOf } from "./standing.ts";

interface Trouble {
  readonly what: string;
  readonly wayOut: string;
}

/** The alerts whose channels are not well: for the doctor. */
export async function alertTroubles(redis: Redis, { redisPrefix, alerts = [] }: Settings): Promise<readonly Trouble[]> {
  const store = alertStore(redis, keysUnder(redisPrefix));
  const standings = await Promise.all(alerts.map((alert) => standingOf(store, alert)));
  return standings.flatMap(({ alert, state, words }) =>
    state === "well"
      ? []
      : [
          {
            what: `alert ${nameOf(alert)} is ${words}`,
            wayOut: `mend the channel, then "${pasteable("alerts test", alert.topic)}": it tells what was missed`,
          },
        ],
  );
}
