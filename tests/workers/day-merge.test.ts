import { expect, test } from "vitest";
import type { Placed } from "../../src/model/news.ts";
import { startTestDaemon } from "../support/test-daemon.ts";
import { aFeed, aPublisher, aTopic, eventually, temporaryFolder, testSettings } from "../support/test-settings.ts";
import { openHouse } from "./day-houses.ts";

const FERRY = { guid: "1", path: "/1", title: "Fähre Uthlande strandet vor Amrum im dichten Nebel", at: Date.now() };
const METEORITE = {
  guid: "2",
  path: "/2",
  title: "Meteorit schlägt bei Nördlingen in ein Maisfeld ein",
  at: Date.now(),
};

test("a story that becomes part of one that a topic's subscribers have never seen keeps the id that they know", async () => {
  using folder = temporaryFolder();
  await using house = await openHouse("bote", "127.0.0.1");
  house.pieces = [METEORITE, FERRY];
  house.print();
  const settings = testSettings({
    dataDir: folder.path,
    publishers: [aPublisher("bote")],
    feeds: [aFeed("bote", "bote", house.server.url("/feed"), { language: "de" })],
    topics: [aTopic("himmel", "title:meteorit*")],
  });
  await using daemon = await startTestDaemon(settings);
  await daemon.settled(2);
  const entries = async (): Promise<readonly Entry[]> => {
    const answer = await fetch(`http://127.0.0.1:${daemon.port}/topics/himmel.json`);
    return answer.ok ? ((await answer.json()) as { readonly items: readonly Entry[] }).items : [];
  };
  const [before] = await eventually("the story", async () =>
    (await entries()).length === 1 ? await entries() : undefined,
  );
  const placed: Placed[] = [];
  for await (const batch of daemon.world.items.all()) placed.push(...batch);
  const storyOf = (title: string) => {
    const { item, decision } = placed.find((one) => one.item.title === title) ?? raise(title);
    return { id: decision.story, iri: decision.storyIri, items: [item.id] };
  };

  const correction = { kind: "merge", from: storyOf(METEORITE.title), into: storyOf(FERRY.title) } as const;
  await daemon.world.desk.correct({ kind: "corrected", correction, by: "Frieda", at: Date.now() });

  const [after] = await eventually("the merge", async () => {
    const now = await entries();
    return now[0]?._story.id === correction.into.id ? now : undefined;
  });
  expect(before?.id).toBe(correction.from.iri);
  expect(after?.id).toBe(before?.id);
});

interface Entry {
  readonly id: string;
  readonly _story: { readonly id: string };
}

function raise(what: string): never {
  throw new Error(`no ${what}`);
}
