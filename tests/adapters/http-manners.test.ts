import { expect, test } from "vitest";
import { openFetcher } from "../../src/adapters/http-fetcher.ts";
import { NEW_FEED_STATE } from "../../src/model/feed.ts";
import { requestOf } from "../../src/poll/poll.ts";
import { loadSettings } from "../../src/settings/settings.ts";
import { configFolder } from "../settings/config-folder.ts";
import { openPublisher } from "../support/publisher-server.ts";
import { aFeed } from "../support/test-settings.ts";

/** What a publisher sees of a first poll under the given environment. */
async function seen(env: Readonly<Record<string, string>>) {
  await using publisher = await openPublisher();
  publisher.answer("/feed?a=1", { body: "<rss/>" });
  const loaded = loadSettings(configFolder(), env);
  if (loaded.kind === "broken") throw new Error("the settings are broken");
  const { poll } = loaded.settings;
  await using fetcher = openFetcher({ ...poll, allowNetworks: ["127.0.0.0/8"] });
  const feed = aFeed("f", "p", publisher.url("/feed?a=1#top"));

  await fetcher.fetch(requestOf(feed, NEW_FEED_STATE, poll.userAgent));

  const [request] = publisher.requests;
  if (request === undefined) throw new Error("nobody came");
  return request;
}

test("A-26: a publisher sees who polls and where to complain", async () => {
  const { headers } = await seen({ RESSORT_CONTACT_URL: "https://blatt.example/bot" });

  expect(headers["user-agent"]).toMatch(/^Ressort\/\d+\.\d+\.\d+ \(\+https:\/\/blatt\.example\/bot\)$/);
});

test("A-26: without an address to complain to there is no start in production", () => {
  const bare = loadSettings(configFolder(), { NODE_ENV: "production" });
  const reachable = loadSettings(configFolder(), {
    NODE_ENV: "production",
    RESSORT_CONTACT_URL: "https://blatt.example/bot",
  });

  expect(bare).toMatchObject({ kind: "broken", problems: [expect.objectContaining({ path: "poll.contactUrl" })] });
  expect(reachable.kind).toBe("settings");
});

test("A-27: a poll asks for feeds before anything else, in the encodings that we can read", async () => {
  const { headers } = await seen({});

  expect(headers.accept).toBe(
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, " +
      "application/xml;q=0.8, text/xml;q=0.8, */*;q=0.1",
  );
  expect(headers["accept-encoding"]).toBe("gzip, br, zstd");
});

test("A-07: a poll sends these headers and no other, and the publisher's address as it is", async () => {
  const { path, headers } = await seen({});

  expect(path).toBe("/feed?a=1");
  expect(Object.keys(headers).sort()).toEqual(["accept", "accept-encoding", "connection", "host", "user-agent"]);
});

test("A-34: the prefix of a NAT64 gateway is off unless the operator names one, and a wrong one is said", () => {
  const off = loadSettings(configFolder(), {});
  const on = loadSettings(configFolder(), { RESSORT_NAT64_PREFIX: "64:ff9b::/96" });
  const wrong = loadSettings(configFolder(), { RESSORT_NAT64_PREFIX: "64:ff9b::/64" });

  expect(off.kind === "settings" && off.settings.poll).not.toHaveProperty("nat64Prefix");
  expect(on).toMatchObject({ kind: "settings", settings: { poll: { nat64Prefix: "64:ff9b::/96" } } });
  expect(wrong).toMatchObject({
    kind: "broken",
    problems: [expect.objectContaining({ path: "RESSORT_NAT64_PREFIX" })],
  });
});
