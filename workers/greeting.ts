import type { Settings } from "../src/model/settings.ts";
import { ROLES, type Role } from "./daemon.ts";
import type { Daemon } from "./run.ts";
import { VERSION } from "./version.ts";

/** Where to look, for people; printed to standard error, beside the JSON log. */
export function greeting(settings: Settings, roles: readonly Role[], daemon: Daemon): string {
  const { host } = settings.http;
  const home = `http://${host === "0.0.0.0" || host === "::" ? "localhost" : host}:${daemon.port}`;
  const topic = settings.topics[0];
  const lines = [
    "",
    `  Ressort ${VERSION} runs ${roles.length === ROLES.length ? "" : `${roles.join(", ")} `}with ${counted(settings.feeds.length, "feed")} of ${counted(settings.publishers.length, "publisher")}`,
    ...(daemon.port === undefined
      ? []
      : [
          "",
          `  read       ${home}/`,
          ...(topic === undefined ? [] : [`  subscribe  ${home}/topics/${topic.id}.rss`]),
          `  feeds      ${home}/publishers`,
        ]),
    `  metrics    http://${settings.http.opsHost}:${daemon.opsPort}/metrics`,
    "",
    "  Ctrl-C stops it.",
    "",
  ];
  return lines.join("\n");
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;
