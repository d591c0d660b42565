import { type LogFn, type Logger, type LoggerOptions, pino } from "pino";
import type { Settings } from "../model/settings.ts";
import { refusalOf } from "./redis-trouble.ts";

export type Log = Pick<Logger, "trace" | "debug" | "info" | "warn" | "error" | "fatal">;

/** JSON lines on standard output: an event's name as the message, its facts as fields. */
export function openLog(level: Settings["logLevel"], role: string): Log {
  const out = pino.destination({ fd: 1, sync: true });
  // a full disk or a closed terminal: the news goes on unlogged. Unheard, this would end the process, and pino's last
  // words at its end would wait for the same output for ever
  out.on("error", () => undefined);
  const options: LoggerOptions = {
    level,
    base: { role },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    // no password of a Redis or proxy URL may reach the log
    redact: ["*.password", "redisUrl"],
    serializers: { err: told },
    hooks: { logMethod: muffled },
  };
  return pino(options, out);
}

const DEBUG = 20;

/** While Redis refuses writes, everything that writes stumbles, all the time: whoever watches that says it once. */
function muffled(this: Logger, facts: Parameters<LogFn>, write: LogFn, level: number): void {
  const { err } = Object(facts[0]) as { readonly err?: unknown };
  if (level > DEBUG && err !== undefined && refusalOf(err) !== undefined) this.debug(...facts);
  else write.apply(this, facts);
}

/** A message may quote what it stumbled over. */
const LONGEST_MESSAGE = 1000;
const LONGEST_STACK = 5000;

/** What an error says, nothing of what it carries: a command that Redis refused has every text of a document with it. */
function told(error: unknown): unknown {
  if (!(error instanceof Error)) return shortOf(error);
  const { name, message, stack, cause } = error;
  return {
    type: name,
    message: shortOf(message),
    ...("code" in error && { code: shortOf(error.code) }),
    ...(cause instanceof Error && { cause: shortOf(cause.message) }),
    stack: stack?.slice(0, LONGEST_STACK),
  };
}

const shortOf = (value: unknown): string => String(value).slice(0, LONGEST_MESSAGE);
