/**
 * As readers expect it: without the calls to read on and the credits that publishing programs put at its end. "…", "....",
 * "[…]" there become one " …"; a longer text is cut at a word.
 */
export function tidyTeaser(text: string): string {
  const own = withoutCalls(text);
  const unfinished = UNFINISHED.exec(own.slice(-MAX_END));
  const bare = unfinished === null ? own : own.slice(0, own.length - unfinished[0].length).trimEnd();
  if (bare.length > MAX_TEASER) return `${cutAtWord(bare, MAX_TEASER - ELLIPSIS.length)}${ELLIPSIS}`;
  return unfinished === null || bare === "" ? bare : `${bare.slice(0, MAX_TEASER - ELLIPSIS.length)}${ELLIPSIS}`;
}

/** At most this many characters, one more sentence than any front page shows. */
const MAX_TEASER = 500;
const ELLIPSIS = " …";
/** Only so much of the end is looked at: the patterns search from each character on. */
const MAX_END = 60;
const UNFINISHED = /\s?[[(]?(?:\.{3,}|…)[.…\s]*[\])]?[.…\s]*$/;

/** WordPress, in the languages that it speaks most: "The post X appeared first on Y." */
const CREDIT = new RegExp(
  `(?:${[
    ["Der Beitrag", "(?:erschien zuerst auf|ist erschienen auf)"],
    ["Th(?:e|is) post", "(?:first appeared|appeared first) on"],
    ["L['’]article", "est apparu en premier sur"],
    ["La entrada", "(?:se publicó primero|aparece primero|apareció primero) en"],
    ["L['’]articolo", "(?:proviene da|sembra essere il primo su)"],
    ["Het bericht", "verscheen eerst op"],
    ["O post", "apareceu primeiro em"],
    ["Artykuł", "pochodzi z serwisu"],
    ["Сообщение", "появились сначала на"],
  ]
    .map(([start, middle]) => `${start} .{0,300} ${middle} `)
    .join("|")}).{1,120}$`,
);
/** Characters that such a credit may be long. */
const MAX_CREDIT = 450;

/** What invites to read on. */
const CALLS = [
  "(?:[Hh]ier )?[Ww]eiterlesen(?: auf [\\w.-]+)?|Mehr lesen|Mehr dazu|Mehr erfahren|Jetzt (?:weiter)?lesen|Lesen Sie (?:hier )?mehr(?: auf [\\w.-]+)?",
  "Zum (?:ganzen |vollständigen )?(?:Artikel|Beitrag)|(?:Den )?(?:[Gg]anzen )?Artikel (?:weiter)?lesen",
  "[Rr]ead (?:the )?(?:full |rest of (?:the )?)?(?:article|story|post|more)(?: (?:at|on) [\\w.-]+| here)?|Continue reading.{0,80}|Keep reading|Full story",
  "Click here(?: to read more)?|View (?:full )?(?:article|post)",
  "Lire la suite|Lire plus|En savoir plus|Leggi (?:tutto|di più)|Continua a leggere|Seguir leyendo|Sigue leyendo|Leer más",
  "Lees (?:verder|meer)|Ler mais|Continue lendo|Läs mer|Les mer|Læs mere|Lue lisää|Czytaj (?:dalej|więcej)|Číst dál",
  "Читать (?:далее|дальше)|Подробнее|Devamını oku|继续阅读|阅读全文|続きを読む",
].join("|");
/** One word alone is a call where something points on. */
const POINTING = "(?:[Mm]ehr|[Mm]ore)(?=\\s?(?:\\.\\.\\.|[…»›→>]))";
const AFTER = "[\\s.…:!»›→>]*";
/** At the end of a text: in brackets, or after a sentence, an ellipsis or nothing. */
const CALL = new RegExp(
  `(?:\\s?[[(]\\s?(?:${CALLS}|${POINTING})${AFTER}[\\])]|(?:^|(?<=[.!?…\\])»“”"'’:;|–-]\\s?))(?:${CALLS}|${POINTING}))${AFTER}$`,
);
/** Characters that such a call may be long. */
const MAX_CALL = 140;

const withoutCalls = (text: string): string => cutEnd(cutEnd(text, CREDIT, MAX_CREDIT), CALL, MAX_CALL);

/** The text up to where this pattern begins in its last characters. */
function cutEnd(text: string, pattern: RegExp, length: number): string {
  const end = text.slice(-length);
  const at = end.search(pattern);
  return at < 0 ? text : text.slice(0, text.length - end.length + at).trimEnd();
}

function cutAtWord(text: string, length: number): string {
  const start = text.slice(0, length + 1);
  const space = start.lastIndexOf(" ");
  const cut = space > length / 2 ? start.slice(0, space) : start.slice(0, length);
  // half of a surrogate pair would be left over
  return cut.replace(/[\ud800-\udbff]$/, "").replace(/[\s,;:–-]{1,10}$/, "");
}
