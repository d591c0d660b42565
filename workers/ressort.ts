#!/usr/bin/env node
import { enableCompileCache } from "node:module";
import path from "node:path";
import process from "node:process";
import { nearest } from "../src/model/nearest.ts";
import { type Command, OperatorError, UsageError } from "./command.ts";
import { VERSION } from "./version.ts";

// A command starts in half the time; where the folder cannot be written, it starts as ever. Threads look for it in the
// environment, and each takes 30 MB less where it need not read TypeScript.
const COMPILED = path.join(import.meta.dirname, "..", "node_modules", ".cache", "ressort");
enableCompileCache(COMPILED);
process.env["NODE_COMPILE_CACHE"] ??= COMPILED;

/** Loaded only when called, so that `parse` need not know Redis. */
const COMMANDS: Readonly<Record<string, () => Promise<{ readonly command: Command }>>> = {
  start: () => import("./commands/start.ts"),
  work: () => import("./commands/work.ts"),
  desk: () => import("./commands/desk.ts"),
  web: () => import("./commands/web.ts"),
  demo: () => import("./commands/demo.ts"),
  feeds: () => import("./commands/feeds.ts"),
  topics: () => import("./commands/topics.ts"),
  alerts: () => import("./commands/alerts.ts"),
  hub: () => import("./commands/hub.ts"),
  stories: () => import("./commands/stories.ts"),
  sections: () => import("./commands/sections.ts"),
  why: () => import("./commands/why.ts"),
  query: () => import("./commands/query.ts"),
  opml: () => import("./commands/opml.ts"),
  export: () => import("./commands/export.ts"),
  parse: () => import("./commands/parse.ts"),
  replay: () => import("./commands/replay.ts"),
  doctor: () => import("./commands/doctor.ts"),
  healthcheck: () => import("./commands/healthcheck.ts"),
};

async function main(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === "--help" || name === "-h" || name === "help") {
    await printOverview();
    return name === undefined ? 2 : 0;
  }
  if (name === "--version" || name === "-v") {
    console.log(VERSION);
    return 0;
  }
  const load = COMMANDS[name];
  if (load === undefined) {
    const meant = nearest(name, Object.keys(COMMANDS));
    const words = meant === undefined ? "" : ` Did you mean ${meant}?`;
    console.error(`ressort: there is no command "${name}".${words} "npm run --silent ressort -- --help" lists them.`);
    return 2;
  }
  const { command } = await load();
  if (rest.includes("--help") || rest.includes("-h")) {
    console.log(`ressort ${name}: ${command.summary}\n\n${command.usage.trim()}`);
    return 0;
  }
  return command.run(rest);
}

async function printOverview(): Promise<void> {
  console.log("Ressort polls feeds, tells every story once and republishes curated topics.\n");
  console.log("npm run --silent ressort -- COMMAND [options]; every command has --help\n");
  for (const [name, load] of Object.entries(COMMANDS)) {
    const { command } = await load();
    console.log(`  ${name.padEnd(12)} ${command.summary}`);
  }
}

/** Whoever read our output has read enough ("| head"): the rest goes nowhere, and what is open is closed as ever. */
for (const stream of [process.stdout, process.stderr])
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    if (error instanceof UsageError) console.error(`ressort: ${error.message}; --help shows what there is.`);
    else console.error(error instanceof OperatorError ? `ressort: ${error.message}` : error);
    process.exitCode = error instanceof UsageError ? 2 : 1;
  },
);
