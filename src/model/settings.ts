import type { Feed, Publisher } from "./feed.ts";
import type { Section } from "./section.ts";
import type { Duration } from "./time.ts";
import type { Topic } from "./topic.ts";

/** All of config/ and the environment once parsed, checked and frozen. */
export interface Settings {
  /** where readers reach us, no trailing slash: "https://feeds.example.org" */
  readonly publicUrl: string;
  readonly title: string;
  /** language of the pages and of items whose language nobody says */
  readonly language: string;
  readonly http: { readonly host: string; readonly port: number; readonly opsHost: string; readonly opsPort: number };
  /** absent: the embedded private server under `dataDir` */
  readonly redisUrl?: string;
  readonly redisPrefix: string;
  readonly dataDir: string;
  readonly poll: {
    readonly userAgent: string;
    readonly contactUrl: string;
    readonly concurrency: number;
    readonly minInterval: Duration;
    readonly maxInterval: Duration;
    readonly perHostGap: Duration;
    readonly perHostConcurrency: number;
    /** private networks that may be polled all the same (CIDR), for the demo and for tests */
    readonly allowNetworks: readonly string[];
    readonly ports: readonly number[];
  };
  readonly retention: { readonly items: Duration; readonly maxItems: number };
  readonly logLevel: "trace" | "debug" | "info" | "warn" | "error" | "fatal" | "silent";
  readonly publishers: readonly Publisher[];
  readonly feeds: readonly Feed[];
  readonly sections: readonly Section[];
  /** from topics.yaml */
  readonly topics: readonly Topic[];
}
