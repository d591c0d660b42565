import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { HOUR, MINUTE } from "../../src/model/time.ts";
import { loadSettings, printable, showProblems } from "../../src/settings/settings.ts";
import { SECRET } from "../alert/receivers.ts";
import { configFolder } from "./config-folder.ts";

const MAIL = "mail: { host: mail.example, from: 'Ressort <ressort@paper.example>' }";
const topics = (alerts: string, more = "") =>
  `topics:\n  - id: hafen\n    title: Hafen\n    description: Schiffe\n    query: hafen\n${more}    alerts:\n      - ${alerts}\n`;

function load(alerts: string, env: Readonly<Record<string, string>> = {}, ressort = MAIL) {
  const loaded = loadSettings(configFolder({ topics: topics(alerts), ressort }), env);
  const problems = loaded.kind === "broken" ? loaded.problems : loaded.secretProblems;
  if (problems.length > 0 || loaded.kind === "broken") throw new Error(showProblems(problems));
  return loaded;
}
const channelOf = (...given: Parameters<typeof load>) => load(...given).settings.alerts?.[0]?.channel;

function fileWith(text: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), "ressort-secret-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(path.join(folder, "secret"), text);
  return path.join(folder, "secret");
}

describe("an alert", () => {
  test("needs no more than where to; people get twenty messages an hour at the most, programs all", () => {
    const { settings } = load(
      "{ webhook: 'https://desk.example/hook' }\n      - { email: desk@paper.example }\n      - { ntfy: 'https://ntfy.sh/hafen-alarm', priority: 4 }",
    );

    expect(settings.alerts).toMatchObject([
      { topic: "hafen", only: "new", channel: { kind: "webhook", url: "https://desk.example/hook" } },
      { topic: "hafen", channel: { kind: "email", to: "desk@paper.example" }, atMost: { count: 20, per: HOUR } },
      { topic: "hafen", channel: { kind: "ntfy", url: "https://ntfy.sh/hafen-alarm", priority: 4 } },
    ]);
    expect(settings.alerts?.[0]).not.toHaveProperty("atMost");
    expect(settings.topics[0]).not.toHaveProperty("alerts");
    expect(settings.mail).toEqual({
      host: "mail.example",
      port: 587,
      secure: false,
      from: "Ressort <ressort@paper.example>",
    });
  });

  test("has measure, quiet hours, and a time to collect", () => {
    const { settings } = load(
      "{ webhook: 'https://desk.example/', only: revised, atMost: 5/m, quiet: '22:30-06:00 Europe/Vienna', digest: 15m }",
    );

    expect(settings.alerts?.[0]).toMatchObject({
      only: "revised",
      atMost: { count: 5, per: MINUTE },
      quiet: { from: 22 * 60 + 30, to: 6 * 60, timeZone: "Europe/Vienna" },
      digest: 15 * MINUTE,
    });
  });

  test("keeps its id when all but topic, destination and kind of news changes", () => {
    const id = (alert: string, env = {}) => load(alert, env).settings.alerts?.[0]?.id;
    const hook = "webhook: 'https://desk.example/hook'";

    expect(id(`{ ${hook} }`)).toMatch(/^hafen-[\da-f]{16}$/);
    expect(id(`{ ${hook}, digest: 1h, secretFrom: RESSORT_SECRET_DESK }`, { RESSORT_SECRET_DESK: SECRET })).toBe(
      id(`{ ${hook} }`),
    );
    expect(id(`{ ${hook}, only: revised }`)).not.toBe(id(`{ ${hook} }`));
    expect(id("{ webhook: 'https://desk.example/other' }")).not.toBe(id(`{ ${hook} }`));
  });
});

