import { cadenceStore } from "../../src/adapters/cadence-store.ts";
import { type Duration, MINUTE } from "../../src/model/time.ts";
import { type Cadence, type Claim, cadenceFor, claimOf } from "../../src/poll/poll.ts";
import type { World } from "../world.ts";

/** All feeds' states are read for it. Rates have a half-life of two weeks. */
const ROUND: Duration = 15 * MINUTE;
/** A hundred thousand states at once would block the loop for a second. */
const CHUNK = 500;
/** A budget that cannot be kept to within this is worth a line in the log. */
const NEARLY = 1.05;

/** The pace that the request budget leaves: reckoned by one worker now and then, followed by all. */
export async function openCadence(world: World) {
  const store = cadenceStore(world.redis, world.keys);
  let interval = await store.read();

  return {
    /** what a feed with one item a day waits; undefined until somebody has reckoned */
    intervalAtOneADay: (): Duration | undefined => interval,

    /** For a cron: reckons where it is our turn, then follows what was reckoned. */
    async follow(): Promise<void> {
      if (await store.takeTurn(ROUND)) await store.write((await reckon(world)).intervalAtOneADay);
      interval = (await store.read()) ?? interval;
    },
  };
}

async function reckon({ settings, feeds, log }: World): Promise<Cadence> {
  const claims: Claim[] = [];
  for (let from = 0; from < settings.feeds.length; from += CHUNK) {
    const chunk = settings.feeds.slice(from, from + CHUNK);
    const states = await feeds.states(chunk.map(({ id }) => id));
    for (const feed of chunk) {
      const state = states.get(feed.id);
      if (state !== undefined) claims.push(claimOf(feed, state, settings.poll));
    }
  }
  const cadence = cadenceFor(claims, settings.poll);
  const { requestsPerHour: budget } = settings.poll;
  const facts = { feeds: claims.length, budget, requestsPerHour: Math.round(cadence.requestsPerHour) };
  if (budget !== undefined && cadence.requestsPerHour > budget * NEARLY) log.warn(facts, "cadence.budget-too-small");
  else log.info(facts, "cadence");
  return cadence;
}
