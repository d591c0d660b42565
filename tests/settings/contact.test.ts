import { expect, test } from "vitest";
import { loadSettings } from "../../src/settings/settings.ts";
import { configFolder } from "./config-folder.ts";

const WITH_TOPICS = `topics:
  - { id: wind, title: Wind, description: Wind, query: wind }
  - { id: meer, title: Meer, description: Meer, query: meer }
`;

test("A-26: the user agent says who we are and how to reach us, and tells of no readers that nobody has counted", () => {
  const folder = configFolder({
    ressort: "poll: { contactUrl: https://blatt.example/bot }\n",
    topics: WITH_TOPICS,
  });

  const loaded = loadSettings(folder, { NODE_ENV: "production" });

  expect(loaded).toMatchObject({
    kind: "settings",
    settings: {
      poll: { userAgent: expect.stringMatching(/^Ressort\/\S+ \(\+https:\/\/blatt\.example\/bot\)$/) },
    },
  });
});

test("A-26: in production nothing starts while publishers cannot reach us; elsewhere it is a warning", () => {
  const folder = configFolder();

  expect(loadSettings(folder, { NODE_ENV: "production" })).toMatchObject({
    kind: "broken",
    problems: [{ path: "poll.contactUrl" }],
  });
  expect(loadSettings(folder, {})).toMatchObject({
    kind: "settings",
    warnings: [expect.stringContaining("publishers cannot tell who polls them")],
  });
});
