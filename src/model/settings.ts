import type { Alert, MailServer } from "./alert.ts";
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
  readonly http: {
    readonly host: string;
    readonly port: number;
    readonly opsHost: string;
    readonly opsPort: number;
    /** proxies (CIDR) whose X-Forwarded-For says who asks */
    readonly trustProxies?: readonly string[];
    /** how often one address may search in a minute, and fetch one feed whole in ten; 0: as often as it likes */
    readonly limits?: { readonly searches: number; readonly wholeFeeds: number };
  };
  /** absent: the embedded private server under `dataDir` */
  readonly redisUrl?: string;
  readonly redisPrefix: string;
  readonly dataDir: string;
  /** a folder that gets all documents as files; absent: none */
  readonly exportDir?: string;
  readonly poll: {
    readonly userAgent: string;
    readonly contactUrl: string;
    readonly concurrency: number;
    readonly minInterval: Duration;
    readonly maxInterval: Duration;
    /** over all feeds; absent: one request a feed every two hours, and more where feeds bring more */
    readonly requestsPerHour?: number;
    readonly perHostGap: Duration;
    readonly perHostConcurrency: number;
    /** private networks that may be polled all the same (CIDR), for the demo and for tests */
    readonly allowNetworks: readonly string[];
    /** CIDR, a /96: this machine reaches IPv4 only through a NAT64 gateway */
    readonly nat64Prefix?: string;
    readonly ports: readonly number[];
  };
  readonly websub?: {
    /** hubs are asked to push: they must reach us under publicUrl */
    readonly subscribe: boolean;
    /** signatures with SHA-1 count */
    readonly sha1: boolean;
    /** who pushes our feeds: our own hub, or another one that is told of changes; absent: nobody */
    readonly hub?: { readonly url: string; readonly isOwn: boolean };
    /** private networks that our hub may call all the same (CIDR), for the demo and for tests */
    readonly allowNetworks?: readonly string[];
  };
  /** who takes our mails */
  readonly mail?: MailServer;
  /** from topics.yaml; they hold secrets, so they are apart from the topics */
  readonly alerts?: readonly Alert[];
  /** who may edit over the API: by name, the secret that is theirs; none: nobody */
  readonly api?: { readonly tokens: Readonly<Record<string, string>> };
  readonly retention: { readonly items: Duration; readonly maxItems: number };
  readonly logLevel: "trace" | "debug" | "info" | "warn" | "error" | "fatal" | "silent";
  readonly publishers: readonly Publisher[];
  readonly feeds: readonly Feed[];
  readonly sections: readonly Section[];
  /** from topics.yaml */
  readonly topics: readonly Topic[];
}
