import manifest from "../../package.json" with { type: "json" };
import type { Settings } from "../model/settings.ts";
import { isPublicUrl } from "./public-url.ts";
import type { FileOf } from "./schema.ts";

/** Four checked files in the shape of the model, frozen. */
export function assemble({ ressort, feeds, sections, topics }: FileOf): Settings {
  const { http, redis, dataDir, retention, websub, title, language, logLevel } = ressort;
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
    poll: {
      ...ressort.poll,
      contactUrl,
      userAgent: userAgentFor(contactUrl, topics.topics.length + sections.sections.length),
    },
    websub: { ...websub, subscribe: websub.subscribe ?? isPublicUrl(publicUrl) },
    retention,
    logLevel,
    publishers: feeds.publishers.map(({ feeds: _, ...publisher }) => publisher),
    feeds: feeds.publishers.flatMap(feedsOf),
    sections: sections.sections,
    topics: topics.topics.map((topic) => ({ ...topic, language: topic.language ?? language })),
  });
}

/** facts A-26: publishers read the number out of it; what reads their feeds here are topics and sections. */
function userAgentFor(contactUrl: string, subscribers: number): string {
  return `Ressort/${manifest.version} (+${contactUrl}; ${subscribers} subscribers)`;
}

function feedsOf({ id, language, feeds }: FileOf["feeds"]["publishers"][number]): Settings["feeds"] {
  return feeds.map((feed) => ({ ...(language !== undefined && { language }), ...feed, publisher: id }));
}

function frozen<Value>(value: Value): Value {
  if (typeof value === "object" && value !== null) Object.values(value).forEach(frozen);
  return Object.freeze(value);
}
