import { statSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { pino } from "pino";
import { expect, test } from "vitest";
import { bodiesOf } from "../../src/adapters/compress.ts";
import { openMetrics } from "../../src/adapters/metrics.ts";
import type { ServedDocument } from "../../src/model/published.ts";
import { openExport } from "../../workers/web/export.ts";
import { eventually, temporaryFolder } from "../support/test-settings.ts";

test("files that cannot be written hold up no other, and are written when they can be", async () => {
  using folder = temporaryFolder();
  const paths = ["topics/a.rss", "topics/b.rss", "topics/c.rss", "topics/d.rss"];
  const documents = new Map<string, ServedDocument>();
  const facts = { etag: "e", contentType: "application/rss+xml", modifiedAt: 1, itemCount: 0, entries: [] };
  for (const one of paths) documents.set(one, { ...facts, path: one, bodies: await bodiesOf(one) });
  const asked: string[] = [];
  const document = (one: string) => {
    asked.push(one);
    return documents.get(one);
  };
  const source = { document, has: () => true, opml: () => "<opml/>" };
  const inTheWay = ["a", "b", "c"].map((name) => path.join(folder.path, `topics/${name}.rss`));
  // a folder that is not empty is replaced by no file
  for (const place of inTheWay) await mkdir(path.join(place, "in the way"), { recursive: true });
  const said: string[] = [];
  const log = pino({ base: null }, { write: (line) => said.push(JSON.parse(line).msg) });
  const metrics = openMetrics("test");
  const metric = async (name: string) => (await metrics.registry.getSingleMetric(name)?.get())?.values[0]?.value;
  const failing = async () => [
    await metric("ressort_export_failed_documents"),
    await metric("ressort_export_failing_since_seconds"),
  ];
  await using exported = openExport({ log, metrics, now: () => 7000 }, folder.path, source);
  const isFile = (one: string) => statSync(path.join(folder.path, one), { throwIfNoEntry: false })?.isFile() === true;
  const began = Date.now();

  await exported.settle(paths);

  expect(isFile("topics/d.rss")).toBe(true);
  expect(Date.now() - began).toBeLessThan(4000);
  expect(await failing()).toEqual([3, 7]);
  await eventually("the next attempt at all of them", () =>
    asked.filter((one) => one === "topics/c.rss").length > 1 && asked.length > 6 ? true : undefined,
  );
  expect(said).toEqual(["export.failed"]);

  for (const place of inTheWay) await rm(place, { recursive: true });
  await eventually("the others", async () => {
    return paths.every(isFile) ? true : undefined;
  });
  await eventually("it is said", () => (said.length > 1 ? true : undefined));
  expect(said).toEqual(["export.failed", "export.well-again"]);
  expect(await failing()).toEqual([0, 0]);
});
