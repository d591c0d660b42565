import { describe, expect, test } from "vitest";
import { mailOf, ntfyRequest, sampleDispatch, webhookRequest } from "../../src/alert/alert.ts";
import type { AlertId } from "../../src/model/alert.ts";
import { HOUR } from "../../src/model/time.ts";
import { aTopic } from "../support/test-settings.ts";
import { aStory, messageOf, NOON, topic } from "./press.ts";
import { isGenuine, SECRET } from "./receivers.ts";

const english = aTopic("harbour", "harbour", { title: "Harbours", language: "en-GB" });
const many = (count: number) =>
  Array.from({ length: count }, (_, n) => aStory({ id: `s${n}`, title: `Nachricht ${n}` }));
const ntfy = { kind: "ntfy", url: "https://push.example/hafen-alarm" } as const;
const json = (body: unknown) => JSON.parse(String(body));

describe("a webhook", () => {
  const hook = { kind: "webhook", url: "https://desk.example/hook", secret: SECRET } as const;

  test("tells topic and stories, times in ISO 8601, absent things left out", () => {
    const { url, method, body } = webhookRequest(hook, messageOf([aStory()]), NOON);

    expect([url, method]).toEqual([hook.url, "POST"]);
    expect(json(body)).toEqual({
      type: "alert.new",
      timestamp: "2026-03-02T12:00:00.000Z",
      topic: {
        id: "hafen",
        title: "Häfen & Schiffe",
        url: "https://feeds.example.org/topics/hafen",
        feed: "https://feeds.example.org/topics/hafen.json",
      },
      stories: [
        {
          id: "https://bote.example/1",
          title: "Fähre läuft wieder aus",
          url: "https://bote.example/1?a=1&b=2",
          publisher: "Der Bote",
          publishedAt: "2026-03-02T11:00:00.000Z",
          updatedAt: "2026-03-02T12:00:00.000Z",
          section: "Politik",
          teaser: "Nach neun Wochen im Trockendock.",
          story: "https://feeds.example.org/stories/s1",
          others: [{ publisher: "Kurier", title: "Die Fähre fährt", url: "https://kurier.example/2" }],
        },
      ],
    });
  });

  test("is signed by the rules of Standard Webhooks, at every try anew and with the same id", () => {
    const first = webhookRequest(hook, messageOf([aStory()]), NOON);
    const later = webhookRequest(hook, messageOf([aStory()]), NOON + HOUR);

    for (const { headers, body } of [first, later]) expect(isGenuine(headers, String(body))).toBe(true);
    expect(isGenuine(first.headers, `${first.body} `)).toBe(false);
    expect(first.headers["webhook-timestamp"]).toBe(String(NOON / 1000));
    expect(later.headers["webhook-id"]).toBe(first.headers["webhook-id"]);
    expect(later.headers["webhook-signature"]).not.toBe(first.headers["webhook-signature"]);
  });

  test("without a secret is not signed; a correction and a test say what they are", () => {
    const { headers } = webhookRequest({ kind: "webhook", url: hook.url }, messageOf([aStory()]), NOON);
    const sample = sampleDispatch("hafen-1" as AlertId, topic, "https://feeds.example.org", NOON);

    expect(headers).not.toHaveProperty("webhook-signature");
    expect(json(webhookRequest(hook, messageOf([aStory()], { only: "revised" }), NOON).body).type).toBe(
      "alert.revised",
    );
    expect(json(webhookRequest(hook, { ...messageOf([]), dispatch: sample }, NOON).body).type).toBe("alert.test");
  });
});

