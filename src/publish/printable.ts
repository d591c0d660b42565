/** What XML 1.0 forbids (section 2.2, lone surrogates among it) and the C1 controls, which no text ever means. */
const UNPRINTABLE = /[^\t\n\r\u0020-\u007e\u00a0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** Longer titles, names and labels are a publisher's accident. */
const MAX_LINE = 1000;

/** Text that every format can carry, its lines ended as XML ends them. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, "").replace(/\r\n?/g, "\n");
}

/** One tidy line: titles, names, labels. Empty where nothing is left. */
export function line(text: string | undefined): string {
  return printable((text ?? "").slice(0, MAX_LINE))
    .replace(/\s+/gu, " ")
    .trim();
}
