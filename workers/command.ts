import { nearest } from "../src/model/nearest.ts";
import { shown } from "./shown.ts";

/** One command of the command line. `usage` is what `--help` prints below the summary. */
export interface Command {
  readonly summary: string;
  readonly usage: string;
  /** @returns the exit code */
  run(args: readonly string[]): Promise<number>;
}

/** What was typed cannot be meant: printed with the way to --help, exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** @param usage what may be said instead: "say list or show FEED" */
export function unknownWord(typed: string, known: readonly string[], usage: string): UsageError {
  const meant = nearest(typed, known);
  const wrong = `there is no "${shown(typed)}"${meant === undefined ? "" : `, perhaps ${meant} is meant`}: `;
  return new UsageError(`${typed === "" ? "" : wrong}${usage}`);
}

/** What the operator can mend: printed as it is, without a stack, exit code 1. */
export class OperatorError extends Error {
  override readonly name = "OperatorError";
}
