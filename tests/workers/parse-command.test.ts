import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { afterAll, expect, test } from "vitest";

const ROOT = path.join(import.meta.dirname, "../..");
const folder = mkdtempSync(path.join(tmpdir(), "ressort-parse-"));
afterAll(() => rmSync(folder, { recursive: true }));

const FEED = `<rss version="2.0"><channel><title>Bote</title><item><title>Politik Rat tagt</title><category>Politik</category>
  <link>/1</link><pubDate>20.01.2026 10:00</pubDate></item></channel></rss>`;

function file(name: string, content: string | Uint8Array): string {
  const full = path.join(folder, name);
  writeFileSync(full, content);
  return full;
}

function ressort(args: readonly string[], input = ""): Promise<{ readonly code: number; readonly out: string }> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ["workers/ressort.ts", "parse", ...args],
      { cwd: ROOT, maxBuffer: 1e8 },
      (error, out) => resolve({ code: typeof error?.code === "number" ? error.code : 0, out }),
    );
    child.stdin?.end(input);
  });
}

test("jobs are answered in order, whatever they are", async () => {
  const good = file("good.rss", FEED);
  const jobs = [
    JSON.stringify({ file: good, url: "https://press.example/feed" }),
    JSON.stringify({ file: path.join(folder, "missing") }),
    "no JSON",
    JSON.stringify({ url: "https://press.example/" }),
    JSON.stringify({ file: file("page.html", "<!DOCTYPE html><html></html>") }),
    JSON.stringify({ file: file("large.rss", Buffer.alloc(20 * 1024 * 1024 + 1, "a")) }),
    JSON.stringify({ file: folder }),
    JSON.stringify({ file: good, headers: { "Content-Location": "https://elsewhere.example/" } }),
  ];

  const { code, out } = await ressort(["--jobs", "--section-words", "Politik"], `${jobs.join("\n")}\n`);
  const answers = out
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

  expect(code).toBe(0);
  expect(answers.map(({ outcome }) => outcome)).toEqual([
    "parsed",
    ...Array.from({ length: 6 }, () => "unreadable"),
    "parsed",
  ]);
  expect(answers[0]).toMatchObject({
    file: good,
    format: "rss",
    tookMs: expect.any(Number),
    feed: { title: "Bote" },
    items: [{ title: "Rat tagt", permalink: "https://press.example/1", publishedAt: "2026-01-20T10:00:00.000Z" }],
  });
  expect(answers[7].items[0].permalink).toBe("https://elsewhere.example/1");
});

test("a document that takes too long costs itself only", async () => {
  const slow = file("slow.rss", `<rss><channel>${"<item><description>&lt;b>x".repeat(700_000)}`);
  const jobs = [slow, file("good.rss", FEED)].map((name) => JSON.stringify({ file: name }));

  const { out } = await ressort(["--jobs", "--deadline", "200"], jobs.join("\n"));
  const [first, second] = out
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

  expect(first).toMatchObject({ outcome: "unreadable", why: "took longer than 200 ms" });
  expect(second).toMatchObject({ outcome: "parsed" });
});

test("a file is shown to people, an address is fetched first", async () => {
  const server = createServer((_request, response) =>
    response.setHeader("content-type", "application/rss+xml").end(FEED),
  );
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;

  const [fromFile, fromWeb] = await Promise.all([
    ressort([file("good.rss", FEED)]),
    ressort([`http://127.0.0.1:${port}/feed`]),
  ]);
  server.close();

  expect(fromFile).toMatchObject({
    code: 0,
    out: expect.stringContaining("2026-01-20T10:00:00.000Z  Rat tagt  [Politik]"),
  });
  expect(fromWeb).toMatchObject({ code: 0, out: expect.stringContaining(`http://127.0.0.1:${port}/1`) });
});
