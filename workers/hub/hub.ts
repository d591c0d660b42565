import { openFetcher } from "../../src/adapters/http-fetcher.ts";
import { cron } from "../cron.ts";
import type { Deliverer } from "../deliver.ts";
import type { TopicBook } from "../topics/topic-book.ts";
import type { World } from "../world.ts";
import { openCaller } from "./caller.ts";
import { openMoves } from "./moves.ts";
import { pusher } from "./push.ts";
import { hubRound } from "./rounds.ts";
import { openSubscribers } from "./subscribers.ts";
import { hubTeller } from "./tell-hub.ts";
import { verifier } from "./verify.ts";

const HUB_ROUND = "*/30 * * * * *";

export interface WorkingHub extends AsyncDisposable {
  /** what it sends; whoever opens the deliveries takes it along, and closes them first */
  readonly deliverers: readonly Deliverer[];
}

/** The work role's half of being a hub, or of telling another one: by settings, or nothing at all. */
export async function openHub(world: World, book: TopicBook, calledOff: AbortSignal): Promise<WorkingHub> {
  const { hub } = world.settings.websub ?? {};
  await using stack = new AsyncDisposableStack();
  const deliverers = hub === undefined ? [] : hub.isOwn ? openOwn() : openOther(hub.url);
  const kept = stack.move();
  return { deliverers, [Symbol.asyncDispose]: () => kept.disposeAsync() };

  function openOwn(): readonly Deliverer[] {
    const caller = stack.use(openCaller(world.settings, calledOff));
    const subscribers = openSubscribers(world);
    const moves = openMoves(world, book, subscribers);
    stack.use(cron(HUB_ROUND, "hub", world.log, () => hubRound(world, subscribers, moves)));
    return [verifier(world, subscribers, caller, moves), pusher(world, subscribers, caller, moves)];
  }

  function openOther(url: string): readonly Deliverer[] {
    const fetcher = stack.use(openFetcher(world.settings.poll));
    return [hubTeller(world, fetcher, url, calledOff)];
  }
}
