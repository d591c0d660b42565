import process from "node:process";
import { pasteable } from "../src/model/command-line.ts";
import type { Settings } from "../src/model/settings.ts";
import { ROLES, type Role } from "./daemon.ts";
import type { Daemon } from "./run.ts";
import { VERSION } from "./version.ts";

/**
 * Where to look, for people; printed to standard error, beside the JSON log.
 * @param configDir of a Ressort that commands find only when they are told of it
 */
export function greeting(settings: Settings, roles: readonly Role[], daemon: Daemon, configDir?: string): string {
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
    ...(configDir === undefined || topic === undefined
      ? []
      : [
          `  ask        ${asking(`topics show ${topic.id}`, configDir)}`,
          "             every command asks this demo with that --config",
          "  write      not here: the demo takes no token, whatever RESSORT_API_TOKEN says",
        ]),
    `  metrics    http://${settings.http.opsHost}:${daemon.opsPort}/metrics`,
    "",
    "  Ctrl-C stops it.",
    "",
  ];
  return lines.join("\n");
}

/** The environment wins over a folder's settings: what is set there for another Ressort is unset. */
const asking = (command: string, configDir: string): string =>
  [
    ...ELSEWHERE.filter((name) => process.env[name]).map((name) => `${name}= `),
    pasteable(`${command} --config`, configDir),
  ].join("");

const ELSEWHERE = ["REDIS_URL", "REDIS_URL_FILE", "RESSORT_REDIS_PREFIX", "RESSORT_DATA_DIR", "RESSORT_PUBLIC_URL"];

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;
