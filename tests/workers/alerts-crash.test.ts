import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { alertStore } from "../../src/adapters/alert-store.ts";
import { compressed } from "../../src/adapters/compress.ts";
import { openWorld, type World } from "../../workers/world.ts";
import { anAlert, isGenuine, SECRET } from "../alert/receivers.ts";
import { documentsOf, entry, site, topic, topicFeed } from "../publish/press.ts";
import { openPublisher } from "../support/publisher-server.ts";
import { openTestRedis } from "../support/test-redis.ts";
import { eventually, ROOT, testSettings } from "../support/test-settings.ts";

test("a worker that is killed after its message was taken, and before it knows, loses nothing: the next one sends it again with the same id", {
  timeout: 90_000,
}, async () => {
  // given a receiver during whose answer the sender dies
  await using redis = await openTestRedis();
  await using receiver = await openPublisher();
  const alert = anAlert("energie", { kind: "webhook", url: receiver.url("/hook"), secret: SECRET });
  const own = { ...redis.home, topics: [topic], alerts: [alert] };
  const settings = testSettings({ ...site, feeds: [], sections: [], ...own });
  const file = path.join(redis.home.dataDir, "settings.json");
  writeFileSync(file, JSON.stringify(settings));
  await using world = await openWorld(settings, "test");
  const workers: ChildProcess[] = [];
  receiver.answer("/hook", (_, response) => workers[0]?.kill("SIGKILL") && response.end("thank you"), { status: 204 });

  try {
    await publish(world, 1);
    workers.push(startWorker(file));
    await publish(world, 1, 2);
    await once(workers[0] as ChildProcess, "exit");
    expect(receiver.requests).toHaveLength(1);

    // when others work
    workers.push(startWorker(file));
    await eventually("the same again", () => receiver.requests[1], 60_000);
    const store = alertStore(world.redis, world.keys);
    await eventually("nothing owed", async () => ((await store.waiting(alert.id)) === 0 ? true : undefined));
    await publish(world, 1, 2, 3);
    await eventually("the next story", () => receiver.requests[2]);

    // then
    const ids = receiver.requests.map(({ headers }) => headers["webhook-id"]);
    const titles = receiver.requests.map(({ body }) =>
      JSON.parse(body).stories.map(({ title }: { title: string }) => title),
    );
    expect(titles).toEqual([["Meldung 2"], ["Meldung 2"], ["Meldung 3"]]);
    expect(ids[1]).toBe(ids[0]);
    expect(ids[2]).not.toBe(ids[0]);
    expect(receiver.requests.every(({ headers, body }) => isGenuine(headers, body))).toBe(true);
  } finally {
    for (const worker of workers) worker.kill("SIGKILL");
  }
});

/** What rendering would have put in the place of the last documents. */
async function publish(world: World, ...numbers: readonly number[]): Promise<void> {
  const stories = numbers.map((n) =>
    entry({ iri: `https://elbbote.example/${n}`, title: `Meldung ${n}`, permalink: `https://elbbote.example/${n}` }),
  );
  const documents = await Promise.all(Object.values(documentsOf(topicFeed(...stories))).map(compressed));
  await world.documents.swap({ topic: topic.id, touchCount: "0", documents, announced: [] });
}

function startWorker(file: string): ChildProcess {
  const script = path.join(ROOT, "tests", "support", "role-process.ts");
  return spawn(process.execPath, [script, file, "work"], { stdio: ["ignore", "ignore", "inherit"] });
}
