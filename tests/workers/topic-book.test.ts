import path from "node:path";
import { expect, test } from "vitest";
import { firstOfBlatt, TITLES } from "../support/blatt.ts";
import { openFeedServer } from "../support/feed-server.ts";
import { startTestDaemon } from "../support/test-daemon.ts";
import { aFeed, aPublisher, aTopic, eventually, temporaryFolder, testSettings } from "../support/test-settings.ts";

const TOKEN = "a-long-secret-of-annas";
interface JsonFeed {
  readonly items: readonly { readonly id: string; readonly title: string; readonly date_modified?: string }[];
}

/** A newsroom that read four items of one publisher; its API may be written with TOKEN. */
async function openHouse(stack: AsyncDisposableStack) {
  const folder = stack.use(temporaryFolder());
  const publisher = stack.use(await openFeedServer());
  publisher.put("/feed", firstOfBlatt(4));
  const settings = testSettings({
    dataDir: folder.path,
    api: { tokens: { anna: TOKEN } },
    publishers: [aPublisher("blatt")],
    feeds: [aFeed("blatt", "blatt", publisher.url("/feed"), { language: "de" })],
    topics: [aTopic("alles", "*")],
  });
  const daemon = stack.use(await startTestDaemon(settings));
  await daemon.settled(4);
  const second = stack.use(
    await startTestDaemon({ ...settings, redisUrl: path.join(folder.path, "redis", "redis.sock") }, ["web"]),
  );
  const at = (port: number | undefined) => async (where: string) =>
    await fetch(`http://127.0.0.1:${port}${where}`, { redirect: "manual" });
  const ask = async (method: string, where: string, body?: unknown, headers: Record<string, string> = {}) =>
    await fetch(`http://127.0.0.1:${daemon.port}/api${where}`, {
      method,
      headers: {
        authorization: `Bearer ${TOKEN}`,
        ...(body !== undefined && { "content-type": "application/json" }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
  const get = at(daemon.port);
  const feed = async (topic: string): Promise<JsonFeed | undefined> => {
    const answer = await get(`/topics/${topic}.json`);
    return answer.status === 200 ? ((await answer.json()) as JsonFeed) : undefined;
  };
  return { daemon, second, publisher, get, getOther: at(second.port), ask, feed, folder };
}

test("a topic that is made over the API appears, is edited, renamed and removed, in every process", {
  timeout: 120_000,
}, async () => {
  await using stack = new AsyncDisposableStack();
  const { daemon, get, getOther, ask, feed, publisher } = await openHouse(stack);

  // made: a page and three feeds, in both web processes
  const made = await ask("POST", "/topics", {
    ...{ id: "stadt", title: "Stadt", description: "Was in der Stadt geschieht", query: "imker OR hafen" },
  });
  expect(made.status).toBe(201);
  expect(made.headers.get("location")).toBe("/api/topics/stadt");
  const began = Date.now();
  for (const look of [get, getOther])
    for (const place of ["/topics/stadt", "/topics/stadt.rss", "/topics/stadt.atom", "/topics/stadt.json"])
      await eventually(place, async () => ((await look(place)).status === 200 ? true : undefined));
  console.log(`page and feeds in two processes after ${Date.now() - began} ms`);
  const first = await eventually("its items", async () =>
    (await feed("stadt"))?.items.length === 2 ? feed("stadt") : undefined,
  );
  expect(first?.items.map(({ title }) => title).sort()).toEqual(TITLES.slice(0, 2).toSorted());
  expect(await (await get("/topics/stadt")).text()).toContain("Imker");

  // edited: another title at once, old items that match from now on are no news, new ones are
  const etag = made.headers.get("etag") ?? "";
  expect(
    (await ask("PATCH", "/topics/stadt", { query: "imker OR hafen OR museum OR chor" }, { "if-match": etag })).status,
  ).toBe(200);
  expect((await ask("PUT", "/topics/stadt", { ...{} }, { "if-match": etag })).status).toBe(412);
  await eventually("the page under the new rule", async () =>
    (await (await get("/topics/stadt")).text()).includes("Museum") ? true : undefined,
  );
  publisher.put("/feed", firstOfBlatt(5));
  await eventually("news", async () => {
    await daemon.world.feeds.dueNow(daemon.world.settings.feeds[0]?.id ?? ("" as never), daemon.world.now());
    return (await feed("stadt"))?.items.some(({ title }) => title.includes("Chor")) ? true : undefined;
  });
  const edited = await feed("stadt");
  expect(edited?.items.map(({ title }) => title).join()).not.toContain("Museum");
  expect(edited?.items.filter(({ id }) => first?.items.some((one) => one.id === id))).toEqual(first?.items);

  // acts: first, under another title, out; by name in the log, and seen on the page and in the feeds
  const search = async (q: string) => {
    const { items } = (await (await get(`/api/search?q=${q}`)).json()) as {
      items: readonly { id: string; story: string }[];
    };
    return items[0] ?? { id: "", story: "" };
  };
  const [imker, hafen, chor] = [await search("imker"), await search("hafen"), await search("chor")];
  const pinned = await ask("POST", "/topics/stadt/pins", { item: imker.id, until: "6h" });
  expect([pinned.status, await pinned.json()]).toEqual([200, { pins: [expect.objectContaining({ item: imker.id })] }]);
  expect((await ask("POST", "/topics/stadt/retitles", { item: hafen.id, title: "Rekord im Hafen" })).status).toBe(200);
  expect((await ask("POST", "/topics/stadt/spikes", { story: chor.story })).status).toBe(200);
  await eventually("the acts in the feed", async () => {
    const titles = (await feed("stadt"))?.items.map(({ title }) => title);
    return titles?.join() === "Imker beklagen nasses Frühjahr,Rekord im Hafen" ? true : undefined;
  });
  await eventually("the acts on the other's page", async () =>
    (await (await getOther("/topics/stadt")).text()).includes("Rekord im Hafen") ? true : undefined,
  );
  expect((await feed("stadt"))?.items.map(({ id }) => id)).toEqual(
    expect.arrayContaining(first?.items.map(({ id }) => id) ?? []),
  );
  for (const [kind, item] of [
    ["pins", imker.id],
    ["retitles", hafen.id],
    ["spikes", chor.id],
  ]) {
    expect((await ask("DELETE", `/topics/stadt/${kind}/${item}`)).status).toBe(200);
    expect((await ask("DELETE", `/topics/stadt/${kind}/${item}`)).status).toBe(404);
  }
  const radwege = await search("radwege");
  expect(await (await ask("POST", "/topics/stadt/pins", { item: radwege.id })).json()).toEqual({
    pins: [expect.objectContaining({ item: radwege.id })],
    note: "the query of stadt does not hold for this item: only the pin brings it in",
  });
  expect((await ask("DELETE", `/topics/stadt/pins/${radwege.id}`)).status).toBe(200);
  await eventually("all as before", async () => {
    const titles = (await feed("stadt"))?.items.map(({ title }) => title);
    return titles?.join() === edited?.items.map(({ title }) => title).join() ? true : undefined;
  });
  const preview = await ask("POST", "/topics/preview", {
    ...{ id: "stadt", title: "Stadt", description: "d", query: "imker OR radwege" },
  });
  expect(await preview.json()).toMatchObject({ after: 2, added: { total: 1 }, removed: { total: 3 } });

  // renamed: the old addresses lead to the new ones, and nothing is told anew
  expect((await ask("POST", "/topics/stadt/rename", { to: "ort" })).status).toBe(200);
  for (const look of [get, getOther])
    for (const rest of ["", ".rss", ".atom", ".json"])
      await eventually(`301 of ${rest}`, async () => {
        const answer = await look(`/topics/stadt${rest}`);
        const isMoved = answer.status === 301 && answer.headers.get("location") === `/topics/ort${rest}`;
        return isMoved && answer.headers.get("cache-control")?.includes("max-age=86400") ? true : undefined;
      });
  const renamed = await eventually("its feed", () => feed("ort"));
  expect(renamed.items.map(({ id }) => id)).toEqual(edited?.items.map(({ id }) => id));

  // its old id leads to it: nobody else may have it, but it may go back to it
  const taken = await ask("PUT", "/topics/stadt", { title: "Stadt", description: "Eine andere", query: "chor" });
  expect([taken.status, await taken.text()]).toEqual([409, expect.stringMatching(/leads to .*ort.* since \d{4}-/)]);
  expect((await ask("POST", "/topics/ort/rename", { to: "stadt" })).status).toBe(200);
  expect((await ask("POST", "/topics/stadt/rename", { to: "ort" })).status).toBe(200);

  // removed: gone, never empty
  expect((await ask("DELETE", "/topics/ort")).status).toBe(204);
  for (const look of [get, getOther])
    for (const place of ["ort", "ort.rss", "ort.json", "stadt.atom", "ort/corrections.rss"])
      await eventually(`410 of ${place}`, async () =>
        (await look(`/topics/${place}`)).status === 410 ? true : undefined,
      );
  expect(await daemon.world.redis.keys("*:ort*")).toEqual([]);

  // who did it
  const { entries } = (await (await ask("GET", "/audit")).json()) as {
    entries: readonly { by: string; what: string }[];
  };
  expect(entries.map(({ by, what }) => `${by} ${what}`)).toEqual([
    ...["anna removed", "anna renamed", "anna renamed", "anna renamed"],
    ...["anna pins", "anna pins", "anna spikes", "anna retitles", "anna pins", "anna spikes"],
    ...["anna retitles", "anna pins", "anna changed", "anna made"],
  ]);
  const ofOld = (await (await ask("GET", "/audit?topic=stadt")).json()) as {
    entries: readonly { at: string; what: string; topic: string; after?: readonly { at: string }[] }[];
  };
  expect(ofOld.entries.filter(({ what }) => what === "renamed").map(({ topic }) => topic)).toEqual([
    ...["ort", "stadt", "ort"],
  ]);
  const times = ofOld.entries.flatMap(({ at, what, after }) => [
    at,
    ...(what === "pins" ? (after ?? []) : []).map((act) => act.at),
  ]);
  expect(times.every((time) => new Date(time).toISOString() === time)).toBe(true);
});
