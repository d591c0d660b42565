import { once } from "node:events";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { View } from "../../src/serve/serve.ts";
import { aPlaced, NOON } from "../query/a-placed.ts";
import { exampleView } from "../support/example-view.ts";
import { type Served, served } from "./served.ts";

/** At the same time; see workers/web/searches.ts. */
const MOST = 32;
const TURNED = { page: 1, order: "relevance" } as const;

let view: View;
let server: Served;

beforeAll(async () => {
  const items = Array.from({ length: 3000 }, (_, n) => aPlaced({ id: `i${n}`, author: "Anna", arrivedAt: NOON - n }));
  view = await exampleView({}, items);
  server = await served(view);
});
afterAll(async () => server[Symbol.asyncDispose]());

test("where very many search at once, who comes then is asked to come back; the others are answered", async () => {
  // given so many who search, over and over
  const stopped = new AbortController();
  const searching = Array.from({ length: MOST }, async (_, n) => {
    for (;;) {
      const found = await view.search(`author:niemand${n}`, TURNED);
      if (found.kind !== "found" || stopped.signal.aborted) return found.kind;
    }
  });

  const page = await server.get("/search?q=hafen");
  const feed = await server.get("/search.rss?q=hafen");
  stopped.abort();

  for (const answer of [page, feed]) {
    expect(answer.status).toBe(503);
    expect(answer.headers).toMatchObject({ "retry-after": "2", "cache-control": "no-store" });
  }
  expect(page.text).toContain("Bitte in ein paar Sekunden noch einmal versuchen");
  expect(new Set(await Promise.all(searching))).toEqual(new Set(["found"]));
  // when they have their answers, everybody may search again
  expect((await server.get("/search?q=hafen")).status).toBe(200);
  expect((await server.get("/search.rss?q=hafen")).status).toBe(200);
});

test.each(["/search?q=author:anna", "/search.atom?q=author:anna"])(
  "a reader of %s who hangs up is heard",
  async (path) => {
    const hungUp = Promise.withResolvers<string>();
    const asked = Promise.withResolvers<void>();
    const hear = async (signal = AbortSignal.abort()) => {
      asked.resolve();
      if (!signal.aborted) await once(signal, "abort");
      hungUp.resolve("hung up");
    };
    await using listening = await served({
      ...view,
      search: async (typed, turned, signal) => {
        await hear(signal);
        return await view.search(typed, turned, signal);
      },
      searchDocument: async (typed, format, signal) => {
        await hear(signal);
        return await view.searchDocument(typed, format, signal);
      },
    });
    const reader = new AbortController();

    const answer = fetch(`${listening.url}${path}`, { signal: reader.signal }).catch(() => "gone");
    await asked.promise;
    reader.abort();

    expect(await answer).toBe("gone");
    expect(await hungUp.promise).toBe("hung up");
  },
);

test("nothing is looked for any more for who has hung up", async () => {
  const gone = new AbortController();

  const found = view.search("author:anna", TURNED, gone.signal);
  gone.abort();

  expect(await found).toMatchObject({ isPartial: true, total: 0 });
  expect(await view.search("author:anna", TURNED)).toMatchObject({ total: 3000 });
});

test("a search feed is made as long as anybody waits for it, and never kept half made", async () => {
  const readers = [new AbortController(), new AbortController()];
  const ask = () => readers.map(({ signal }) => view.searchDocument("author:(anna OR berta)", "json", signal));
  const itemsOf = async (found: ReturnType<View["searchDocument"]>) => {
    const document = await found;
    return "kind" in document ? document.kind : document.itemCount;
  };

  const [left, stayed] = ask();
  readers[0]?.abort();
  expect(await Promise.all([left, stayed].map((one) => one && itemsOf(one)))).toEqual([50, 50]);

  const all = ["rss", "atom"].map((format) =>
    view.searchDocument("author:(anna OR berta)", format as "rss", readers[1]?.signal),
  );
  readers[1]?.abort();
  expect(await Promise.all(all.map(itemsOf))).toEqual(["busy", "busy"]);
  expect(await itemsOf(view.searchDocument("author:(anna OR berta)", "rss"))).toBe(50);
});
