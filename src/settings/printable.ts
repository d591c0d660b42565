import type { Alert } from "../model/alert.ts";
import type { Settings } from "../model/settings.ts";

/** The same settings without secrets: for logs, pages and bug reports. */
export function printable(settings: Settings): Settings {
  const { redisUrl, mail, alerts } = settings;
  return {
    ...settings,
    ...(redisUrl !== undefined && { redisUrl: withoutPassword(redisUrl) }),
    ...(mail?.password !== undefined && { mail: { ...mail, password: HIDDEN } }),
    ...(alerts !== undefined && { alerts: alerts.map(withoutSecret) }),
  };
}

const HIDDEN = "***";

function withoutPassword(redisUrl: string): string {
  const url = URL.parse(redisUrl);
  if (url === null) return redisUrl;
  if (url.password !== "") url.password = HIDDEN;
  if (url.searchParams.has("password")) url.searchParams.set("password", HIDDEN);
  return url.href;
}

function withoutSecret(alert: Alert): Alert {
  const { channel } = alert;
  if (channel.kind === "webhook" && channel.secret !== undefined)
    return { ...alert, channel: { ...channel, secret: HIDDEN } };
  if (channel.kind === "ntfy" && channel.token !== undefined)
    return { ...alert, channel: { ...channel, token: HIDDEN } };
  return alert;
}
