import { parseRssFeed } from "feedsmith";
import { expect, test } from "vitest";
import { served } from "../serve/served.ts";
import { exampleView } from "../support/example-view.ts";

test.each(["/topics/elbe.rss", "/sections/sport.rss", "/search.rss?q=elb*"])(
  "%s may be kept as long by those who read <ttl> as by those who read Cache-Control",
  async (path) => {
    await using server = await served(await exampleView());

    const { headers, body } = await server.get(path);

    const [, seconds] = /max-age=(\d+)/.exec(String(headers["cache-control"])) ?? [];
    expect(Number(parseRssFeed(body.toString()).ttl) * 60).toBe(Number(seconds));
  },
);
