import { readerAddress } from "../../src/adapters/reader-address.ts";
import { type ReaderLimits, readerLimits, subscriberCounts } from "../../src/serve/serve.ts";
import type { World } from "../world.ts";

const NO_LIMITS = { searches: 0, wholeFeeds: 0 };

/** Who reads us: how many they are by the readers' word, and who asks too often. */
export function openReaders({ settings, metrics, now }: Pick<World, "settings" | "metrics" | "now">): ReaderLimits {
  const { trustProxies = [], limits = NO_LIMITS } = settings.http;
  const addressOf = readerAddress(trustProxies);
  const note = subscriberCounts((topic, count) => metrics.feedSubscribers.set({ topic }, count), now);
  const limited = readerLimits(
    limits,
    ({ socket, headers }) => addressOf(socket.remoteAddress, headers["x-forwarded-for"]?.toString()),
    now,
  );
  return {
    ...limited,
    addressOf: ({ remoteAddress }) => addressOf(remoteAddress, undefined),
    asked: ({ headers }, path) => note(headers["user-agent"], path),
  };
}
