import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Feed, Publisher } from "../../src/model/feed.ts";
import { feedId, publisherId, topicId } from "../../src/model/ids.ts";
import type { Settings } from "../../src/model/settings.ts";
import { DAY, HOUR, SECOND } from "../../src/model/time.ts";
import type { Topic } from "../../src/model/topic.ts";
import { readSections } from "../../src/settings/settings.ts";

export const ROOT: string = path.join(import.meta.dirname, "..", "..");

/** The optional data folder beside the project. */
export const SHARED: string = path.join(ROOT, "..", "shared");

/** A folder of its own for a test's data, removed at the end. */
export function temporaryFolder(): Disposable & { readonly path: string } {
  const folder = mkdtempSync(path.join(tmpdir(), "ressort-test-"));
  return { path: folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Settings for one test: loopback may be polled, ports are free ones, nothing waits out of politeness. */
export function testSettings(own: Partial<Settings> & { readonly dataDir: string }): Settings {
  return {
    publicUrl: "http://ressort.example",
    title: "Ressort",
    language: "de",
    http: { host: "127.0.0.1", port: 0, opsHost: "127.0.0.1", opsPort: 0 },
    redisPrefix: "ressort",
    poll: {
      userAgent: "Ressort/test (+http://ressort.example)",
      contactUrl: "http://ressort.example",
      concurrency: 20,
      minInterval: HOUR,
      maxInterval: DAY,
      perHostGap: 0,
      perHostConcurrency: 50,
      allowNetworks: ["127.0.0.0/8"],
      ports: [],
    },
    retention: { items: 30 * DAY, maxItems: 100_000 },
    logLevel: process.env["TEST_LOG"] === "1" ? "info" : "silent",
    publishers: [],
    feeds: [],
    sections: readSections(path.join(ROOT, "config")),
    topics: [],
    ...own,
  };
}

export function aPublisher(id: string, own: Partial<Publisher> = {}): Publisher {
  return { id: publisherId(id), title: id, rank: 50, ...own };
}

export function aFeed(id: string, publisher: string, url: string, own: Partial<Feed> = {}): Feed {
  return { id: feedId(id), publisher: publisherId(publisher), url, fullContent: false, ...own };
}

export function aTopic(id: string, query: string, own: Partial<Topic> = {}): Topic {
  return {
    id: topicId(id),
    title: id,
    description: `Test: ${id}`,
    language: "de",
    query,
    size: 50,
    window: 7 * DAY,
    oneEntryAStory: true,
    minimumPublishers: 1,
    ranks: {},
    ...own,
  };
}

/** Asks again until it is so; fails with what it saw last. */
export async function eventually<T>(
  what: string,
  look: () => Promise<T | undefined> | T | undefined,
  patience = 30 * SECOND,
): Promise<T> {
  const until = Date.now() + patience;
  for (;;) {
    const seen = await look();
    if (seen !== undefined) return seen;
    if (Date.now() > until) throw new Error(`waited ${patience / 1000} s in vain for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
