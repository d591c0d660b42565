// Runs a judge of ../shared and holds its figures against floors. A floor that rose stays up.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";

/** What to read off a judge's output, and the least (or most) it may be. */
const FLOORS = {
  parse: [
    ["corpus real, % parsed", /corpus real: .*parsed ([\d.]+) %/, { least: 99.6 }],
    ["corpus real, % with all items", /corpus real: .*all items found ([\d.]+) %/, { least: 99.2 }],
    ["corpus suites, % parsed", /corpus suites: .*parsed ([\d.]+) %/, { least: 99.3 }],
    ["expectations, %", /expectations all: .* = ([\d.]+) %/, { least: 97 }],
  ],
  stories: [
    ["German copies, F1", /German copies.*? F1 ([\d.]+)/, { least: 0.975 }],
    ["German copies, precision", /German copies.*? P ([\d.]+)/, { least: 0.975 }],
    ["German stories, BCubed F1", /German stories.*? F1 ([\d.]+)/, { least: 0.89 }],
    ["German stories, precision", /German stories.*? P ([\d.]+)/, { least: 0.975 }],
    ["German largest story, items", /German largest stories: (\d+)/, { most: 130 }],
    ["hand-labelled E, % joined", /hand-labelled E: .* = ([\d.]+) %/, { least: 85 }],
    ["hand-labelled N, % joined", /hand-labelled N: .* = ([\d.]+) %/, { most: 25 }],
    ["English stories, BCubed F1", /English stories.*? F1 ([\d.]+)/, { least: 0.83 }],
    ["items lost", /ITEMS LOST: (\d+)/, { most: 0, absent: 0 }],
  ],
  sections: [
    ["with URLs, %", /with URLs: .* = ([\d.]+) %/, { least: 99 }],
    ["text only, % right", /unseen publisher: ([\d.]+) % right/, { least: 80 }],
    ["text only, % answered", /unseen publisher: .* right, ([\d.]+) % answered/, { least: 58 }],
  ],
};

const [name] = process.argv.slice(2);
const judge = path.join(import.meta.dirname, "..", "..", "shared", "judge", `${name}.mjs`);
if (!existsSync(judge)) {
  console.log(`SKIPPED: there is no ${judge}; the floors of ${name} were not measured`);
  process.exit(0);
}

const { stdout, status } = spawnSync(process.execPath, [judge], {
  encoding: "utf8",
  stdio: ["ignore", "pipe", "inherit"],
  maxBuffer: 64 * 1024 * 1024,
});
console.log(stdout.trim());
let broken = status !== 0;
for (const [what, pattern, { least = -Infinity, most = Infinity, absent }] of FLOORS[name]) {
  const figure = Number(pattern.exec(stdout)?.[1] ?? absent ?? Number.NaN);
  const holds = figure >= least && figure <= most;
  if (!holds) broken = true;
  console.log(
    `${holds ? "holds" : "BROKEN"}: ${what} is ${figure}, ${least > -Infinity ? `at least ${least}` : `at most ${most}`}`,
  );
}
process.exit(broken ? 1 : 0);
