import { expect, test } from "vitest";
import { exampleView } from "../support/example-view.ts";
import { aTopic } from "../support/test-settings.ts";
import { served } from "./served.ts";

test("an unlisted topic is there for those who know its address, and nothing leads to it", async () => {
  const topics = [
    aTopic("bahn", "bahn* OR nachtzug", { title: "Bahn" }),
    aTopic("stille-post", "strom OR bahn*", { title: "Stille Post", unlisted: true }),
  ];
  await using server = await served(await exampleView({ topics }));
  const [page, corrections, listed, mistyped] = await Promise.all(
    ["/topics/stille-post", "/topics/stille-post/corrections", "/topics/bahn", "/topics/stille-pots"].map((path) =>
      server.get(path),
    ),
  );
  const lists = await Promise.all(
    ["/", "/topics", "/opml", "/topics/bahn", "/search?q=bahn"].map((path) => server.get(path)),
  );

  const asked = async (query: string): Promise<string> => (await server.get(`/search?q=${query}`)).text;
  expect(await asked("topic:bahm")).toContain("bahn");
  expect(await asked("topic:stille-pots")).not.toContain("stille-post");
  expect(await asked("topic:stille-post")).toContain("<mark>");

  expect((await server.get("/topics/stille-post.rss")).text).toContain("Stille Post");
  expect(page).toMatchObject({ status: 200, text: expect.stringContaining("<h1>Stille Post</h1>") });
  for (const found of [page, corrections]) expect(found?.text).toContain('<meta name="robots" content="noindex">');
  expect(listed?.text).not.toContain("noindex");
  expect(mistyped).toMatchObject({ status: 404, text: expect.not.stringContaining("/topics/stille-post") });
  for (const { status, text } of lists) {
    expect(status).toBe(200);
    expect(text).toContain("/topics/bahn");
    expect(text).not.toContain("stille-post");
  }
});
