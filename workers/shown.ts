/** One line of a stranger's text for the terminal: what it would take for a command is left out. */
export const shown = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, " ");

/** A rule that lists a whole field of words is not repeated on each line. */
const CLAUSE_LENGTH = 60;

export const clipped = (clause: string): string =>
  clause.length > CLAUSE_LENGTH ? `${clause.slice(0, CLAUSE_LENGTH)}…` : clause;
