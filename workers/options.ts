import { type ParseArgsConfig, parseArgs } from "node:util";
import { UsageError } from "./command.ts";

export const OPTIONS_HELP = `
  --config DIR   the folder with ressort.yaml, feeds.yaml, sections.yaml, topics.yaml (default: config, or RESSORT_CONFIG_DIR)`;

/** Strict: a misspelt option is named, never ignored. Every command takes --config. */
export function parsed<Options extends NonNullable<ParseArgsConfig["options"]>>(
  args: readonly string[],
  own: Options,
  positionals = false,
) {
  try {
    return parseArgs({
      args: [...args],
      options: { config: { type: "string" } as const, ...own },
      allowPositionals: positionals,
    });
  } catch (error) {
    const [message = ""] = (error instanceof Error ? error.message : String(error)).split(". To specify");
    throw new UsageError(message);
  }
}

export function options(args: readonly string[]): { readonly config: string | undefined } {
  const { values } = parsed(args, {});
  return { config: typeof values["config"] === "string" ? values["config"] : undefined };
}
