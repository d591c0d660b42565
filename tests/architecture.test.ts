import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";

/** The walls of the house: who may import whom, and how large a room may grow. */

const root = path.join(import.meta.dirname, "..");
const MAX_LINES = 250;

const STAGES =
  "poll parse normalise identify revise recall desk query search curate publish hub alert discover serve".split(" ");
/** Stages that match items may use the query language. */
const MATCHERS = ["search", "curate"];
/** Packages that have one home. */
const HOMES: Readonly<Record<string, readonly string[]>> = {
  "rss-parser": ["src/parse"],
  feed: ["src/publish"],
  minisearch: ["src/search"],
  ioredis: ["src/adapters", "workers"],
  bullmq: ["workers"],
  "node-cron": ["workers"],
  undici: ["src/adapters"],
  fastify: ["src/serve"],
  zod: ["src/settings", "workers"],
  yaml: ["src/settings", "workers/press"],
  pino: ["src/adapters"],
  "prom-client": ["src/adapters"],
  nodemailer: ["src/adapters"],
  piscina: ["src/adapters"],
  "sanitize-html": ["src/normalise"],
  "iconv-lite": ["src/parse"],
  "ipaddr.js": ["src/adapters"],
  diff: ["src/revise"],
};
/** Node's own modules that reach outside the program; a stage has no business with them. */
const OUTSIDE = /^node:(fs|net|http|https|child_process|dns|worker_threads|os|process)/;

interface Import {
  readonly from: string;
  readonly to: string;
}

const files = globSync("{src,workers}/**/*.ts", { cwd: root }).map((file) => file.replaceAll("\\", "/"));
const imports = files.flatMap((file) => importsOf(file, readFileSync(path.join(root, file), "utf8")));

function importsOf(file: string, text: string): readonly Import[] {
  const found = text.matchAll(
    /^(?:import|export)\b[^;]*?\bfrom\s+"([^"]+)"|\bimport\(\s*"([^"]+)"\s*\)|^import\s+"([^"]+)"/gm,
  );
  return [...found].map(([, from, dynamic, bare]) => {
    const to = from ?? dynamic ?? bare ?? "";
    return { from: file, to: to.startsWith(".") ? path.posix.join(path.posix.dirname(file), to) : to };
  });
}

/** Why this import may not be, or undefined. */
function objection({ from, to }: Import): string | undefined {
  const [fromRoom, toRoom] = [roomOf(from), roomOf(to)];
  if (!to.includes("/") || !/^(src|workers)\//.test(to)) return objectionToPackage(from, to);
  if (fromRoom !== "workers" && toRoom === "workers") return "src is the library, workers the program";
  if (fromRoom === toRoom || toRoom === "model") return undefined;
  if (fromRoom === "model") return "model imports nothing";
  if (toRoom === "road" && fromRoom !== "workers") return "only workers call the road";
  if (STAGES.includes(fromRoom) && !(MATCHERS.includes(fromRoom) && toRoom === "query")) return "stages are strangers";
  if (["settings", "adapters"].includes(fromRoom)) return `${fromRoom} imports model only`;
  if (STAGES.includes(toRoom) && !to.endsWith(`/${toRoom}/${toRoom}.ts`)) return `the door is ${toRoom}/${toRoom}.ts`;
  return undefined;
}

function objectionToPackage(from: string, to: string): string | undefined {
  const name = to.startsWith("@") ? to.split("/").slice(0, 2).join("/") : (to.split("/")[0] ?? to);
  if (roomOf(from) === "model") return "model imports nothing";
  if (OUTSIDE.test(to) && STAGES.includes(roomOf(from))) return "a stage does no I/O";
  const homes = HOMES[name];
  return homes === undefined || homes.some((home) => from.startsWith(`${home}/`))
    ? undefined
    : `${name} lives in ${homes}`;
}

function roomOf(file: string): string {
  const [top = "", room = ""] = file.split("/");
  return top === "workers" ? "workers" : room.replace(/\.ts$/, "");
}

describe("the walls", () => {
  test("the tree was really read", () => {
    expect(files.length).toBeGreaterThan(90);
    expect(imports.length).toBeGreaterThan(300);
  });

  test("nobody imports whom they must not know", () => {
    const broken = imports.flatMap((one) => {
      const why = objection(one);
      return why === undefined ? [] : [`${one.from} -> ${one.to}: ${why}`];
    });

    expect(broken).toEqual([]);
  });

  test.each([
    ["src/parse/parse.ts", 'import { curate } from "../curate/curate.ts";', "stages are strangers"],
    ["src/curate/lead.ts", 'import { rank } from "../search/rank.ts";', "stages are strangers"],
    ["src/model/item.ts", 'import { z } from "zod";', "model imports nothing"],
    ["src/desk/desk.ts", 'import { Redis } from "ioredis";', "ioredis lives in"],
    ["src/publish/rss.ts", 'import { readFileSync } from "node:fs";', "a stage does no I/O"],
    ["src/serve/serve.ts", 'import { world } from "../../workers/world.ts";', "src is the library"],
    ["workers/poll.ts", 'import { dateOf } from "../src/parse/date.ts";', "the door is"],
    ["src/adapters/log.ts", 'import { read } from "../road.ts";', "only workers call the road"],
  ])("a violation planted in %s is found", (file, line, why) => {
    const [planted] = importsOf(file, line);

    expect(planted && objection(planted)).toContain(why);
  });

  test(`no file is longer than ${MAX_LINES} lines`, () => {
    const long = files.filter((file) => readFileSync(path.join(root, file), "utf8").split("\n").length - 1 > MAX_LINES);

    expect(long).toEqual([]);
  });

  test("no default exports, no index.ts, no utils, no any", () => {
    const bad = files.filter((file) => {
      const text = codeOf(file);
      return /^export default/m.test(text) || /\/(index|utils?)\.ts$/.test(file) || /[:<]\s*any\b(?!\w)/.test(text);
    });

    expect(bad).toEqual([]);
  });
});

/** Without comments: they may speak of anything. */
function codeOf(file: string): string {
  return readFileSync(path.join(root, file), "utf8").replace(/^\s*(?:\/\/|\/?\*).*$/gm, "");
}
