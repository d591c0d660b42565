import { type Logger, pino } from "pino";
import type { Settings } from "../model/settings.ts";

export type Log = Pick<Logger, "trace" | "debug" | "info" | "warn" | "error" | "fatal">;

/** JSON lines on standard output: an event's name as the message, its facts as fields. */
export function openLog(level: Settings["logLevel"], role: string): Log {
  return pino({
    level,
    base: { role },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    // no password of a Redis or proxy URL may reach the log
    redact: ["*.password", "redisUrl"],
  });
}
