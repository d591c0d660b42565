/** One thing that the operator has to mend: where it is, what is wrong, what would be right. */
export interface Problem {
  /** "config/feeds.yaml", or "environment" */
  readonly file: string;
  /** from 1; absent where the trouble is no place in a file */
  readonly line?: number;
  readonly column?: number;
  /** "publishers[2].feeds[0].url", a variable's name, or "" for the whole file */
  readonly path: string;
  readonly message: string;
  readonly hint: string;
}

/** Thrown by those readers of config/ that cannot go on without it. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(showProblems(problems));
    this.problems = problems;
  }
}

/** One line a problem, for people: `config/feeds.yaml:12:5  feeds[3].url: "htp://x" is no http(s) URL; write https://…` */
export function showProblems(problems: readonly Problem[]): string {
  const more = problems.length - MOST_SHOWN;
  return [...problems.slice(0, MOST_SHOWN).map(showProblem), ...(more > 0 ? [`and ${more} more`] : [])].join("\n");
}

/** One mistake may show in thousands of places; who mends the first ones sees the others next time. */
const MOST_SHOWN = 20;

function showProblem({ file, line, column, path, message, hint }: Problem): string {
  const place = [file, line, column].filter((part) => part !== undefined).join(":");
  return `${place}  ${path === "" ? "" : `${path}: `}${message}; ${hint}`;
}

/** "publishers[2].feeds[0].url" */
export function showPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === "number") return `${text}[${step}]`;
    return text === "" ? String(step) : `${text}.${String(step)}`;
  }, "");
}

/** A value as the operator wrote it, short enough for one line; without the password that a URL may hold. */
export function showValue(value: unknown): string {
  const text = (JSON.stringify(value) ?? String(value)).replace(/\/\/[^\s/@]*@/, "//…@");
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
}

/** Longer values would push the hint off the terminal's line. */
const LONGEST_VALUE = 80;
