import manifest from "../../package.json" with { type: "json" };
import type { Alert } from "../model/alert.ts";
import type { Settings } from "../model/settings.ts";
import type { Topic } from "../model/topic.ts";
import { isPublicUrl } from "./public-url.ts";
import type { FileOf } from "./schema.ts";

/** Four checked files in the shape of the model, frozen. */
export function assemble({ ressort, feeds, sections, topics }: FileOf, alerts: readonly Alert[] = []): Settings {
  const { http, redis, dataDir, api, retention, websub, title, language, logLevel } = ressort;
  const publicUrl = ressort.publicUrl?.replace(/\/+$/, "") ?? `http://localhost:${http.port}`;
  const contactUrl = ressort.poll.contactUrl ?? publicUrl;
  return frozen({
    publicUrl,
    title,
    language,
    http,
    ...(redis.url !== undefined && { redisUrl: redis.url }),
    redisPrefix: redis.prefix,
    dataDir,
    ...(ressort.export.dir !== undefined && { exportDir: ressort.export.dir }),
    poll: { ...ressort.poll, contactUrl, userAgent: userAgentFor(contactUrl) },
    websub: websubOf(websub, publicUrl),
    api,
    retention,
    logLevel,
    ...(ressort.mail !== undefined && { mail: ressort.mail }),
    alerts,
    publishers: feeds.publishers.map(({ feeds: _, ...publisher }) => publisher),
    feeds: feeds.publishers.flatMap(feedsOf),
    sections: sections.sections,
    topics: topics.topics.map((topic) => topicOf(topic, language)),
  });
}

/** A topic as it was written, in the shape of the model. */
export function topicOf(written: FileOf["topics"]["topics"][number], language: string): Topic {
  const { alerts: _, ...topic } = written;
  return { ...topic, language: topic.language ?? language };
}

function websubOf({ hub, subscribe, ...rest }: FileOf["ressort"]["websub"], publicUrl: string) {
  const isPublic = isPublicUrl(publicUrl);
  const wanted = hub ?? isPublic;
  const url = wanted === true ? `${publicUrl}/hub` : wanted;
  return {
    ...rest,
    subscribe: subscribe ?? isPublic,
    ...(url !== false && { hub: { url, isOwn: wanted === true } }),
  };
}

/**
 * facts A-26, but for "N subscribers": publishers count those as people, and whoever polls does not know how many people
 * read what is made of a feed.
 */
function userAgentFor(contactUrl: string): string {
  return `Ressort/${manifest.version} (+${contactUrl})`;
}

function feedsOf({ id, language, feeds }: FileOf["feeds"]["publishers"][number]): Settings["feeds"] {
  return feeds.map((feed) => ({ ...(language !== undefined && { language }), ...feed, publisher: id }));
}

function frozen<Value>(value: Value): Value {
  if (typeof value === "object" && value !== null) Object.values(value).forEach(frozen);
  return Object.freeze(value);
}
