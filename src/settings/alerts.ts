import { hash } from "node:crypto";
import { readFileSync } from "node:fs";
import { type Alert, type AlertId, alertId, type Channel } from "../model/alert.ts";
import { HOUR } from "../model/time.ts";
import { type ConfigFile, problemAt } from "./config-file.ts";
import type { Environment } from "./environment.ts";
import type { Problem } from "./problem.ts";
import type { FileOf } from "./schema.ts";

type Topic = FileOf["topics"]["topics"][number];
type Line = NonNullable<Topic["alerts"]>[number];

/** People are told of a flood in one message; programs can take it. */
const MEASURE_FOR_PEOPLE = { count: 20, per: HOUR } as const;
/** 64 bits: of the few alerts of an installation no two share one. */
const ID_LENGTH = 16;
/** What a secret looks like, and how to come by one. */
const SECRETS = {
  // 24 to 64 bytes in base64 (Standard Webhooks 1.0.0)
  secretFrom: [/^whsec_[A-Za-z0-9+/]{32,86}={0,2}$/, 'make one: echo "whsec_$(openssl rand -base64 32)"'],
  tokenFrom: [/^[\x21-\x7e]{1,200}$/, "copy the access token from your ntfy server: tk_…"],
} as const;
type SecretKey = keyof typeof SECRETS;

interface Alerting {
  readonly alerts: readonly Alert[];
  readonly problems: readonly Problem[];
  /** what is wrong with their secrets, which only who sends messages has to know */
  readonly secretProblems: readonly Problem[];
}

/** The alerts of topics.yaml with their secrets, and what is wrong with them. */
export function alertsOf({ topics, ressort }: FileOf, file: ConfigFile, env: Environment): Alerting {
  const alerts = new Map<AlertId, Alert>();
  const problems: Problem[] = [];
  const secretProblems: Problem[] = [];
  for (const [at, topic] of topics.topics.entries())
    for (const [n, line] of (topic.alerts ?? []).entries()) {
      const problem = (key: string, message: string, hint: string) =>
        problemAt(file, ["topics", at, "alerts", n, key], message, hint);
      const complain = (...words: Parameters<typeof problem>) => problems.push(problem(...words));
      const secretOf = (key: SecretKey) =>
        readSecret(line[key], key, env, (...words) => secretProblems.push(problem(key, ...words)));
      const alert = alertOf(topic, line, secretOf);
      const { kind } = alert.channel;
      if (alerts.has(alert.id)) complain(kind, "is told of this topic already", "take one of the two lines out");
      if (kind === "email" && ressort.mail === undefined)
        complain("email", "no mail server is known", "add mail: { host, from } to ressort.yaml");
      alerts.set(alert.id, alert);
    }
  return { alerts: [...alerts.values()], problems, secretProblems };
}

function alertOf(topic: Topic, line: Line, secretOf: (key: SecretKey) => string | undefined): Alert {
  const { only, atMost, quiet, digest } = line;
  const channel = channelOf(line, secretOf);
  const measure = atMost ?? (channel.kind === "webhook" ? undefined : MEASURE_FOR_PEOPLE);
  const destination = channel.kind === "email" ? channel.to : channel.url;
  const digits = hash("sha256", JSON.stringify([channel.kind, destination, only]), "hex").slice(0, ID_LENGTH);
  return {
    ...{ id: alertId(topic.id, digits), topic: topic.id, channel, only },
    ...(measure !== undefined && { atMost: measure }),
    ...(quiet !== undefined && { quiet }),
    ...(digest !== undefined && { digest }),
  };
}

function channelOf(line: Line, secretOf: (key: SecretKey) => string | undefined): Channel {
  const { webhook, email, ntfy = "", priority } = line;
  if (webhook !== undefined) {
    const secret = secretOf("secretFrom");
    return { kind: "webhook", url: webhook, ...(secret !== undefined && { secret }) };
  }
  if (email !== undefined) return { kind: "email", to: email };
  const token = secretOf("tokenFrom");
  return {
    ...{ kind: "ntfy", url: ntfy },
    ...(token !== undefined && { token }),
    ...(priority !== undefined && { priority }),
  };
}

/** The value of NAME, or what stands in the file that NAME_FILE names. The value is never repeated. */
function readSecret(
  name: string | undefined,
  key: SecretKey,
  env: Environment,
  complain: (message: string, hint: string) => void,
): string | undefined {
  if (name === undefined) return undefined;
  const file = env[`${name}_FILE`];
  let value = env[name]?.trim();
  try {
    if (!value && file) value = readFileSync(file, "utf8").trim();
  } catch (error) {
    complain(`the file of ${name}_FILE cannot be read: ${String(error)}`, "mount it");
    return undefined;
  }
  if (!value) complain(`${name} is not set`, `set it, or ${name}_FILE to the path of a file that holds it`);
  const [shape, hint] = SECRETS[key];
  if (value && !shape.test(value)) complain(`what ${name} holds has not the form of such a secret`, hint);
  return value || undefined;
}
