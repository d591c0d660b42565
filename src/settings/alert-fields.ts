import { z } from "zod";
import { type Duration, HOUR, MINUTE } from "../model/time.ts";
import { checked, duration, text, webUrl } from "./fields.ts";

/** Secrets have a namespace of their own, so that a slip in topics.yaml cannot send another variable's value away. */
const SECRET_NAME = /^RESSORT_SECRET_[A-Z0-9_]{1,64}$/;

const secretName = checked(
  (value) => (SECRET_NAME.test(value) && !value.endsWith("_FILE") ? value : undefined),
  "is no name of a secret",
  "write the name of an environment variable that begins with RESSORT_SECRET_, never the secret itself",
).meta({ pattern: SECRET_NAME.source });

/** One address, without a name: it ends up in a header. */
const mailAddress = checked(
  (value) => (/^[^\s<>()[\]\\,;:"@]{1,64}@[a-z0-9.-]{1,255}$/i.test(value) ? value : undefined),
  "is no e-mail address",
  "write one address: desk@example.org",
).meta({ format: "email" });

/** "Ressort <ressort@example.org>" or the address alone. */
const mailSender = checked(
  (value) =>
    /^(?:[^\p{Cc}<>@"]{1,100} <[^\s<>@]{1,64}@[^\s<>@]{1,255}>|[^\s<>@]{1,64}@[^\s<>@]{1,255})$/u.test(value)
      ? value
      : undefined,
  "is no sender",
  "write ressort@example.org, or: Ressort <ressort@example.org>",
);

const ntfyUrl = webUrl.refine(
  (value) => /^[-_A-Za-z0-9]{1,64}$/.test(new URL(value).pathname.split("/").at(-1) ?? ""),
  {
    error: "names no ntfy topic",
    params: { hint: "write the server and the topic: https://ntfy.sh/my-topic" },
  },
);

const RATE_UNITS: Readonly<Record<string, Duration>> = { m: MINUTE, h: HOUR, d: 24 * HOUR };

const rate = checked(
  (value) => {
    const [, count, unit = ""] = /^([1-9]\d{0,2})\/([mhd])$/.exec(value.replaceAll(" ", "")) ?? [];
    const per = RATE_UNITS[unit];
    return count === undefined || per === undefined ? undefined : { count: Number(count), per };
  },
  "is no measure",
  "write how many messages in a minute, an hour or a day: 20/h",
).meta({ pattern: "^[1-9][0-9]{0,2} ?/ ?[mhd]$" });

const quietHours = checked(
  (value) => quietOf(value),
  "are no quiet hours",
  "write from and to on a 24-hour clock, and a time zone where it is not yours: 22:00-06:00 Europe/Berlin",
);

/** @returns undefined where the text is none; without a zone it is that of the program (TZ) */
function quietOf(value: string) {
  const [, from = "", to = "", zone] = /^(\d\d:\d\d) ?- ?(\d\d:\d\d)(?: ([\w/+-]{1,64}))?$/.exec(value.trim()) ?? [];
  const [start, end] = [minutesOf(from), minutesOf(to)];
  const timeZone = zone ?? new Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (start === undefined || end === undefined || start === end || !isTimeZone(timeZone)) return undefined;
  return { from: start, to: end, timeZone };
}

function minutesOf(clock: string): number | undefined {
  const [hours, minutes] = clock.split(":").map(Number);
  return hours !== undefined && minutes !== undefined && hours < 24 && minutes < 60 ? hours * 60 + minutes : undefined;
}

function isTimeZone(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone });
    return true;
  } catch {
    return false;
  }
}

const DESTINATIONS = ["webhook", "email", "ntfy"] as const;
/** Which options belong to which destination only. */
const OWN = { secretFrom: "webhook", tokenFrom: "ntfy", priority: "ntfy" } as const;

/** One channel of a topic. */
export const alert = z
  .strictObject({
    webhook: webUrl.exactOptional().describe("a JSON POST for each message, by the rules of Standard Webhooks"),
    secretFrom: secretName
      .exactOptional()
      .describe("the environment variable with the key that webhooks are signed with"),
    email: mailAddress.exactOptional().describe("needs mail in ressort.yaml"),
    ntfy: ntfyUrl.exactOptional().describe("the server and the topic: https://ntfy.sh/my-topic"),
    tokenFrom: secretName
      .exactOptional()
      .describe("the environment variable with the access token, where ntfy wants one"),
    priority: z.int().min(1).max(5).exactOptional().describe("ntfy's: 1 is silent, 5 insists; default: 3"),
    only: z
      .enum(["new", "revised"])
      .default("new")
      .describe("new: stories that the feed tells for the first time; revised: what publishers put right in them"),
    atMost: rate
      .exactOptional()
      .describe("messages, 20/h; what comes then is told in one. default: 20/h, of webhooks any number"),
    quiet: quietHours.exactOptional().describe("22:00-06:00 Europe/Berlin: what comes then is told in one afterwards"),
    digest: duration.exactOptional().describe("collect so long, then tell in one: 15m"),
  })
  .superRefine((value, context) => {
    const given = DESTINATIONS.filter((name) => value[name] !== undefined);
    if (given.length !== 1) {
      const message = given.length === 0 ? "says not where to" : `has ${given.length} destinations`;
      const hint = "write one of webhook, email and ntfy; each channel is a line of its own";
      context.addIssue({ code: "custom", message, params: { hint } });
    }
    for (const [option, owner] of Object.entries(OWN) as [keyof typeof OWN, (typeof DESTINATIONS)[number]][])
      if (value[option] !== undefined && value[owner] === undefined)
        context.addIssue({
          ...{ code: "custom", path: [option], message: `belongs to ${owner} only` },
          params: { hint: "take it out" },
        });
  });

export const mail = z.strictObject({
  host: text.describe("the mail server that takes our mails"),
  port: z.int().min(1).max(65_535).default(587),
  secure: z
    .boolean()
    .default(false)
    .describe("true: TLS at once (port 465); false: STARTTLS, a must where there is a user"),
  user: text.exactOptional(),
  password: text
    .exactOptional()
    .describe("better in RESSORT_SMTP_PASSWORD, or a file that RESSORT_SMTP_PASSWORD_FILE names"),
  from: mailSender.describe("Ressort <ressort@example.org>"),
});
