import { expect, test } from "vitest";
import { MINUTE } from "../../src/model/time.ts";
import { loadSettings, showProblems } from "../../src/settings/settings.ts";
import { configFolder } from "./config-folder.ts";

const topics = (more: string): string =>
  `topics:\n  - { id: energie, title: Energie, description: Strom und Gas, query: strom*${more} }\n`;

test("a topic says how long a story may wait for a better copy, and how many stories one publisher may lead", () => {
  const loaded = loadSettings(configFolder({ topics: topics(", hold: 10m, mostPerPublisher: 3") }), {});

  expect(loaded).toMatchObject({ settings: { topics: [{ hold: 10 * MINUTE, mostPerPublisher: 3 }] } });
});

test("a topic that says neither waits for nothing and bounds nobody", () => {
  const loaded = loadSettings(configFolder({ topics: topics("") }), {});

  if (loaded.kind === "broken") throw new Error(showProblems(loaded.problems));
  expect(loaded.settings.topics[0]).not.toHaveProperty("hold");
  expect(loaded.settings.topics[0]).not.toHaveProperty("mostPerPublisher");
});

test.each(["hold: soon", "hold: 0m", "mostPerPublisher: 0"])("%s is a problem with its place", (wrong) => {
  const loaded = loadSettings(configFolder({ topics: topics(`, ${wrong}`) }), {});

  if (loaded.kind !== "broken") throw new Error("it was taken");
  expect(showProblems(loaded.problems)).toContain(wrong.split(":", 1)[0]);
});
