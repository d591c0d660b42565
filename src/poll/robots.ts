import robotsParser from "robots-parser";
import type { Answer } from "../model/answer.ts";

/** The name that publishers can call us by in a robots.txt: what our user agent begins with. */
const OUR_TOKEN = "Ressort";
const NAMES_US = /^[ \t]*user-agent[ \t]*:[ \t]*ressort\b/im;
/** What is kept of a file that names us, from there on; the rest of a longer one is about others. */
const MAX_RULES = 32 * 1024;

/** The package's types are those of an ES module; Node hands over the function itself. */
const parseRobots = robotsParser as unknown as typeof robotsParser.default;

export const robotsUrlOf = (url: string): string => new URL("/robots.txt", url).href;

/** What of a robots.txt concerns us; "" where nobody names us, and where there was no file to be had (facts A-44). */
export function robotsRulesOf(answer: Answer): string {
  if (answer.kind === "failed" || answer.status < 200 || answer.status > 299) return "";
  const text = new TextDecoder().decode(answer.bytes);
  const from = text.search(NAMES_US);
  return from < 0 ? "" : text.slice(from, from + MAX_RULES);
}

/**
 * Does the site say in so many words that Ressort is not to read this address? Rules for everybody ("*") are meant for
 * crawlers that wander; a feed is read because somebody asked for it.
 */
export function isForbidden(rules: string, url: string): boolean {
  if (rules === "") return false;
  // an empty rule of our own keeps the parser from falling back to "*"
  const ours = `User-agent: ${OUR_TOKEN}\nDisallow:\n\n${rules}`;
  return parseRobots(robotsUrlOf(url), ours).isAllowed(url, OUR_TOKEN) === false;
}

/** What a poll comes to that must not be made. */
export function forbidden(url: string): Answer {
  return { kind: "failed", code: "robots", why: `${robotsUrlOf(url)} asks Ressort not to read this address` };
}
