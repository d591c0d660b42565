import type { TopicId } from "./ids.ts";
import type { Duration, Instant } from "./time.ts";

/** A topic with a channel: what subscribers of the topic's feed are newly told is told there, too. */
export interface Alert {
  /** of topic, destination and kind of news: "energie-3f2a…"; stays while these do, whatever else is changed */
  readonly id: AlertId;
  readonly topic: TopicId;
  readonly channel: Channel;
  /** new: what the topic's feed tells for the first time; revised: what the feed of its corrections does */
  readonly only: "new" | "revised";
  /** more than that many messages are not sent within `per`; what comes then is told together */
  readonly atMost?: { readonly count: number; readonly per: Duration };
  /** what comes then is told together afterwards */
  readonly quiet?: QuietHours;
  /** so long stories are collected from the first one on, and told together */
  readonly digest?: Duration;
}

export type AlertId = string & { readonly __brand: "AlertId" };

/** @param digits of destination and kind of news */
export const alertId = (topic: TopicId, digits: string): AlertId => `${topic}-${digits}` as AlertId;

/** What an alert was called while its topic had this id. */
export const formerId = ({ id, topic }: Alert, old: TopicId): AlertId => alertId(old, id.slice(topic.length + 1));

export type Channel =
  | {
      readonly kind: "webhook";
      readonly url: string;
      /** "whsec_" and the key in base64 (Standard Webhooks); absent: nothing is signed */
      readonly secret?: string;
    }
  | { readonly kind: "email"; readonly to: string }
  | {
      readonly kind: "ntfy";
      /** the server and, as its last part, the topic: "https://ntfy.sh/energie" */
      readonly url: string;
      readonly token?: string;
      /** 1 to 5; absent: the server's default, 3 */
      readonly priority?: number;
    };

/** A time of every day, on the clocks of a zone. Minutes after midnight; over midnight where `from` is the later one. */
export interface QuietHours {
  readonly from: number;
  readonly to: number;
  /** IANA: "Europe/Berlin" */
  readonly timeZone: string;
}

/** The server that takes our mail. */
export interface MailServer {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte on; else STARTTLS where the server has it */
  readonly secure: boolean;
  readonly user?: string;
  readonly password?: string;
  readonly from: string;
}

/** A mail in words, before it is encoded. Header values are single lines. */
export interface Mail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** BCP 47 */
  readonly language: string;
  /** without brackets; the same at every try, so that mail servers know it again */
  readonly messageId: string;
  /** of a single story: what all mails of the story refer to, so that they are shown together */
  readonly thread?: string;
  /** List-Id (RFC 2919), for filters */
  readonly list: { readonly id: string; readonly name: string; readonly page: string };
}

/** A story as alerts tell it: as it stands in the topic's JSON feed. */
export interface AlertStory {
  /** the id that the feed's entry has */
  readonly id: string;
  readonly title: string;
  readonly url: string;
  readonly publisher: string;
  readonly publishedAt: Instant;
  readonly updatedAt: Instant;
  /** title of our section */
  readonly section?: string;
  readonly teaser?: string;
  readonly language?: string;
  /** our page with all that is told of it */
  readonly storyUrl: string;
  readonly others: readonly { readonly publisher: string; readonly title: string; readonly url: string }[];
}

/** One message of an alert. The same stories make the same id, however often it has to be sent. */
export interface Dispatch {
  /** idempotency key */
  readonly id: string;
  /** in the order in which the feed told them */
  readonly stories: readonly AlertStory[];
  /** nothing has happened: somebody wants to see whether it arrives */
  readonly isTest?: true;
}

/** What sending came to. */
export type Sent =
  | { readonly kind: "taken"; readonly answer: string }
  /** to be sent again */
  | { readonly kind: "failed"; readonly why: string; readonly wait?: Duration }
  /** the channel itself says that it is no more (410): asked only once in a while from now on */
  | { readonly kind: "gone"; readonly why: string };

/** What an alert has behind it. */
export interface AlertRecord {
  /** when its last messages were sent, oldest first: no more than `atMost` asks about */
  readonly sentAt: readonly Instant[];
  /** sendings in a row that came to nothing */
  readonly failures: number;
  readonly failingSince?: Instant;
  readonly lastError?: string;
  /** nothing is sent before */
  readonly retryAt?: Instant;
  /** its channel has been dead for long: tried now and then only */
  readonly paused?: true;
}

/** An alert that has never told anything. */
export const NEW_ALERT: AlertRecord = { sentAt: [], failures: 0 };
