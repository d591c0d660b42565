import type { UnknownName } from "../../src/desk/desk.ts";
import { pasteable } from "../../src/model/command-line.ts";
import type { Placed } from "../../src/model/news.ts";
import type { Section } from "../../src/model/section.ts";
import { type Command, UsageError } from "../command.ts";
import { LEAST_ITEMS, unknownNames } from "../desk/unknown-names.ts";
import { noteIdle } from "../idle.ts";
import { OPTIONS_HELP, parsed } from "../options.ts";
import { settingsOrExit } from "../settings.ts";
import { shown } from "../shown.ts";
import { openWorld, type World } from "../world.ts";

export const command: Command = {
  summary: "how many items each section has, and what publishers call desks that sections.yaml does not know",
  usage: `
ressort sections             each section with its items: how many their publishers filed, how many words and votes
ressort sections suggest     categories and folders of addresses that mean no section, as lines for sections.yaml

A desk that a publisher has renamed or newly opened is proposed for the section where most of its items ended up without
it: where other publishers filed the same text and story, or what they read like.

  --least N      so many items a publisher must have under a name (default: ${LEAST_ITEMS})
${OPTIONS_HELP}`,
  async run(args) {
    const { values, positionals } = parsed(args, { least: { type: "string" } }, true);
    const [what] = positionals;
    const least = Number(values.least ?? LEAST_ITEMS);
    if ((what !== undefined && what !== "suggest") || positionals.length > 1)
      throw new UsageError("say suggest, or nothing");
    if (!Number.isInteger(least) || least < 1) throw new UsageError("--least is a whole number from 1");
    const settings = settingsOrExit(values.config);
    await using world = await openWorld({ ...settings, logLevel: "error" }, "cli");
    await noteIdle(world);
    const { sections } = settings;
    const lines =
      what === undefined
        ? countLines(sections, await counted(world))
        : yamlLines(sections, await unknownNames(world.items, sections, { least }));
    console.log(lines.join("\n"));
    return 0;
  },
};

/** Rules by which nobody says where an item belongs. */
const GUESSED: ReadonlySet<string> = new Set(["copies", "story", "text"]);
const NOWHERE = "";

interface Count {
  items: number;
  guessed: number;
}

async function counted({ items }: World): Promise<ReadonlyMap<string, Count>> {
  const counts = new Map<string, Count>();
  for await (const batch of items.all()) for (const placed of batch) countOne(counts, placed);
  return counts;
}

function countOne(counts: Map<string, Count>, { decision }: Placed): void {
  const section = decision.section ?? NOWHERE;
  const count = counts.get(section) ?? { items: 0, guessed: 0 };
  counts.set(section, count);
  count.items += 1;
  if (decision.reasons.some(({ about, rule }) => about === "section" && GUESSED.has(rule))) count.guessed += 1;
}

function countLines(sections: readonly Section[], counts: ReadonlyMap<string, Count>): readonly string[] {
  const row = (name: string, { items, guessed }: Count = { items: 0, guessed: 0 }) =>
    `${name.padEnd(20)} ${String(items).padStart(8)} ${String(items - guessed).padStart(8)} ${String(guessed).padStart(8)}`;
  const unfiled = counts.get(NOWHERE)?.items ?? 0;
  return [
    `${"section".padEnd(20)} ${"items".padStart(8)} ${"named".padStart(8)} ${"guessed".padStart(8)}`,
    ...sections.map(({ id }) => row(id, counts.get(id))),
    `${"none".padEnd(20)} ${String(unfiled).padStart(8)}`,
    ...(unfiled === 0
      ? []
      : ["", `"${pasteable("sections suggest")}" names the desks that sections.yaml does not know.`]),
  ];
}

/** Comments may stand within a list in brackets, so each line can be pasted as it is. */
function yamlLines(sections: readonly Section[], names: readonly UnknownName[]): readonly string[] {
  if (names.length === 0) return ["sections.yaml knows every name that its publishers use often enough."];
  const of = (section: string | undefined, list: string) =>
    names.filter((name) => name.section === section && name.list === list);
  const known = sections.flatMap(({ id }) =>
    (["categories", "paths"] as const).flatMap((list) => {
      const lines = of(id, list).map((name) => `      ${quoted(name.name)}, # ${toldOf(name)}`);
      return lines.length === 0 ? [] : [`# ${id}, ${list}:`, ...lines];
    }),
  );
  const unclear = names
    .filter(({ section }) => section === undefined)
    .map((name) => `#     ${quoted(name.name)}, # ${name.list}; ${toldOf(name)}`);
  return [...known, ...(unclear.length === 0 ? [] : ["# No section is clear for:", ...unclear])];
}

const toldOf = ({ publishers, items, there, filed, section }: UnknownName): string =>
  `${items} items of ${shown(publishers.slice(0, MOST_PUBLISHERS).join(", "))}; ` +
  (filed === 0 ? "none could be filed" : `${there} of ${filed} filed ${section === undefined ? "alike" : "here"}`);

const MOST_PUBLISHERS = 3;
/** What YAML would take for something else than a text. */
const MEANT_OTHERWISE = /^(?:y|yes|n|no|on|off|true|false|null|nan|inf)$/;

const quoted = (name: string): string =>
  /^\p{L}[\p{L}\p{N} -]*$/u.test(name) && !MEANT_OTHERWISE.test(name) ? name : JSON.stringify(name);
