import { describe, expect, test } from "vitest";
import { HOUR } from "../../src/model/time.ts";
import { hostKeyOf, hostPause, routeOf } from "../../src/poll/poll.ts";

describe("A-17: requests are counted by registrable domain", () => {
  test.each([
    ["https://www.paper.example/feed", "paper.example"],
    ["https://feeds.news.paper.example:8443/a", "paper.example"],
    ["https://PAPER.example./a", "paper.example"],
    ["https://www.bbc.co.uk/news", "bbc.co.uk"],
    ["https://rss.abc.net.au/x", "abc.net.au"],
    ["https://news.paper.com.br/x", "paper.com.br"],
    ["https://www.paper.kawasaki.jp/x", "www.paper.kawasaki.jp"],
    ["https://www.city.kobe.jp/x", "city.kobe.jp"],
    ["https://bbc.co.uk/", "bbc.co.uk"],
    ["https://t.co/a", "t.co"],
    ["http://intranet/feed", "intranet"],
    ["http://93.184.216.34:8080/", "93.184.216.34"],
    ["http://[2606:4700::1111]/", "[2606:4700::1111]"],
    ["http://127.0.0.1:4001/a", "127.0.0.1:4001"],
    ["http://localhost:4002/a", "localhost:4002"],
    ["https://xn--bcher-kva.example/", "xn--bcher-kva.example"],
  ])("%s is counted as %s", (url, key) => {
    expect(hostKeyOf(url)).toBe(key);
  });

  test.each([
    "tumblr.com",
    "blogspot.com",
    "wordpress.com",
    "substack.com",
    "github.io",
    "medium.com",
    "livejournal.com",
  ])("the blogs of %s share its servers and are counted together", (platform) => {
    expect(hostKeyOf(`https://one.${platform}/rss`)).toBe(platform);
    expect(hostKeyOf(`https://two.${platform}/feed`)).toBe(platform);
  });
});

describe("a route", () => {
  test.each([
    ["https://one.tumblr.com/rss", "https://two.tumblr.com/rss"],
    ["https://bridge.example/twitter/user/a", "https://bridge.example/bilibili/user/a"],
    ["https://bridge.example/?action=display&bridge=A&u=1", "https://bridge.example/?action=display&bridge=B&u=1"],
    ["http://home.example:1200/a/b", "http://home.example:8000/a/b"],
    ["https://paper.example/rss.php?id=1", "https://paper.example/rss.php?id=2"],
  ])("of %s is another than that of %s", (one, other) => {
    expect(routeOf(one)).not.toBe(routeOf(other));
    expect(hostKeyOf(one)).toBe(hostKeyOf(other));
  });

  test.each([
    ["https://bridge.example/twitter/user/a", "https://bridge.example/twitter/user/b?limit=3"],
    ["https://bridge.example/?action=display&bridge=A&u=1", "https://bridge.example/?action=display&bridge=A&u=2"],
    ["https://paper.example/feeds/politik", "https://paper.example/feeds/sport#top"],
  ])("of %s is that of %s", (one, other) => {
    expect(routeOf(one)).toBe(routeOf(other));
  });
});

test("A-19: only a 429 closes the whole host, for as long as it says or four hours", () => {
  expect(hostPause({ kind: "throttled", status: 429, hints: { retryAfter: HOUR } })).toBe(HOUR);
  expect(hostPause({ kind: "throttled", status: 429, hints: {} })).toBe(4 * HOUR);
  expect(hostPause({ kind: "throttled", status: 503, hints: { retryAfter: HOUR } })).toBeUndefined();
  expect(hostPause({ kind: "missing", hints: {} })).toBeUndefined();
});
