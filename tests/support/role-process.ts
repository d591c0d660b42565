/** One role in a process of its own, to be killed: node role-process.ts SETTINGS.json ROLE */
import { readFileSync } from "node:fs";
import process from "node:process";
import type { Settings } from "../../src/model/settings.ts";
import { SECOND } from "../../src/model/time.ts";
import { ROLES, startDaemon } from "../../workers/daemon.ts";

const [file = "", name] = process.argv.slice(2);
const settings = JSON.parse(readFileSync(file, "utf8")) as Settings;
const roles = ROLES.filter((role) => role === name);

const daemon = await startDaemon(settings, roles, { tick: "* * * * * *", lease: 3 * SECOND, drain: 1000, spread: 0 });
process.once("SIGTERM", async () => {
  await daemon[Symbol.asyncDispose]();
});
