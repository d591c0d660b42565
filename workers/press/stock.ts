import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { HOUSES } from "./houses.ts";

const by = z.enum(HOUSES.map((house) => house.id));
const told = { by, title: z.string(), teaser: z.string() };

const telling = z.strictObject({
  ...told,
  /** what the house makes of it a little later: other words, another guid, a newer date */
  corrected: z.strictObject({ title: z.string(), teaser: z.string() }).optional(),
  churned: z.boolean().default(false),
  redated: z.boolean().default(false),
});

const copy = z.strictObject({ by, kicker: z.string() });

const story = z.strictObject({
  section: z.string(),
  minutesAgo: z.number(),
  facts: z.array(z.string()),
  told: z.array(telling),
  wire: z.strictObject({ title: z.string(), teaser: z.string(), by: z.array(copy), late: copy.optional() }).optional(),
});

const line = z.strictObject({ ...told, section: z.string() });
const towns = z.strictObject({ towns: z.array(z.string()), lines: z.array(line) });

export type Story = z.output<typeof story>;
export type Telling = z.output<typeof telling>;
export type Line = z.output<typeof line>;

/** All that the press ever prints: what is out when it opens, what comes then, and what goes on for ever. */
export interface Stock {
  readonly stories: readonly Story[];
  readonly fresh: readonly Line[];
  readonly towns: readonly string[];
  readonly townLines: readonly Line[];
}

const FOLDER = path.join(import.meta.dirname, "stories");
const OWN_SHAPE = ["fresh.yaml", "towns.yaml"];

export async function readStock(): Promise<Stock> {
  const files = (await readdir(FOLDER)).filter((file) => !OWN_SHAPE.includes(file)).sort();
  const stories = await Promise.all(files.map((file) => readYaml(file, z.array(story))));
  const endless = await readYaml("towns.yaml", towns);
  return {
    stories: stories.flat(),
    fresh: await readYaml("fresh.yaml", z.array(line)),
    towns: endless.towns,
    townLines: endless.lines,
  };
}

async function readYaml<Shape>(file: string, shape: z.ZodType<Shape>): Promise<Shape> {
  return shape.parse(parse(await readFile(path.join(FOLDER, file), "utf8")));
}