describe("a mail", () => {
  test("says in the topic's language who tells what, since when, and who else", () => {
    const { subject, text, html, language } = mailOf(messageOf([aStory()]));

    expect(subject).toBe("[Häfen & Schiffe] Fähre läuft wieder aus");
    expect(text).toContain("Der Bote · 02.03.2026, 12:00 MEZ · Politik");
    expect(text).toContain("Auch bei:\n  Kurier: https://kurier.example/2");
    expect(html).toContain('<a href="https://bote.example/1?a=1&amp;b=2">Fähre läuft wieder aus</a>');
    expect(language).toBe("de");
    expect(mailOf(messageOf([aStory()], { topic: english })).text).toContain("Also at:");
  });

  test("about one story refers to what all mails about that story refer to; its own id is the message's", () => {
    const first = mailOf(messageOf([aStory()]));
    const correction = mailOf(messageOf([aStory({ id: "tag:revision", title: "Korrigiert" })], { only: "revised" }));

    expect(first.thread).toMatch(/^story\.[\da-f]{32}@feeds\.example\.org$/);
    expect(correction.thread).toBe(first.thread);
    expect(correction.messageId).not.toBe(first.messageId);
    expect(mailOf(messageOf([aStory({ storyUrl: "https://feeds.example.org/stories/s2" })])).thread).not.toBe(
      first.thread,
    );
  });

  test("about several says how many, and is a thread of its own", () => {
    const mail = mailOf(messageOf(many(12)));

    expect(mail.subject).toBe("[Häfen & Schiffe] 12 neue Meldungen");
    expect(mailOf(messageOf(many(2), { topic: english, only: "revised" })).subject).toBe("[Harbours] 2 corrections");
    expect(mail).not.toHaveProperty("thread");
    expect(mail.text.match(/Nachricht \d+/g)).toHaveLength(12);
  });

  test("of a digest lists its stories by their titles", () => {
    const daily = { every: "day", at: "07:00", timeZone: "Europe/Berlin", stories: 8 } as const;
    const others = many(8).map(({ title, url, publisher }) => ({ title, url, publisher }));
    const { text, html } = mailOf(messageOf([aStory({ others })], { topic: { ...topic, digest: daily } }));

    expect(text).toContain("Die Meldungen:\n  Nachricht 0 (Der Bote): https://bote.example/1?a=1&b=2\n");
    expect(text).not.toContain("Auch bei:");
    expect(html.match(/Nachricht \d \(Der Bote\)<\/a>/g)).toHaveLength(8);
  });

  test("has no line break in its subject and no markup of publishers' in its page, whatever they write", () => {
    const title = "Sieg\r\nBcc: alle@welt.example\n\n\u0000<script>alert(1)</script>\u2028Ende\ud800";
    const { subject, html, text } = mailOf(messageOf([aStory({ title, teaser: '"><img src=x onerror=alert(2)>' })]));

    expect(subject).not.toMatch(/[\p{Cc}\u2028]/u);
    expect(subject.isWellFormed()).toBe(true);
    expect(html).not.toMatch(/<script|<img/);
    expect(text.split("\n")[0]).toContain("Sieg Bcc: alle@welt.example");
  });

  test("cuts a title that is longer than any", () => {
    expect([...mailOf(messageOf([aStory({ title: "🚢".repeat(900) })])).subject]).toHaveLength(250);
  });
});

describe("a notification by ntfy", () => {
  test("goes to the server's root as JSON, with its topic, a link, and the priority and token that were set", () => {
    const { url, headers, body } = ntfyRequest({ ...ntfy, priority: 5, token: "tk_1" }, messageOf([aStory()]));

    expect([url, headers["authorization"]]).toEqual(["https://push.example/", "Bearer tk_1"]);
    expect(json(body)).toMatchObject({
      topic: "hafen-alarm",
      title: "Fähre läuft wieder aus",
      message: "Der Bote: Nach neun Wochen im Trockendock.",
      click: "https://bote.example/1?a=1&b=2",
      tags: ["newspaper", "hafen"],
      priority: 5,
    });
    expect(json(ntfyRequest(ntfy, messageOf([aStory()])).body)).not.toHaveProperty("priority");
    expect(ntfyRequest({ ...ntfy, url: "https://a.example/push/hafen" }, messageOf([])).url).toBe(
      "https://a.example/push",
    );
  });

  test("sent again takes its own place; a correction is news of its own", () => {
    const id = (message: ReturnType<typeof messageOf>) => json(ntfyRequest(ntfy, message).body).sequence_id;
    const story = messageOf([aStory()]);

    expect(id(messageOf([aStory()]))).toBe(id(story));
    expect(id(messageOf([aStory({ id: "tag:revision" })], { only: "revised" }))).not.toBe(id(story));
    // what the server takes
    expect(id(story)).toMatch(/^[-_A-Za-z0-9]{1,64}$/);
  });

  test("is within the server's 4096 bytes: as many titles as fit, and how many more there are", () => {
    const several = json(
      ntfyRequest(ntfy, messageOf(many(100).map((one) => ({ ...one, title: "Ä".repeat(200) })))).body,
    );
    const single = json(ntfyRequest(ntfy, messageOf([aStory({ teaser: "😀".repeat(3000) })])).body);

    expect(several.title).toBe("Häfen & Schiffe: 100 neue Meldungen");
    expect(several.message).toMatch(/\nund \d+ weitere$/);
    for (const { message } of [several, single]) {
      expect(Buffer.byteLength(message)).toBeLessThan(4096);
      expect(message).not.toContain("\ufffd");
    }
  });
});
