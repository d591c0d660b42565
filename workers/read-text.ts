import { readFileSync } from "node:fs";
import process from "node:process";
import { OperatorError } from "./command.ts";

/** The text of a file that an operator names; "-": of standard input. */
export function readText(file: string): string {
  try {
    return readFileSync(file === "-" ? process.stdin.fd : file, "utf8");
  } catch (error) {
    throw new OperatorError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
