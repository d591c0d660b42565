import { expect, test } from "vitest";
import { feedId } from "../../src/model/ids.ts";
import { openIllFeeds } from "../../workers/poll/ill-feeds.ts";

function lines(count: number) {
  const said: (readonly [facts: unknown, event: unknown])[] = [];
  {
    using ill = openIllFeeds({ warn: (facts: unknown, event: unknown) => void said.push([facts, event]) });
    for (let n = 0; n < count; n++) ill.tell({ feed: feedId(`feed-${n}`), health: "failing", error: "no network" });
  }
  return said;
}

test("sixty feeds that fall ill at once, as without a network, are one line of the log; one alone is told by name", () => {
  expect(lines(60)).toEqual([
    [
      { feeds: 60, examples: ["feed-0", "feed-1", "feed-2"], error: "no network", hint: "feeds list --ill" },
      "feeds.ill",
    ],
  ]);
  expect(lines(1)).toEqual([[{ feed: "feed-0", health: "failing", error: "no network" }, "feed.ill"]]);
  expect(lines(0)).toEqual([]);
});
