import { expect, test } from "vitest";
import { EXAMPLE_NOW, exampleReports } from "../support/example-press.ts";
import { exampleView } from "../support/example-view.ts";
import { served } from "./served.ts";

test("a feed's page names the documents that are kept of it, and the command that reads them again", async () => {
  const view = await exampleView();
  const [report] = exampleReports(view.settings);
  if (report === undefined) throw new Error("the example has feeds");
  const note = {
    feed: report.feed.id,
    reason: "overran",
    why: "<b>",
    at: EXAMPLE_NOW - 1000,
    url: "https://a.example/",
    headers: {},
    size: 9,
  } as const;
  await using server = await served({
    ...view,
    feedsOf: async () => ({ feeds: [{ ...report, kept: [note] }], stale: false }),
  });

  const { text } = await server.get(`/publishers/${report.publisher.id}`);

  expect(text).toContain("zu langwieriges Dokument aufbewahrt");
  expect(text).toContain(`<code>npm run --silent ressort -- parse kept:${report.feed.id}:overran</code>`);
});
