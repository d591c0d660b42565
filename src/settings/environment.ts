import { readFileSync } from "node:fs";
import { nearest } from "../model/nearest.ts";
import type { ConfigFile } from "./config-file.ts";
import { type Problem, showPath } from "./problem.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/** Where in ressort.yaml a variable would stand; the first that is set wins. Empty is the same as not set. */
const VARIABLES: readonly Variable[] = [
  { name: "RESSORT_PUBLIC_URL", path: ["publicUrl"] },
  { name: "RESSORT_TITLE", path: ["title"] },
  { name: "RESSORT_LANGUAGE", path: ["language"] },
  { name: "RESSORT_HOST", path: ["http", "host"] },
  { name: "RESSORT_PORT", path: ["http", "port"], read: numberOf },
  { name: "PORT", path: ["http", "port"], read: numberOf },
  { name: "RESSORT_OPS_HOST", path: ["http", "opsHost"] },
  { name: "RESSORT_OPS_PORT", path: ["http", "opsPort"], read: numberOf },
  { name: "RESSORT_TRUST_PROXIES", path: ["http", "trustProxies"], read: listOf },
  { name: "REDIS_URL", path: ["redis", "url"] },
  { name: "REDIS_URL_FILE", path: ["redis", "url"], read: contentOf },
  { name: "RESSORT_REDIS_PREFIX", path: ["redis", "prefix"] },
  { name: "RESSORT_DATA_DIR", path: ["dataDir"] },
  { name: "RESSORT_EXPORT_DIR", path: ["export", "dir"] },
  { name: "RESSORT_CONTACT_URL", path: ["poll", "contactUrl"] },
  { name: "RESSORT_POLL_CONCURRENCY", path: ["poll", "concurrency"], read: numberOf },
  { name: "RESSORT_POLL_MIN_INTERVAL", path: ["poll", "minInterval"] },
  { name: "RESSORT_POLL_MAX_INTERVAL", path: ["poll", "maxInterval"] },
  { name: "RESSORT_POLL_REQUESTS_PER_HOUR", path: ["poll", "requestsPerHour"], read: numberOf },
  { name: "RESSORT_POLL_PER_HOST_GAP", path: ["poll", "perHostGap"] },
  { name: "RESSORT_POLL_PER_HOST_CONCURRENCY", path: ["poll", "perHostConcurrency"], read: numberOf },
  { name: "RESSORT_POLL_PORTS", path: ["poll", "ports"], read: (text) => listOf(text).map(numberOf) },
  { name: "RESSORT_ALLOW_NETWORKS", path: ["poll", "allowNetworks"], read: listOf },
  { name: "RESSORT_NAT64_PREFIX", path: ["poll", "nat64Prefix"] },
  { name: "RESSORT_WEBSUB", path: ["websub", "subscribe"], read: booleanOf },
  { name: "RESSORT_HUB", path: ["websub", "hub"], read: booleanOf },
  { name: "RESSORT_HUB_ALLOW_NETWORKS", path: ["websub", "allowNetworks"], read: listOf },
  { name: "RESSORT_SMTP_HOST", path: ["mail", "host"] },
  { name: "RESSORT_SMTP_PORT", path: ["mail", "port"], read: numberOf },
  { name: "RESSORT_SMTP_SECURE", path: ["mail", "secure"], read: booleanOf },
  { name: "RESSORT_SMTP_USER", path: ["mail", "user"] },
  { name: "RESSORT_SMTP_PASSWORD", path: ["mail", "password"] },
  { name: "RESSORT_SMTP_PASSWORD_FILE", path: ["mail", "password"], read: contentOf },
  { name: "RESSORT_SMTP_FROM", path: ["mail", "from"] },
  { name: "RESSORT_API_TOKENS", path: ["api", "tokens"], read: namedOf },
  { name: "RESSORT_API_TOKENS_FILE", path: ["api", "tokens"], read: (file) => namedOf(contentOf(file)) },
  // one more beside those
  { name: "RESSORT_API_TOKEN", path: ["api", "tokens", "api"], read: (token) => token.trim() },
  { name: "RESSORT_API_TOKEN_FILE", path: ["api", "tokens", "api"], read: contentOf },
  { name: "RESSORT_RETENTION", path: ["retention", "items"] },
  { name: "RESSORT_MAX_ITEMS", path: ["retention", "maxItems"], read: numberOf },
  { name: "RESSORT_LOG_LEVEL", path: ["logLevel"] },
];

