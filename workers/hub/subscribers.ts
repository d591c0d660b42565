import { type HubLimits, hubStore, type Saved } from "../../src/adapters/hub-store.ts";
import { lapsesAt } from "../../src/hub/hub.ts";
import type { Subscriber } from "../../src/model/subscriber.ts";
import type { World } from "../world.ts";

export type Subscribers = ReturnType<typeof openSubscribers>;

/** The subscribers of our hub, each looked after when it lapses. */
export function openSubscribers({ redis, keys }: Pick<World, "redis" | "keys">, limits?: HubLimits) {
  const store = hubStore(redis, keys, limits);
  return {
    ...store,

    async change<Change extends { readonly after: Subscriber | undefined }>(
      id: string,
      change: (before: Subscriber | undefined) => Change,
    ): Promise<Change & { readonly saved: Saved }> {
      return await store.change(id, change, lapsesAt);
    },

    move: (id: string, path: string): Promise<Subscriber | undefined> => store.move(id, path, lapsesAt),

    /** Forgets it, and what it is owed. */
    async end(id: string): Promise<void> {
      await store.change(id, () => ({ after: undefined }), lapsesAt);
    },
  };
}
