import type { Fetcher } from "../../src/adapters/http-fetcher.ts";
import { publishForm } from "../../src/hub/hub.ts";
import type { Deliverer } from "../deliver.ts";
import type { World } from "../world.ts";

const ANSWER_BYTES = 1024;

/** Tells somebody else's hub which of our documents changed; it fetches them itself. */
export function hubTeller({ settings }: World, fetcher: Fetcher, hub: string, calledOff: AbortSignal): Deliverer {
  return {
    name: "ping",
    jobsFor: async ({ path }) => [{ by: "ping", to: path }],
    async deliver({ to }) {
      const answer = await fetcher.fetch({
        url: hub,
        method: "POST",
        headers: { "content-type": "application/x-www-form-urlencoded", "user-agent": settings.poll.userAgent },
        body: publishForm(`${settings.publicUrl}/${to}`),
        bodyLimits: { compressed: ANSWER_BYTES, decoded: ANSWER_BYTES },
        signal: calledOff,
      });
      if (answer.kind === "failed") return { kind: "failed", why: `${answer.code}: ${answer.why}` };
      const why = `status ${answer.status}`;
      if (answer.status >= 200 && answer.status < 300) return { kind: "delivered" };
      // a hub that does not want this document will not want it later either
      const isFinal = answer.status < 500 && answer.status !== 429;
      return { kind: isFinal ? "given-up" : "failed", why };
    },
  };
}
