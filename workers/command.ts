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

/** What the operator can mend: printed as it is, without a stack, exit code 1. */
export class OperatorError extends Error {
  override readonly name = "OperatorError";
}
