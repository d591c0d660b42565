/** A tag, a comment or a character reference, to those who look for such. */
const MARKUP = /<(?=[a-z/!?])|&(?=#\w{1,8};|[a-z]\w{1,31};)/gi;

const ZERO_WIDTH_SPACE = "\u200b";

/**
 * Plain text that stays plain text. RSS does not say which of its texts are HTML, and many readers take titles for it, in
 * Atom names and labels, too: "<b>" would be lost, "<script>" worse. A space of no width behind its first character makes
 * it a text to them too, and looks the same to all.
 */
export function inert(text: string): string {
  return text.replace(MARKUP, `$&${ZERO_WIDTH_SPACE}`);
}
