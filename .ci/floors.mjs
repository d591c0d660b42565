// Runs a judge of ../shared and holds its figures against floors. A floor that rose stays up.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";

/** What to read off a judge's output, and the least (or most) it may be. */
const FLOORS = {
  parse: [
    ["corpus real, % parsed", /corpus real: .*parsed ([\d.]+) %/, { least: 97 }],
    ["expectations, %", /expectations all: .* = ([\d.]+) %/, { least: 75 }],
  ],
  stories: [
    ["German copies, F1", /German copies.*? F1 ([\d.]+)/, { least: 0.95 }],
    ["German stories, BCubed F1", /German stories.*? F1 ([\d.]+)/, { least: 0.7 }],
    ["items lost", /ITEMS LOST: (\d+)/, { most: 0, absent: 0 }],
  ],
  sections: [["with URLs, %", /with URLs: .* = ([\d.]+) %/, { least: 90 }]],
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
