import { parseOpml } from "feedsmith";
import { expect, test } from "vitest";
import { sectionId, topicId } from "../../src/model/ids.ts";
import { opml, subscriptionsOpml } from "../../src/publish/publish.ts";
import { readXml } from "../../src/publish/xml.ts";
import { site, topic } from "./press.ts";

test("what we publish is listed by kind, each feed with its page", () => {
  // given
  const section = {
    ...topic,
    id: topicId("ressort-wirtschaft"),
    title: "Wirtschaft",
    section: sectionId("wirtschaft"),
  };

  // when
  const { body } = parseOpml(opml([section, topic], site));

  // then
  expect(body?.outlines?.map(({ text }) => text)).toEqual(["Themen", "Ressorts"]);
  expect(body?.outlines?.[0]?.outlines).toMatchObject([
    {
      type: "rss",
      title: "Energie & Klima",
      language: "de",
      xmlUrl: "https://feeds.example.org/topics/energie.rss",
      htmlUrl: "https://feeds.example.org/topics/energie",
    },
  ]);
  expect(body?.outlines?.[1]?.outlines?.[0]?.xmlUrl).toBe("https://feeds.example.org/sections/wirtschaft.rss");
});

test("what we poll is listed by publisher, at the very addresses that are polled", () => {
  const { body } = parseOpml(subscriptionsOpml(site));

  expect(body?.outlines?.map(({ text }) => text)).toEqual(["Elbbote", "Isarblatt"]);
  expect(body?.outlines?.[0]?.outlines).toMatchObject([
    {
      text: "Elbbote: Wirtschaft",
      xmlUrl: "https://elbbote.example/wirtschaft.rss?a=1&b=2",
      htmlUrl: "https://elbbote.example/",
    },
  ]);
});

test("a title may say anything", () => {
  const wild = { ...topic, title: '<a "b" & ]]>\u0007\ud800', description: "\uffff" };

  expect(readXml(opml([wild], { ...site, title: "\u0000<&" })).kind).toBe("read");
  expect(readXml(subscriptionsOpml({ ...site, title: "\u0000<&" })).kind).toBe("read");
});

test("ten thousand feeds are listed in less than two seconds", () => {
  const [feed] = site.feeds;
  const feeds = Array.from({ length: 10_000 }, (_, n) => ({ ...feed, url: `https://elbbote.example/${n}.rss` }));

  const started = performance.now();
  const { body } = parseOpml(subscriptionsOpml({ ...site, feeds: feeds as typeof site.feeds }));

  expect(body?.outlines?.[0]?.outlines).toHaveLength(10_000);
  expect(performance.now() - started).toBeLessThan(2000);
});
