import { readFileSync } from "node:fs";
import path from "node:path";
import { type Alias, type Document, isMap, isNode, isScalar, LineCounter, parseDocument, visit } from "yaml";
import { type Problem, showPath } from "./problem.ts";
import type { FileName } from "./schema.ts";

/** One file of config/ as its YAML says it, before anything is checked. */
export interface ConfigFile<Name extends FileName = FileName> {
  readonly name: Name;
  /** "config/feeds.yaml" */
  readonly file: string;
  /** {} where the file is empty; undefined where it is missing or no YAML */
  readonly raw: unknown;
  readonly problems: readonly Problem[];
  /** line and column of the value at a path, or of its nearest ancestor that is there */
  placeOf(path: readonly PropertyKey[], what?: "key" | "value"): Place;
  /** a number or text as it is spelt in the file: 04000000, which YAML reads as 4000000 */
  spellingOf(path: readonly PropertyKey[]): string | undefined;
}

interface Place {
  readonly line?: number;
  readonly column?: number;
}

/**
 * @param draft what is to be written into the file, to be looked at in its place
 * @param file where the draft lies, for those who mend it
 */
export function readConfigFile<Name extends FileName>(
  configDir: string,
  name: Name,
  draft?: string,
  file = path.join(configDir, `${name}.yaml`),
): ConfigFile<Name> {
  const text = draft ?? readText(file);
  if (typeof text !== "string")
    return { name, file, raw: undefined, problems: [text], placeOf: () => ({}), spellingOf: () => undefined };

  const lines = new LineCounter();
  const yaml = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  const problems = [
    ...yaml.errors.map(({ code, message, pos }) => syntaxProblem(file, code, message, placeAt(pos[0]))),
    ...aliasesOfThemselves(yaml).map((alias) => aliasProblem(file, alias.source, placeAt(alias.range?.[0] ?? 0))),
  ];
  const plain = problems.length > 0 ? undefined : plainOf(yaml, file);
  return {
    name,
    file,
    raw: plain?.raw,
    problems: plain?.problems ?? problems,
    placeOf: (path, what = "value") => placeAt(offsetOf(yaml, path, what)),
    spellingOf: (path) => {
      const node = yaml.getIn(path, true);
      return isScalar(node) ? node.source : undefined;
    },
  };
}

/** A problem at a place inside a file. */
export function problemAt(
  { file, placeOf }: Pick<ConfigFile, "file" | "placeOf">,
  path: readonly PropertyKey[],
  message: string,
  hint: string,
  what: "key" | "value" = "value",
): Problem {
  return { file, ...placeOf(path, what), path: showPath(path), message, hint };
}

function readText(file: string): string | Problem {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const why =
      (error as NodeJS.ErrnoException).code === "ENOENT" ? "is not there" : `cannot be read: ${String(error)}`;
    return { file, path: "", message: `the file ${why}`, hint: "take the one that Ressort ships with, and edit it" };
  }
}

function syntaxProblem(file: string, code: string, message: string, place: Place): Problem {
  const hint =
    SYNTAX_HINTS[code] ?? "see the lines above it: indent with blanks, and quote texts that hold : # or a leading *";
  return { file, ...place, path: "", message: `this is no YAML: ${message}`, hint };
}

const SYNTAX_HINTS: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: "keep one of the two",
  TAB_AS_INDENT: "indent with blanks",
  BAD_INDENT: "bring it in line with its neighbours",
  MULTILINE_IMPLICIT_KEY: "end the key above with a colon and a blank, and close its quotes",
};

/** `&a [ *a ]`: what it stands for has no end. */
function aliasesOfThemselves(yaml: Document): readonly Alias[] {
  const found: Alias[] = [];
  visit(yaml, {
    Alias(_, alias, around) {
      if (around.some((node) => isNode(node) && "anchor" in node && node.anchor === alias.source)) found.push(alias);
    },
  });
  return found;
}

function aliasProblem(file: string, name: string, place: Place): Problem {
  return { file, ...place, path: "", message: `*${name} stands within &${name}`, hint: "write out what it stands for" };
}

/** YAML's library throws where few aliases stand for more than anybody would write. */
function plainOf(yaml: Document, file: string): Pick<ConfigFile, "raw" | "problems"> {
  try {
    return { raw: yaml.toJS() ?? {}, problems: [] };
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    const message = "its aliases (*name) stand for too much";
    return { raw: undefined, problems: [{ file, path: "", message, hint: "write out what they stand for" }] };
  }
}

function offsetOf(yaml: Document, path: readonly PropertyKey[], what: "key" | "value"): number {
  for (let depth = path.length; depth > 0; depth--) {
    const key = keyNode(yaml, path.slice(0, depth));
    const value = yaml.getIn(path.slice(0, depth), true);
    const node = what === "key" || depth < path.length ? (key ?? value) : value;
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}

function keyNode(yaml: Document, path: readonly PropertyKey[]): unknown {
  const parent = yaml.getIn(path.slice(0, -1), true);
  if (!isMap(parent)) return undefined;
  return parent.items.find(({ key }) => isScalar(key) && key.value === path.at(-1))?.key;
}
