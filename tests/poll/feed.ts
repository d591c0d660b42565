import { type Feed, type FeedState, NEW_FEED_STATE } from "../../src/model/feed.ts";
import { feedId, publisherId } from "../../src/model/ids.ts";

export const FEED: Feed = {
  id: feedId("paper"),
  publisher: publisherId("paper"),
  url: "https://paper.example/feed.xml",
  fullContent: false,
};

/** 2026-03-02, a Monday, 12:00 GMT */
export const NOON = Date.UTC(2026, 2, 2, 12);

/** A feed that was read once, from its own address. */
export const polled = (state: Partial<FeedState> = {}): FeedState => ({
  ...NEW_FEED_STATE,
  health: "ok",
  askedUrl: FEED.url,
  polledAt: NOON,
  succeededAt: NOON,
  bodyAt: NOON,
  rate: 1,
  rateAt: NOON,
  ...state,
});
