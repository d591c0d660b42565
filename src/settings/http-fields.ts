import { z } from "zod";
import { network, tcpPort, text } from "./fields.ts";

/** How we are reached, and by whom how often. */
export const http = z.strictObject({
  host: text.default("127.0.0.1").describe("0.0.0.0 in a container: reachable from outside"),
  port: tcpPort.default(8080),
  opsHost: text.default("127.0.0.1").describe("metrics, queues and health for operators: keep it private"),
  opsPort: tcpPort.default(9464),
  trustProxies: z
    .array(network)
    .default([])
    .describe(
      "networks of your own proxies: whom their X-Forwarded-For names is who asks. Without them all who come through a " +
        "proxy look alike: private addresses are never held back, so that nobody pays for another",
    ),
  limits: z
    .strictObject({
      searches: z
        .int()
        .min(0)
        .max(100_000)
        .default(60)
        .describe("searches a minute from one public address (IPv6: /64), then 429; 0 holds nobody back"),
      wholeFeeds: z
        .int()
        .min(0)
        .max(100_000)
        .default(20)
        .describe(
          "times in ten minutes that one feed is sent whole to one public address (304 does not count), then 429; " +
            "0 holds nobody back",
        ),
    })
    .prefault({}),
});
