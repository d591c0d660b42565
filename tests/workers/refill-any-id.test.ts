import { expect, test } from "vitest";
import { MINUTE } from "../../src/model/time.ts";
import { refill } from "../../workers/topics/refill.ts";
import { topicList } from "../../workers/topics/topic-list.ts";
import { openWorld } from "../../workers/world.ts";
import { aTopic, temporaryFolder, testSettings } from "../support/test-settings.ts";

test("a topic may have any id, and keeps no other one from being made", async () => {
  using folder = temporaryFolder();
  const settings = testSettings({ dataDir: folder.path });
  await using world = await openWorld(settings, "test");
  const fence = (await world.desk.take("one", MINUTE)) ?? 0;
  const topics = [aTopic("constructor", "gold"), aTopic("silber", "silber")];
  const list = topicList(
    { ...settings, topics },
    { version: 0, topics: new Map(), editing: new Map(), gone: new Map() },
  );

  for await (const _ of refill(world, list, fence, new Set()));

  expect(Object.keys(await world.memberships.rules())).toEqual(expect.arrayContaining(["constructor", "silber"]));
});
