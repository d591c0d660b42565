import process from "node:process";
import type { Settings } from "../../src/model/settings.ts";
import { SECOND } from "../../src/model/time.ts";
import type { WorkPace } from "../work.ts";
import type { Press } from "./press.ts";

export const DEMO_PACE: WorkPace = { tick: "* * * * * *", lease: 20 * SECOND, drain: 50, spread: 0 };

/** Nobody is bothered here, so polls come every few seconds; a prefix of its own keeps a shared Redis clean. */
export function withPress(settings: Settings, press: Press, dataDir: string): Settings {
  return {
    ...settings,
    dataDir,
    redisPrefix: `ressort-demo-${process.pid}`,
    publishers: press.publishers,
    feeds: press.feeds,
    topics: settings.topics.map((topic) => ({ ...topic, ranks: {} })),
    websub: {
      ...{ subscribe: false, sha1: true, ...settings.websub },
      hub: { url: `${settings.publicUrl}/hub`, isOwn: true },
      allowNetworks: ["127.0.0.0/8"],
    },
    poll: {
      ...settings.poll,
      minInterval: 2 * SECOND,
      maxInterval: 10 * SECOND,
      perHostGap: 0,
      perHostConcurrency: 20,
      allowNetworks: ["127.0.0.0/8"],
    },
  };
}
