import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { documentPathOf, publishForm, pushHeaders, questionTo, readHubRequest, wished } from "../../src/hub/hub.ts";
import { DAY } from "../../src/model/time.ts";

const HOME = "https://feeds.example.org";

function form(own: Readonly<Record<string, string>>): string {
  const topic = `${HOME}/topics/energie.rss`;
  const all = { mode: "subscribe", topic, callback: "https://reader.example/cb", ...own };
  return Object.entries(all)
    .map(([name, value]) => `hub.${name}=${encodeURIComponent(value)}`)
    .join("&");
}

describe("B-18: a request to our hub", () => {
  test("is read with all that it says, and nothing that it does not say", () => {
    expect(readHubRequest(form({ secret: "s", lease_seconds: "86400", verify: "async" }))).toEqual({
      kind: "subscribe",
      topic: `${HOME}/topics/energie.rss`,
      callback: "https://reader.example/cb",
      secret: "s",
      lease: DAY,
    });
    expect(readHubRequest(form({ mode: "unsubscribe", secret: "" }))).not.toHaveProperty("secret");
    expect(readHubRequest("hub.mode=publish&hub.url=x")).toEqual({ kind: "publish" });
  });

  test("of a secret counts the bytes", () => {
    expect(readHubRequest(form({ secret: "ä".repeat(99) })).kind).toBe("subscribe");
    expect(readHubRequest(form({ secret: "ä".repeat(100) })).kind).toBe("bad");
  });

  test("of any kind is an answer, and what is taken can be asked back", () => {
    const pieces = fc.constantFrom(
      ..."hub. mode topic callback secret = & % subscribe https://a.example/ ? # @ : \u0000 ä".split(" "),
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), fc.webUrl({ withQueryParameters: true }), (parts, callback) => {
        expect(readHubRequest(parts.join("")).kind).toMatch(/^(bad|publish|subscribe|unsubscribe)$/);
        const request = readHubRequest(form({ callback }));
        if (request.kind !== "subscribe") return;
        const one = wished({ id: "i", path: "topics/energie.rss", host: "h" }, request, 0);
        const question = new URL(questionTo(one, "c&c"));
        expect(question.href.startsWith(new URL(callback).href.replace(/\?$/, ""))).toBe(true);
        expect(question.searchParams.getAll("hub.challenge")).toEqual(["c&c"]);
        expect(question.searchParams.get("hub.topic")).toBe(request.topic);
      }),
    );
  });
});

describe("a topic", () => {
  test.each([
    ["/topics/energie.rss", "topics/energie.rss"],
    ["/topics/energie.rss/", "topics/energie.rss"],
    ["/sections/politik.json", "sections/politik.json"],
    ["/topics/energie/corrections.atom", "topics/energie/corrections.atom"],
    ["/topics/x/../energie.rss", "topics/energie.rss"],
    ["/topics/energie", undefined],
    ["/topics/energie.rss?format=full", undefined],
    ["/topics/energie/archive/3.rss", undefined],
    ["/search.rss?q=gold", undefined],
    ["/websub/token", undefined],
  ])("%s is %s", (path, expected) => {
    expect(documentPathOf(HOME + path, HOME)).toBe(expected);
  });

  test("is ours in other spellings of our address, and under a path of ours; no one else's", () => {
    expect(documentPathOf("HTTP://Feeds.Example.org/topics/a.rss", HOME)).toBe("topics/a.rss");
    expect(documentPathOf(`${HOME}/news/topics/a.rss`, `${HOME}/news`)).toBe("topics/a.rss");
    expect(documentPathOf(`${HOME}/topics/a.rss`, `${HOME}/news`)).toBeUndefined();
    expect(documentPathOf("https://feeds.example.org.evil.example/topics/a.rss", HOME)).toBeUndefined();
    expect(documentPathOf("topics/a.rss", HOME)).toBeUndefined();
  });
});

test("a push names hub and topic, and is signed only with a secret", () => {
  const push = { body: Buffer.from("Grüße"), contentType: "text/plain", self: `${HOME}/a.rss`, hub: `${HOME}/hub` };

  expect(pushHeaders(push)).toEqual({
    "content-type": "text/plain",
    link: `<${HOME}/hub>; rel="hub", <${HOME}/a.rss>; rel="self"`,
  });
  // printf 'Grüße' | openssl dgst -sha256 -hmac geheim
  expect(pushHeaders({ ...push, secret: "geheim" })["x-hub-signature"]).toBe(
    "sha256=ed9720fb38ffe3f562e274be20af8f0775408dbdbf0380c95c63a027d1152a4a",
  );
});

test("another hub is told in the form that all of them take", () => {
  expect(Object.fromEntries(new URLSearchParams(publishForm(`${HOME}/topics/a.rss`)))).toEqual({
    "hub.mode": "publish",
    "hub.url": `${HOME}/topics/a.rss`,
    "hub.topic": `${HOME}/topics/a.rss`,
  });
});
