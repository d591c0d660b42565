import type { Settings } from "../model/settings.ts";

/** The same settings without secrets: for logs, pages and bug reports. */
export function printable(settings: Settings): Settings {
  return settings.redisUrl === undefined ? settings : { ...settings, redisUrl: withoutPassword(settings.redisUrl) };
}

function withoutPassword(redisUrl: string): string {
  const url = URL.parse(redisUrl);
  if (url === null) return redisUrl;
  if (url.password !== "") url.password = "***";
  if (url.searchParams.has("password")) url.searchParams.set("password", "***");
  return url.href;
}
