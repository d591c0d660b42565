import type { Settings } from "../../src/model/settings.ts";
import { SECOND } from "../../src/model/time.ts";
import type { WorkPace } from "../work.ts";
import type { Press } from "./press.ts";

export const DEMO_PACE: WorkPace = { tick: "* * * * * *", lease: 20 * SECOND, drain: 50, spread: 0 };

const THIS_MACHINE = ["127.0.0.0/8"];

/**
 * What the demo takes of the operator's settings, named one by one: its news is invented, so it writes into no folder,
 * tells no alert, asks no hub, has no keys in a Redis that is shared, and is seen from this machine only. Nobody is
 * bothered here, so polls come every few seconds.
 */
export function withPress(settings: Settings, press: Press, dataDir: string): Settings {
  const { title, language, http, poll, retention, logLevel, sections, topics } = settings;
  const publicUrl = `http://localhost:${http.port}`;
  return {
    ...{ publicUrl, title, language, retention, logLevel, sections, dataDir },
    http: { host: "127.0.0.1", port: http.port, opsHost: "127.0.0.1", opsPort: http.opsPort },
    redisPrefix: "ressort",
    publishers: press.publishers,
    feeds: press.feeds,
    topics: topics.map((topic) => ({ ...topic, ranks: {} })),
    websub: {
      ...{ subscribe: false, sha1: true },
      hub: { url: `${publicUrl}/hub`, isOwn: true },
      allowNetworks: THIS_MACHINE,
    },
    poll: {
      ...{ userAgent: poll.userAgent, contactUrl: poll.contactUrl, concurrency: poll.concurrency },
      ...{ minInterval: 2 * SECOND, maxInterval: 10 * SECOND },
      ...{ perHostGap: 0, perHostConcurrency: 20 },
      allowNetworks: THIS_MACHINE,
      ports: [press.port],
    },
  };
}
