import { type Logger, type LoggerOptions, pino } from "pino";
import type { Settings } from "../model/settings.ts";

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
  };
  return pino(options, out);
}
