import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { DAY } from "../../src/model/time.ts";
import { pack } from "../../src/search/search.ts";
import { topicList } from "../../workers/topics/topic-list.ts";
import { openPreviews } from "../../workers/web/api-preview.ts";
import { openNewsroom } from "../../workers/web/newsroom.ts";
import { NOON } from "../query/a-placed.ts";
import { aPublisher, temporaryFolder, testSettings } from "../support/test-settings.ts";
import { aBusyDesk, PUBLISHERS } from "./busy-desk.ts";

using folder = temporaryFolder();
const settings = testSettings({ dataDir: folder.path, publishers: PUBLISHERS.map((id) => aPublisher(id)) });
const list = topicList(settings, { version: 0, topics: new Map(), editing: new Map(), gone: new Map() });
const newsroom = openNewsroom(settings, [], async (placed) => ({ part: pack(placed) }));
newsroom.load(aBusyDesk(6000, 40 * DAY));
await newsroom.search.loaded();

const ofTwo = { id: "zwei", title: "Zwei", description: "Zwei", query: "*", minimumPublishers: 2 };

const open = () => openPreviews({ settings, now: () => NOON }, newsroom, { list: () => list });

test("while a preview is made others have their turns", async () => {
  let [isDone, before] = [false, process.threadCpuUsage()];
  const made = open()(ofTwo).finally(() => {
    isDone = true;
  });
  const turns: number[] = [];
  do {
    await setImmediate();
    const { user, system } = process.threadCpuUsage(before);
    before = process.threadCpuUsage();
    turns.push((user + system) / 1000);
  } while (!isDone);

  expect(await made).toMatchObject({ before: 0, added: { total: expect.any(Number) } });
  const all = turns.reduce((sum, turn) => sum + turn, 0);
  expect(Math.max(...turns)).toBeLessThan(all / 2);
});

test("one preview is made at a time: another is told to come again, and may when it is done", async () => {
  const preview = open();

  const [first, second, wrong] = await Promise.all([preview(ofTwo), preview(ofTwo), preview({ ...ofTwo, sise: 1 })]);

  expect(second).toMatchObject({ kind: "refused", why: "busy" });
  expect(wrong).toMatchObject({ kind: "refused", why: "broken" });
  expect(first).not.toHaveProperty("kind");
  expect(await preview(ofTwo)).toEqual(first);
});
