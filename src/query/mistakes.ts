import type { QueryMistake } from "../model/query-mistake.ts";
import type { BadQuery } from "./clause.ts";

export const bad = (mistake: QueryMistake, at: number): BadQuery => ({
  kind: "bad",
  message: inEnglish(mistake),
  at,
  mistake,
});

function inEnglish(mistake: QueryMistake): string {
  switch (mistake.rule) {
    case "too-long":
      return `a query has ${mistake.most} characters at most`;
    case "too-many-words":
      return `a query has ${mistake.most} words at most`;
    case "too-deep":
      return `brackets and NOTs go ${mistake.most} deep at most`;
    case "empty":
      return 'say what to look for, as in "goldpreis"; "*" finds everything';
    case "never-opened":
      return "this bracket was never opened";
    case "never-closed":
      return "this bracket is never closed";
    case "open-quote":
      return "this quotation mark is never closed";
    case "no-text":
      return "a letter or a digit is needed here";
    case "no-address":
      return "a part of the address is needed here";
    case "star":
      return '"*" stands only at the end of the beginning of a word, as in "warnstreik*"';
    case "missing-after":
      return `something is missing after "${mistake.word}"`;
    case "missing-before":
      return `something is missing before "${mistake.word}"; in lower case it is a word`;
    case "field-in-field":
      return `"${mistake.field}:" cannot stand inside the brackets of "${mistake.outer}:"`;
    case "short-beginning":
      return `"${mistake.beginning}*" would find too much: write ${mistake.letters} letters at least before the "*"`;
    case "unknown-field":
      return unknownField(mistake);
    case "no-value":
      return `"${mistake.field}:" needs its value right after the colon, without a space${mistake.field.toLowerCase() === "within" ? ', as in "within:24h"' : ""}`;
    case "no-id":
      if (mistake.near !== undefined) return `"${mistake.value}" is no id: did you mean "${mistake.near}"?`;
      return `"${mistake.value}" is no id: ids have a-z, 0-9 and "-" only, as in "welt-am-abend"`;
    case "no-language":
      return `"${mistake.value}" is no language: write "de", "en" or "de-at"`;
    case "no-duration":
      return `"${mistake.value}" is no duration: write "30m", "24h", "7d" or "2w"`;
    case "age-in-topic":
      return `"within:${mistake.value}" counts from the moment of a search, and a topic has none: how old its stories may be says its window, beside the query, as in "window: 24h"`;
    case "no-day":
      return `"${mistake.value}" is no day: write year, month and day, as in "2026-01-31"`;
    case "no-state":
      return `"is:" knows no "${mistake.value}": ${mistake.near === undefined ? `there are ${mistake.states}` : `did you mean "is:${mistake.near}"?`}`;
    case "no-comparison":
      if (mistake.near !== undefined) return `there is no "${mistake.value}"; did you mean "${mistake.near}"?`;
      return `"${mistake.value}" compares nothing: write "story.publishers>=3", also with >, =, <= or <, without spaces`;
    case "unknown-name":
      return unknownName(mistake);
    case "topic-circle":
      return `a topic cannot ask for itself: ${mistake.topics.join(" asks for ")}`;
    case "topics-too-deep":
      return `topics that ask for topics go ${mistake.most} deep at most`;
    case "topics-too-many-words":
      return `the topics asked for have ${mistake.most} words at most, all together`;
    case "bad-topic":
      return `the query of topic "${mistake.topic}" has a mistake: ${inEnglish(mistake.mistake)}`;
  }
}

function unknownField({ field, near, fields }: Extract<QueryMistake, { rule: "unknown-field" }>): string {
  const hint = near === undefined ? `there are ${fields}.` : `did you mean "${near}:"?`;
  return `"${field}:" is no field: ${hint} To look for the text itself, put it between quotation marks`;
}

function unknownName({ field, value, near, known }: Extract<QueryMistake, { rule: "unknown-name" }>): string {
  const hint = near === undefined ? (known === undefined ? "" : `; there are ${known}`) : `; did you mean "${near}"?`;
  return `there is no ${field} "${value}"${hint}`;
}