/** Read by the program before there are settings, and by docker-compose.yml. */
const READ_ELSEWHERE: readonly string[] = ["RESSORT_CONFIG_DIR", "RESSORT_NGINX_PORT"];

/** Those that topics.yaml names. */
const SECRETS = "RESSORT_SECRET_";

interface Variable {
  readonly name: string;
  readonly path: readonly string[];
  readonly read?: (text: string) => unknown;
}

export interface Overridden {
  /** ressort.yaml as if the variables' values stood in it */
  readonly file: ConfigFile<"ressort">;
  readonly problems: readonly Problem[];
  readonly warnings: readonly string[];
  /** names the variable instead of the file where a problem is the variable's */
  blame(problem: Problem): Problem;
}

export function override(file: ConfigFile<"ressort">, env: Environment): Overridden {
  const given = VARIABLES.filter(({ name }) => isSet(env[name]));
  const used = new Map<string, Variable>();
  const problems: Problem[] = [];
  let raw = file.raw;
  for (const variable of raw === undefined ? [] : given) {
    const place = showPath(variable.path);
    if (used.has(place)) continue;
    used.set(place, variable);
    try {
      const value = env[variable.name] ?? "";
      raw = put(raw, variable.path, variable.read?.(value) ?? value);
    } catch (error) {
      problems.push(error instanceof NameMissing ? nameless(variable.name) : unreadable(variable.name, error));
    }
  }
  const blame = (problem: Problem): Problem => {
    const variable = used.get(problem.path) ?? used.get(problem.path.replace(/(?:\[\d+\]|\.[^.[]*)$/, ""));
    return variable === undefined ? problem : inEnvironment(variable.name, problem.message, problem.hint);
  };
  return { file: { ...file, raw }, problems, warnings: [...shadowed(given, used), ...unknownNames(env)], blame };
}

const isSet = (value: string | undefined): boolean => value !== undefined && value.trim() !== "";

/** What is no number stays a text, for the schema to name. */
function numberOf(text: string): unknown {
  return /^\d+$/.test(text.trim()) ? Number(text) : text;
}

function booleanOf(text: string): unknown {
  return { true: true, false: false }[text.trim().toLowerCase()] ?? text;
}

function listOf(text: string): readonly string[] {
  return text.split(/[\s,]+/).filter((part) => part !== "");
}

/** "anna:secret,ben:secret" */
function namedOf(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    listOf(text).map((part) => {
      const at = part.indexOf(":");
      if (at < 1) throw new NameMissing();
      return [part.slice(0, at), part.slice(at + 1)];
    }),
  );
}

class NameMissing extends Error {}

/** Docker and Kubernetes hand secrets over as files. */
function contentOf(file: string): string {
  return readFileSync(file, "utf8").trim();
}

/** A copy of `raw` with `value` at `path`; what is no object on the way is left for the schema to name. */
function put(raw: unknown, [step, ...rest]: readonly string[], value: unknown): unknown {
  if (step === undefined) return value;
  if (raw !== undefined && !isObject(raw)) return raw;
  return { ...Object(raw), [step]: put(Object(raw)[step], rest, value) };
}

const isObject = (value: unknown): boolean => typeof value === "object" && value !== null && !Array.isArray(value);

/** What stands there may be a secret: it is not repeated. */
function nameless(variable: string): Problem {
  return inEnvironment(variable, "a part of it has no name", "write name:secret, with commas between");
}

function unreadable(name: string, error: unknown): Problem {
  return inEnvironment(name, `the file cannot be read: ${String(error)}`, "mount it, or unset the variable");
}

function inEnvironment(name: string, message: string, hint: string): Problem {
  return { file: "environment", path: name, message, hint };
}

function shadowed(given: readonly Variable[], used: ReadonlyMap<string, Variable>): readonly string[] {
  return given.flatMap(({ name, path }) => {
    const winner = used.get(showPath(path))?.name;
    return winner === name ? [] : [`${name} is not used: ${winner} is set too`];
  });
}

function unknownNames(env: Environment): readonly string[] {
  const known = [...VARIABLES.map(({ name }) => name), ...READ_ELSEWHERE];
  const isKnown = (name: string): boolean => known.includes(name) || name.startsWith(SECRETS);
  const unknown = Object.keys(env).filter((name) => name.startsWith("RESSORT_") && !isKnown(name));
  return unknown.toSorted().map((name) => {
    const meant = nearest(name, known);
    return `${name} means nothing to Ressort${meant === undefined ? "" : `; did you mean ${meant}?`}`;
  });
}
