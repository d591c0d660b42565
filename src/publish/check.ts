import type { OutputFormat } from "../model/published.ts";
import { atomFaults } from "./check-atom.ts";
import { jsonFaults } from "./check-json.ts";
import { rssFaults } from "./check-rss.ts";
import type { Fault } from "./rules.ts";

const FAULTS_OF: Readonly<Record<OutputFormat, (text: string) => readonly Fault[]>> = {
  rss: rssFaults,
  atom: atomFaults,
  json: jsonFaults,
};

/** Problems of a document of ours, for people; empty where it conforms (RSS 2.0 with the Advisory Board's profile, RFC 4287, JSON Feed 1.1). */
export function check(format: OutputFormat, text: string): readonly string[] {
  return faultsOf(format, text).map(({ entry, what }) => (entry === undefined ? what : `item ${entry + 1}: ${what}`));
}

export function faultsOf(format: OutputFormat, text: string): readonly Fault[] {
  return FAULTS_OF[format](text);
}
