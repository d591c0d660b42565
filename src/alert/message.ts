import type { Alert, Dispatch } from "../model/alert.ts";
import type { Topic } from "../model/topic.ts";

/** All that a message is made of, whatever its channel. */
export interface Message {
  readonly dispatch: Dispatch;
  readonly only: Alert["only"];
  readonly topic: Topic;
  /** no trailing slash */
  readonly publicUrl: string;
}

export const topicPage = ({ topic, publicUrl }: Message): string => `${publicUrl}/topics/${topic.id}`;

/** Controls, and what some programs take for the end of a line: publishers' titles end up in headers. */
const NO_TEXT = /[\p{Cc}\u2028\u2029]+/gu;
const LONGEST_LINE = 250;

/** One line, short enough for a subject or a notification's title. */
export function headline(text: string): string {
  const letters = [...text.toWellFormed().replace(NO_TEXT, " ").trim()];
  return letters.length <= LONGEST_LINE ? letters.join("") : `${letters.slice(0, LONGEST_LINE - 1).join("")}…`;
}
