/** Notes in which publishers say that something was wrong. "Korrektur" alone is also what markets do. */
const NOTICES: readonly RegExp[] = [
  /(?:^|[.!?([–*]\s*)(?:korrektur(?:hinweis)?|berichtigung|richtigstellung|erratum|corrigendum|correction|clarification)\s*[:)\]–.]/iu,
  /\b(?:in|bei) einer (?:früheren|ersten|vorherigen|älteren|ursprünglichen) (?:version|fassung)\b/iu,
  /\b(?:ursprünglich|zunächst) (?:hatten wir|hieß es|stand (?:hier|dort|an dieser stelle))\b/iu,
  /\b(?:haben|hat) (?:wir |die redaktion )?(?:das|dies|den fehler|die angabe|die stelle)\b[^.!?]{0,80}\b(?:korrigiert|berichtigt)\b/iu,
  /\b(?:anm(?:erkung|\.)?\s?d(?:er|\.)\s?red(?:aktion|\.)?|editor[’']s note)\s*:/iu,
  /\bearlier version of this (?:article|story|report)\b/iu,
  /\bthis (?:article|story|report|headline) (?:was|has been) (?:corrected|amended)\b/iu,
];

/** Only so much of a text is searched: notes stand at its end or at its beginning. */
const SEARCHED = 4000;
const LONGEST = 300;
/** Not after "1.", "d." or "Anm." */
const SENTENCE_END = /(?<!\p{L})(?!(?:anm|red)\.)\p{L}{3,}[.!?][)\]”“"]?(?=\s)/giu;

/** The sentences that say so, as the publisher wrote them. */
export function noticesIn(text: string): readonly string[] {
  const searched = text.length <= 2 * SEARCHED ? text : `${text.slice(0, SEARCHED)} ${text.slice(-SEARCHED)}`;
  const ends = [0, ...Array.from(searched.matchAll(SENTENCE_END), ({ index, 0: end }) => index + end.length)];
  const found = NOTICES.flatMap((notice) => {
    const match = notice.exec(searched);
    return match === null ? [] : [sentenceAt(searched, ends, match.index + match[0].length - 1)];
  });
  return [...new Set(found)];
}

function sentenceAt(text: string, ends: readonly number[], at: number): string {
  const start = ends.findLast((end) => end <= at) ?? 0;
  const end = ends.find((one) => one > at) ?? text.length;
  const sentence = text.slice(start, end).trim();
  return sentence.length <= LONGEST ? sentence : `${sentence.slice(0, LONGEST).toWellFormed()}…`;
}
