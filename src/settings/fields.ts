import { isIP } from "node:net";
import { z } from "zod";
import { feedId, publisherId, SLUG, sectionId, topicId } from "../model/ids.ts";
import { type Duration, parseDuration } from "../model/time.ts";
import { showValue } from "./problem.ts";

/** The kinds of value that config/ is made of. Each says what is wrong and, in `params.hint`, what would be right. */
export const text = z
  .string()
  .refine((value) => value.trim() !== "", {
    error: "is empty",
    params: { hint: "write a text, or take the line out" },
  })
  .refine((value) => value.isWellFormed() && !UNPRINTABLE.test(value), {
    error: "has characters that no feed can carry",
    params: { hint: "take out what is neither letter, sign nor blank: control characters, halves of a pair" },
  });

/** Those that XML 1.0 has no place for, not even as references, beside lone surrogates. */
const UNPRINTABLE = /[^\P{Cc}\t\n\r\u0080-\u009f]|[\ufffe\uffff]/u;

export const texts = z.array(text);

export const slugs = {
  feed: slug(feedId),
  publisher: slug(publisherId),
  section: slug(sectionId),
  topic: slug(topicId),
  prefix: slug((text) => text),
};

function slug<Id extends string>(brand: (text: string) => Id) {
  return checked(
    (value) => (SLUG.test(value) ? brand(value) : undefined),
    "is no id",
    'use a-z, 0-9 and "-", at most 64 characters, for example "neue-zuercher"',
  ).meta({ pattern: SLUG.source });
}

/** http or https, without user name or password: it is shown to readers and sent to publishers. */
export const webUrl = checked(
  (value) => (isWebUrl(value) ? value : undefined),
  "is no http(s) URL",
  "write https://…, without blanks, user name or password",
).meta({ format: "uri", pattern: "^https?://" });

/** A password may stand in it, so the message does not repeat it. */
export const redisUrl = z.string().refine(isRedisUrl, {
  error: "this is no Redis URL",
  params: { hint: "write redis://host:6379/0, rediss://… or the path of a unix socket" },
});

/** It goes into a header. The message does not repeat it. */
export const secret = z.string().refine((value) => /^[!-~]+$/.test(value), {
  error: "this is no token",
  params: { hint: "use letters, digits and signs without blanks, best of all: openssl rand -hex 32" },
});

export const duration = checked(
  (value): Duration | undefined => parseDuration(value) || undefined,
  "is no length of time",
  "use a whole number above 0 and s, m, h, d or w: 90s, 15m, 2h, 7d",
).meta({ pattern: "^[0-9]{1,6} ?[smhdw]$" });

/** "07:00" */
export const clockTime = checked(
  (value) => (/^([01]\d|2[0-3]):[0-5]\d$/.test(value) ? value : undefined),
  "is no time of day",
  'use hours and minutes, in quotes: "07:00", "18:30"',
).meta({ pattern: "^([01][0-9]|2[0-3]):[0-5][0-9]$", examples: ["07:00"] });

/** IANA. */
export const timeZone = checked(
  (value) => (isTimeZone(value) ? value : undefined),
  "is no time zone",
  "use a name of the IANA list: Europe/Berlin, Europe/London, UTC",
).meta({ examples: ["Europe/Berlin", "UTC"] });

/** BCP 47, kept in lower case: "de", "de-at". */
export const language = checked(
  (value) => (/^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(value) ? value.toLowerCase() : undefined),
  "is no language tag",
  "use BCP 47: de, en, de-AT",
).meta({ examples: ["de", "en", "de-AT"] });

export const country = checked(
  (value) => (/^[A-Z]{2}$/.test(value) ? value : undefined),
  "is no country code",
  "use two capital letters (ISO 3166-1): DE, AT, CH, GB",
).meta({ pattern: "^[A-Z]{2}$" });

/** 1 speaks first. */
export const rank = z.int().min(1).max(1000);

export const tcpPort = z.int().min(0).max(65_535);

export const network = checked(
  (value) => (isNetwork(value) ? value : undefined),
  "is no network",
  "use CIDR: 127.0.0.0/8, 10.1.2.3/32 or ::1/128",
);

export const nat64Prefix = checked(
  (value) => (isNetwork(value) && value.includes(":") && value.endsWith("/96") ? value : undefined),
  "is no NAT64 prefix",
  "use the /96 of your gateway: 64:ff9b::/96",
);

export const mediaTopic = checked(
  (value) => (/^\d{8}$/.test(value) ? value : undefined),
  "is no IPTC Media Topic code",
  'use its eight digits, in quotes: "04000000"',
).meta({ pattern: "^[0-9]{8}$" });

/** A text that is turned into a value once, or named with what is wrong and what would be right. */
export function checked<Value>(parse: (text: string) => Value | undefined, wrong: string, hint: string) {
  return z.string().transform((input, context): Value => {
    const value = parse(input);
    if (value !== undefined) return value;
    context.issues.push({ code: "custom", input, message: `${showValue(input)} ${wrong}`, params: { hint } });
    return z.NEVER;
  });
}

function isWebUrl(value: string): boolean {
  const url = URL.parse(value);
  if (url === null || /\s/.test(value)) return false;
  return /^https?:$/.test(url.protocol) && url.hostname !== "" && url.username === "" && url.password === "";
}

function isTimeZone(value: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: value });
    return true;
  } catch {
    return false;
  }
}

function isRedisUrl(value: string): boolean {
  return value.startsWith("/") || /^rediss?:$/.test(URL.parse(value)?.protocol ?? "");
}

function isNetwork(value: string): boolean {
  const [address = "", bits = "", ...more] = value.split("/");
  const longest = { 4: 32, 6: 128 }[isIP(address)];
  return longest !== undefined && more.length === 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= longest;
}
