import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { ROOT } from "../support/test-settings.ts";

/** The one factory of requests to the outside: all its files know the guard. */
const FACTORY: ReadonlySet<string> = new Set([
  "src/adapters/http-agents.ts",
  "src/adapters/http-fetcher.ts",
  "src/adapters/safe-address.ts",
]);

/** What opens a way to the outside in Node, by how it is imported. Servers and words about addresses are none of it. */
const CLIENT_MODULES = /^(?:undici|axios|got|ky|needle|node-fetch|superagent|ws|eventsource)(?:\/|$)/;
const NODE_MODULES = /^(?:node:)?(?:http|https|http2|net|tls|dgram)$/;
const HARMLESS: ReadonlySet<string> = new Set(
  "createServer createSecureServer isIP isIPv4 isIPv6 BlockList STATUS_CODES".split(" "),
);
/** Globals: fetch(…) that is nobody's method and nobody's own function, and its kin. */
const GLOBALS =
  /(?<![.\w#]|\bfunction\s|\basync\s)fetch\s*\(|\bglobalThis\s*(?:\.\s*fetch|\[)|\bnew\s+(?:WebSocket|EventSource|XMLHttpRequest)\b/;
const CURL = /["'`](?:curl|wget)\b/;

/** Every way past the factory in a file's text. */
function waysOut(file: string, source: string): readonly string[] {
  if (FACTORY.has(file)) return [];
  const code = source.replace(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*$/gm, "");
  const found: string[] = [];
  for (const [, isType, names = "", module = ""] of code.matchAll(
    /\bimport\s+(type\s)?([^;"']*?)\s*from\s*["']([^"']+)["']/g,
  )) {
    if (isType !== undefined) continue;
    if (CLIENT_MODULES.test(module)) found.push(`imports ${module}`);
    if (NODE_MODULES.test(module)) found.push(...beyondServers(names).map((name) => `imports ${name} of ${module}`));
  }
  for (const [, module = ""] of code.matchAll(/\b(?:import|require)\s*\(\s*["'`]([^"'`]+)["'`]/g))
    if (CLIENT_MODULES.test(module) || NODE_MODULES.test(module)) found.push(`loads ${module}`);
  if (GLOBALS.test(code)) found.push("uses a client that Node has built in");
  if (CURL.test(code)) found.push("starts another program's client");
  return found;
}

function beyondServers(names: string): readonly string[] {
  const list = /^\{([\s\S]*)\}$/.exec(names.trim())?.[1];
  if (list === undefined) return [names.trim()];
  const imported = list
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "" && !name.startsWith("type "));
  return imported.filter((name) => !HARMLESS.has(name.split(/\s+as\s+/)[0] ?? ""));
}

describe("A-36: there is one way out", () => {
  const files = globSync("{src,workers}/**/*.ts", { cwd: ROOT }).map((file) => file.replaceAll("\\", "/"));

  test("and nothing in src/ or workers/ goes past it", () => {
    const past = files.flatMap((file) =>
      waysOut(file, readFileSync(path.join(ROOT, file), "utf8")).map((way) => `${file} ${way}`),
    );

    expect(files.length).toBeGreaterThan(150);
    expect(past).toEqual([]);
  });

  test.each([
    'const page = await fetch("https://paper.example/");',
    "void fetch(url).then(read);",
    "const get = globalThis.fetch;",
    'const get = globalThis["fetch"];',
    'import { request } from "undici";',
    'import { Agent, type Dispatcher } from "undici";',
    'import * as https from "node:https";',
    'import http from "http";',
    'import { get } from "node:http";',
    'import { createServer, request as ask } from "node:http";',
    'import { connect } from "node:net";',
    'import { connect } from "node:tls";',
    'import { connect } from "node:http2";',
    'const { request } = await import("node:https");',
    'const got = require("got");',
    "const feed = new EventSource(url);",
    "const line = new WebSocket(url);",
    'spawn("curl", [url]);',
  ])("a way past it is found: %s", (planted) => {
    expect(waysOut("workers/planted.ts", `import path from "node:path";\n${planted}\n`)).toHaveLength(1);
  });

  test.each([
    'import { createServer, type IncomingMessage } from "node:http";',
    'import type { Dispatcher } from "undici";',
    'import { isIP } from "node:net";',
    "const answer = await fetcher.fetch({ url });",
    "return { async fetch(request) { return request; } };",
    "// fetch(url) would go past the guard",
    "/** fetch(…) is not for us */",
  ])("what is none is not taken for one: %s", (innocent) => {
    expect(waysOut("workers/innocent.ts", innocent)).toEqual([]);
  });
});
