/** XML 1.0 (section 2.2) has no way to write these, so they can never leave us again. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it looks for
const FORBIDDEN = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g;

/** Text without the characters that XML forbids. References ("&#x1f;") bring them back: to be asked after each decoding. */
export function withoutForbidden(text: string): string {
  return text.replace(FORBIDDEN, "");
}
