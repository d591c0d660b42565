import { expect, test } from "vitest";
import { HOUR } from "../../src/model/time.ts";
import { hostKeyOf, hostPause } from "../../src/poll/poll.ts";

test.each([
  ["https://www.paper.example/feed", "paper.example"],
  ["https://feeds.news.paper.example:8443/a", "paper.example"],
  ["https://PAPER.example./a", "paper.example"],
  ["https://www.bbc.co.uk/news", "bbc.co.uk"],
  ["https://rss.abc.net.au/x", "abc.net.au"],
  ["https://bbc.co.uk/", "bbc.co.uk"],
  ["https://t.co/a", "t.co"],
  ["https://one.blogs.example/", "blogs.example"],
  ["http://93.184.216.34:8080/", "93.184.216.34"],
  ["http://[2606:4700::1111]/", "[2606:4700::1111]"],
  ["http://127.0.0.1:4001/a", "127.0.0.1:4001"],
  ["http://localhost:4002/a", "localhost:4002"],
  ["https://xn--bcher-kva.example/", "xn--bcher-kva.example"],
])("%s is counted as %s", (url, key) => {
  expect(hostKeyOf(url)).toBe(key);
});

test("only a 429 closes the whole host, for as long as it says or four hours (A-19)", () => {
  expect(hostPause({ kind: "throttled", status: 429, hints: { retryAfter: HOUR } })).toBe(HOUR);
  expect(hostPause({ kind: "throttled", status: 429, hints: {} })).toBe(4 * HOUR);
  expect(hostPause({ kind: "throttled", status: 503, hints: { retryAfter: HOUR } })).toBeUndefined();
  expect(hostPause({ kind: "missing", hints: {} })).toBeUndefined();
});
