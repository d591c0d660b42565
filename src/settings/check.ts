import { z } from "zod";
import { nearest } from "../model/nearest.ts";
import { type ConfigFile, problemAt } from "./config-file.ts";
import { type Problem, showValue } from "./problem.ts";
import { type FileName, type FileOf, schemas } from "./schema.ts";

export type Checked<Value> =
  | { readonly kind: "checked"; readonly value: Value }
  | { readonly kind: "broken"; readonly problems: readonly Problem[] };

/**
 * A file's YAML against its schema: every error, each with its place.
 * @param withheld keys that nobody is to be led to
 */
export function check<Name extends FileName>(
  file: ConfigFile<Name>,
  withheld: readonly string[] = [],
): Checked<FileOf[Name]> {
  if (file.raw === undefined) return { kind: "broken", problems: file.problems };
  const checked = checkBy(schemas[file.name], file, withheld);
  return checked.kind === "checked" ? { kind: "checked", value: checked.value as FileOf[Name] } : checked;
}

/** The same for an object that stands in no file. */
export function checkObject<Schema extends z.ZodType>(schema: Schema, raw: unknown): Checked<z.output<Schema>> {
  return checkBy(schema, { file: "", raw, placeOf: () => ({}), spellingOf: () => undefined });
}

type Source = Pick<ConfigFile, "file" | "raw" | "placeOf" | "spellingOf">;

function checkBy<Schema extends z.ZodType>(
  schema: Schema,
  file: Source,
  withheld: readonly string[] = [],
): Checked<z.output<Schema>> {
  const result = schema.safeParse(file.raw);
  if (result.success) return { kind: "checked", value: result.data };
  const known = (path: readonly PropertyKey[]) => knownKeys(schema, path).filter((key) => !withheld.includes(key));
  return { kind: "broken", problems: result.error.issues.flatMap((issue) => explain(issue, file, known)) };
}

type KnownKeys = (path: readonly PropertyKey[]) => readonly string[];

function explain(issue: z.core.$ZodIssue, file: Source, known: KnownKeys): readonly Problem[] {
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => unknownKey(key, issue.path, file, known(issue.path)));
  if (issue.code === "invalid_key") return issue.issues.map((inner) => badKey(inner, issue.path, file));
  const { message, hint } = wordsOf(issue, valueAt(file.raw, issue.path), file.spellingOf(issue.path));
  return [problemAt(file, issue.path, message, hint)];
}

function unknownKey(key: string, path: readonly PropertyKey[], file: Source, known: readonly string[]): Problem {
  const meant = nearest(key, known);
  const hint = meant === undefined ? `known here: ${known.join(", ")}` : `write ${meant}`;
  return problemAt(file, [...path, key], "this key means nothing here", hint, "key");
}

function badKey(issue: z.core.$ZodIssue, path: readonly PropertyKey[], file: Source): Problem {
  const { message, hint } = wordsOf(issue, path.at(-1));
  return problemAt(file, path, message, hint, "key");
}

interface Words {
  readonly message: string;
  readonly hint: string;
}

function wordsOf(issue: z.core.$ZodIssue, value: unknown, spelling?: string): Words {
  switch (issue.code) {
    case "custom":
      return { message: issue.message, hint: String(issue.params?.["hint"]) };
    case "invalid_type":
      return wrongType(issue.expected, value, spelling);
    case "invalid_value":
      return wrongChoice(issue.values.map(String), value);
    case "too_small":
      if (issue.origin === "array") return { message: "the list is empty", hint: "add at least one" };
      if (issue.origin === "string") return { message: "is empty", hint: "write a text, or take it out" };
      return { message: `${showValue(value)} is too small`, hint: `use ${issue.minimum} or more` };
    case "too_big":
      if (issue.origin === "string") {
        const hint = `write ${issue.maximum} at the most`;
        return { message: `has ${String(value).length} characters`, hint };
      }
      return { message: `${showValue(value)} is too large`, hint: `use ${issue.maximum} or less` };
    default:
      return { message: `${showValue(value)} does not fit`, hint: issue.message };
  }
}

function wrongType(expected: string, value: unknown, spelling = String(value)): Words {
  const wanted = TYPES[expected] ?? expected;
  if (value === undefined) return { message: "is missing", hint: `add it: ${wanted}` };
  const quotes = expected === "string" && (typeof value === "number" || typeof value === "boolean");
  return {
    message: `${quotes ? spelling : showValue(value)} is not ${wanted}`,
    hint: quotes ? `put it in quotes: "${spelling}"` : `write ${wanted}`,
  };
}

const TYPES: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: 'a list (lines that begin with "- ")',
  object: "keys with values (lines of the form key: value)",
  record: "keys with values (lines of the form key: value)",
};

function wrongChoice(choices: readonly string[], value: unknown): Words {
  const meant = nearest(String(value), choices);
  return {
    message: `${showValue(value)} is none of ${choices.join(", ")}`,
    hint: meant === undefined ? "write one of them" : `write ${meant}`,
  };
}

/** The keys that the schema knows at a path. */
function knownKeys(schema: z.ZodType, path: readonly PropertyKey[]): readonly string[] {
  const steps = path.flatMap((step) => (typeof step === "number" ? ["items"] : ["properties", step]));
  return Object.keys(valueAt(z.toJSONSchema(schema, { io: "input" }), [...steps, "properties"]) ?? {});
}

function valueAt(raw: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, step) => Object(value)[step], raw);
}