describe("secrets", () => {
  const signed = "{ webhook: 'https://desk.example/', secretFrom: RESSORT_SECRET_DESK }";

  test("come from the environment, or from a file that it names, and are known names there", () => {
    const { settings, warnings } = load(signed, { RESSORT_SECRET_DESK: SECRET });

    expect(settings.alerts?.[0]?.channel).toMatchObject({ secret: SECRET });
    expect(warnings.join()).not.toContain("RESSORT_SECRET_DESK");
    expect(channelOf(signed, { RESSORT_SECRET_DESK_FILE: fileWith(`${SECRET}\n`) })).toMatchObject({ secret: SECRET });
    expect(
      channelOf("{ ntfy: 'https://ntfy.example/a', tokenFrom: RESSORT_SECRET_N }", { RESSORT_SECRET_N: "tk_1" }),
    ).toMatchObject({ token: "tk_1" });
  });

  test("that are not here are no problem of the settings, but of who sends alerts", () => {
    const folder = configFolder({ topics: topics(signed), ressort: MAIL });

    const loaded = loadSettings(folder, {});
    const worse = loadSettings(configFolder({ topics: topics(signed), ressort: "titel: x" }), {});

    expect(loaded).toMatchObject({
      kind: "settings",
      secretProblems: [{ path: "topics[0].alerts[0].secretFrom", message: "RESSORT_SECRET_DESK is not set" }],
    });
    expect(worse).toMatchObject({ kind: "broken", problems: [{ path: "titel" }] });
  });

  test("of the mail server, too; with the rest of mail, if need be", () => {
    const env = { RESSORT_SMTP_HOST: "mail.example", RESSORT_SMTP_PORT: "465", RESSORT_SMTP_SECURE: "true" };
    const more = { RESSORT_SMTP_USER: "ressort", RESSORT_SMTP_FROM: "ressort@paper.example" };
    const { settings } = load(
      "{ email: desk@paper.example }",
      { ...env, ...more, RESSORT_SMTP_PASSWORD_FILE: fileWith("geheim\n") },
      "",
    );

    expect(settings.mail).toEqual({
      ...{ host: "mail.example", port: 465, secure: true, user: "ressort", password: "geheim" },
      from: "ressort@paper.example",
    });
  });

  test("are never printed", () => {
    const { settings } = load(`${signed}\n      - { ntfy: 'https://ntfy.example/a', tokenFrom: RESSORT_SECRET_N }`, {
      RESSORT_SECRET_DESK: SECRET,
      RESSORT_SECRET_N: "tk_geheim",
      RESSORT_SMTP_PASSWORD: "geheim",
    });

    const text = JSON.stringify(printable(settings));
    expect(text).not.toContain("geheim");
    expect(text).not.toContain(SECRET);
    expect(text).toContain("***");
  });
});

describe("an alert that is wrong", () => {
  test.each<[alerts: string, words: string, env?: Record<string, string>]>([
    ["{ only: new }", "alerts[0]: says not where to; write one of webhook, email and ntfy"],
    ["{ email: a@b.example, webhook: 'https://b.example' }", "alerts[0]: has 2 destinations"],
    ["{ webhook: 'https://b.example', secret: abc }", "alerts[0].secret: this key means nothing here"],
    ["{ email: a@b.example, priority: 4 }", "alerts[0].priority: belongs to ntfy only; take it out"],
    ["{ email: 'A <a@b.example>' }", "is no e-mail address; write one address: desk@example.org"],
    ["{ ntfy: 'https://ntfy.sh/' }", "names no ntfy topic; write the server and the topic"],
    ["{ webhook: 'ftp://x.example' }", "is no http(s) URL"],
    ["{ webhook: 'https://b.example', atMost: 20 per hour }", '"20 per hour" is no measure; write how many messages'],
    [
      "{ webhook: 'https://b.example', quiet: 22-6 }",
      '"22-6" are no quiet hours; write from and to on a 24-hour clock',
    ],
    ["{ webhook: 'https://b.example', quiet: '22:00-06:00 Mitte/Berlin' }", "are no quiet hours"],
    [
      "{ webhook: 'https://b.example', secretFrom: REDIS_URL }",
      '"REDIS_URL" is no name of a secret; write the name of an environment variable that begins with RESSORT_SECRET_',
    ],
    [
      "{ webhook: 'https://b.example', secretFrom: RESSORT_SECRET_A }",
      "alerts[0].secretFrom: RESSORT_SECRET_A is not set; set it, or RESSORT_SECRET_A_FILE",
    ],
    ["{ webhook: 'https://b.example', secretFrom: RESSORT_SECRET_A }", "make one: echo", { RESSORT_SECRET_A: "kurz" }],
    [
      "{ webhook: 'https://b.example', secretFrom: RESSORT_SECRET_A }",
      "cannot be read",
      { RESSORT_SECRET_A_FILE: "/nowhere" },
    ],
    [
      "{ webhook: 'https://b.example' }\n      - { webhook: 'https://b.example' }",
      "alerts[1].webhook: is told of this topic already",
    ],
  ])("is named with what would be right: %s", (alerts, words, env = {}) => {
    expect(() => load(alerts, env)).toThrow(words);
    expect(() => load(alerts, env)).not.toThrow("kurz");
  });

  test("by e-mail needs a mail server", () => {
    expect(() => load("{ email: a@b.example }", {}, "")).toThrow(
      "alerts[0].email: no mail server is known; add mail: { host, from } to ressort.yaml",
    );
  });
});
