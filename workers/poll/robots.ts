import type { Fetcher } from "../../src/adapters/http-fetcher.ts";
import { ROBOTS_LIMITS, type RobotsRules, robotsBook } from "../../src/adapters/robots.ts";
import { ownNetwork } from "../../src/adapters/safe-address.ts";
import { robotsRulesOf, robotsUrlOf } from "../../src/poll/poll.ts";
import type { World } from "../world.ts";
import type { HostTurns } from "./host-turns.ts";

export type RobotsAsker = (url: string, turns: HostTurns) => Promise<RobotsRules>;

const NONE: RobotsRules = { kind: "rules", rules: "" };

/** What the robots.txt beside a feed says of us; asked for in the host's turn, as everything else is (facts A-44). */
export function robotsAsker(
  { redis, keys, settings, now }: World,
  fetcher: Fetcher,
  calledOff: AbortSignal,
): RobotsAsker {
  const book = robotsBook(redis, keys, robotsRulesOf);
  // whoever opened a network of his own need not forbid himself anything
  const isOwn = ownNetwork(settings.poll.allowNetworks);

  return async (url, { admit }) => {
    const { hostname, origin } = new URL(url);
    if (isOwn(hostname)) return NONE;
    const headers = { accept: "text/plain", "user-agent": settings.poll.userAgent };
    return await book.rulesFor(origin, now(), () =>
      fetcher.fetch({ url: robotsUrlOf(url), headers, admit, bodyLimits: ROBOTS_LIMITS, signal: calledOff }),
    );
  };
}
