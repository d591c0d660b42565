import type { Settings } from "../../src/model/settings.ts";
import { ROLES, type Role, startDaemon } from "../../workers/daemon.ts";
import { eventually } from "./test-settings.ts";

/** A daemon with a fast tick, and a way to wait until nothing is on its way any more. */
export async function startTestDaemon(settings: Settings, roles: readonly Role[] = ROLES) {
  const daemon = await startDaemon(settings, roles, { tick: "* * * * * *", lease: 10_000, drain: 1000, spread: 0 });
  const { world } = daemon;

  /** So many items polled, decided, indexed and published. */
  async function settled(items: number): Promise<void> {
    await eventually(`${items} items settled`, async () => {
      const [last] = await world.redis.xrevrange(world.keys.news, "+", "-", "COUNT", 1);
      const position = await world.redis.hget(world.keys.desk, "position");
      const indexed = (await world.metrics.indexSize.get()).values[0]?.value ?? 0;
      const isDone =
        (await world.items.count()) >= items &&
        (last === undefined || last[0] === position) &&
        (!roles.includes("web") || indexed >= items) &&
        (await world.redis.hlen(world.keys.touched)) === 0;
      return isDone ? true : undefined;
    });
  }
  return { ...daemon, settled };
}

export type Daemon = Awaited<ReturnType<typeof startTestDaemon>>;
