interface Mark {
  readonly mark: string;
  readonly pattern: RegExp;
}

/** Names of subscriptions: some publishers put them before the headline without so much as a space. */
const PAYWALL =
  "[ZSFT]\\+(?=$|[\\s:|])|(?:SZ|FAZ|F\\.A\\.Z\\.|HB|RND|HAZ|LVZ|MAZ|NZZ|taz|heise|SPIEGEL|WELT|BILD|STANDARD|KURIER|Capital)\\+|(?:SZ ?Plus|WELTplus|WELT Plus|BILDplus|Tagesspiegel Plus|[Ss][Tt][Ee][Rr][Nn] PLUS)(?![\\p{Ll}-])";
/** One letter may be a school mark (A+), three a technique (DAB+, HDR+): only some of them are subscriptions. */
const BRACKETED = [
  "[D-Zg]\\+|(?:SZ|FAZ|HB|RP|RND|HAZ|LVZ|MAZ|NZZ|WELT)\\+|\\+|€|\\$|Abo\\+?|Plus|M-Plus|Premium|Paywall|abopflichtiger Inhalt",
  "[Nn]ur für Abonnenten|Abo-Artikel|Abonnés?|[Rr]éservé aux abonnés|[Ss]ubscribers?[ -][Oo]nly|[Ss]ubscription(?: required)?|[Mm]embers?[ -][Oo]nly|[Ss]olo (?:per gli abbonati|suscriptores)",
].join("|");

/** As written here or in capitals, before a colon or a bar. */
const WORDS: Readonly<Record<string, string>> = {
  live: "Live|Live[ -]?[Tt]icker|Live[ -]?[Bb]log|Live ?[Ss]tream|Live[ -][Uu]pdates?|Live [Cc]overage|News-?[Tt]icker|News-?[Bb]log|Ticker|Watch live|En direct|En vivo|En directo|Directo|Diretta|Ao vivo|На живо|Прямой эфир",
  breaking:
    "Eilmeldung|Eil|Eilt|Breaking(?: [Nn]ews)?|Just in|Última hora|Ultim[’']ora|Dernière minute|Alerte info|Son dakika|Pilne|Just nu|Срочно|Молния|速報|快讯",
  exclusive: "Exklusiv|Exclusive|Exclusif|Exclu|Exclusiva|Esclusiva|Exclusivo|Exclusief|Эксклюзив",
  video: "Video|Mit Video|Im Video|Watch|Vidéo|Vídeo|Видео",
  audio: "Podcast|Listen|Zum Hören",
  pictures: "Bildergalerie|Bilderstrecke|Fotostrecke|In Bildern|Photos|Pictures|In [Pp]ictures|En images|Slideshow",
  update: "Updated?|Aktualisiert|MàJ|Mise à jour|Actualización|Aggiornamento",
  paywall: "Abo|Premium|Nur für Abonnenten|Subscribers? only|Réservé aux abonnés|Abonnés",
};
/** Only in capitals, and then also before a dash, a full stop or an exclamation mark: "DIRECT. ", "UPDATE 2-". */
const SHOUTED: Readonly<Record<string, string>> = {
  live: "LIVE|LIVETICKER|LIVEBLOG|NEWSTICKER|TICKER|EN DIRECT|DIRECT|DIRECTO|EN VIVO|DIRETTA|AO VIVO|LIVE UPDATES?|LIVE BLOG",
  breaking: "EIL|EILMELDUNG|BREAKING|BREAKING NEWS|URGENT|ALERTE INFO|ÚLTIMA HORA|ULTIM'ORA|SON DAKİKA|JUST IN",
  exclusive: "EXKLUSIV|EXCLUSIVE|EXCLUSIF|EXCLU|ESCLUSIVA|EXCLUSIVA",
  video: "VIDEO|VIDÉO|VIDEOS|WATCH",
  audio: "PODCAST|LISTEN|AUDIO",
  pictures: "PHOTOS|PICTURES|EN IMAGES",
  update: "UPDATE(?: \\d{1,2})?|CORRECTED|REFILE",
};
/** Behind the headline: in brackets, or in English after a dash. */
const BEHIND: Readonly<Record<string, string>> = {
  video: "[Vv]ideo|VIDEO|[Mm]it Video|[Vv]idéo|[Vv]ídeo",
  pictures: "[Mm]it Bildern|[Ff]otostrecke|[Pp]hotos|PHOTOS|FOTOS?",
  audio: "[Pp]odcast|PODCAST|AUDIO",
  live: "LIVE",
  update: "[Uu]pdated?|UPDATED?|MàJ|[Aa]ktualisiert",
};
const AFTER_DASH: Readonly<Record<string, string>> = {
  live: "live|live updates|live blog|as it happened|LIVE",
  video: "video|VIDEO",
  pictures: "in pictures|PHOTOS|FOTOS?",
  audio: "podcast",
};
const SYMBOLS: Readonly<Record<string, string>> = {
  live: "🔴|🟥",
  breaking: "🚨|⚡",
  paywall: "🔒|🔐|🔑",
  video: "🎥|📺|🎬|📹|▶",
  audio: "🎧|🎙|🔊",
  pictures: "📷|📸",
};

/** To be taken off, one after the other. */
export const MARKS: readonly Mark[] = [
  mark("paywall", `^(?:${PAYWALL})(?: ?\\(abopflichtiger Inhalt\\))?\\s?[|:;–-]?\\s*`),
  mark("paywall", `^[(\\[](?:${BRACKETED})[)\\]]\\s?[|:]?\\s*`),
  mark("paywall", `\\s[(\\[](?:${BRACKETED})[)\\]]$`),
  mark("paywall", `\\s[|–-]\\s?(?:${PAYWALL}|Premium)$`),
  mark("paywall", "^Plus\\s?\\|\\s*"),
  ...each(SYMBOLS, (symbols) => [`^(?:${symbols})\\ufe0f?\\s*`]),
  ...each(WORDS, (words) => [
    `^(?:${words}|${shout(words)})\\s?[:|•]\\s*(?!\\d\\d)`,
    `^(?:\\+{1,3}|•) ?(?:${words}|${shout(words)}) ?(?:\\+{1,3}|•|:):?\\s*`,
    `^[[(](?:${words}|${shout(words)})[\\])]\\s?[:|]?\\s+`,
    // front pages run the label into the kicker, and the kicker into the headline
    `^(?:${words})(?=[\\p{Lu}„“"»][^:]{2,60}:[^\\s\\d/])`,
  ]),
  ...each(SHOUTED, (words) => [`^(?:${words})(?:\\s?[–—-]\\s*|[.,]\\s|!\\s)(?=[\\p{Lu}\\p{N}"„“»«'‘])`]),
  ...each(BEHIND, (words) => [`\\s[(\\[](?:${words})[)\\]]$`]),
  ...each(AFTER_DASH, (words) => [`\\s[–—|-]\\s(?:${words})$`]),
];

const OPINION = [
  "Kommentar|Gastkommentar|Gastbeitrag|Meinung|Leitartikel|Glosse|Kolumne|Standpunkt",
  "Opinion|Column|Editorial|Op-Ed|Commentary|Viewpoint|Édito(?:rial)?|Tribune|Chronique|Opinión|Opinião|Opinione|Commento|Editoriale|Мнение",
].join("|");
const SPONSORED =
  "Anzeige|Advertorial|Werbung|Sponsored(?: [Pp]ost| [Cc]ontent)?|Paid [Pp]ost|Paid [Cc]ontent|Partner [Cc]ontent|Publireportage|Contenu sponsorisé|Publicité|Publirreportaje|Реклама";
const LIVE_KICKER =
  "[^:|]{0,60}(?:Live-?[Bb]log|Live-?[Tt]icker|News-?[Tt]icker|News-?[Bb]log|liveblog|liveticker|newsblog)[^:|]{0,40}|[^:|]{1,60} live(?: updates)?";

/** To be left where they are. */
export const NOTED: readonly Mark[] = [
  mark("opinion", `^(?:${OPINION})(?: [^:|]{1,60})?\\s?[:|]\\s`),
  mark("sponsored", `^(?:(?:${SPONSORED})\\s?[:|]\\s|[[(](?:${SPONSORED})[\\])])|[[(](?:${SPONSORED})[\\])]$`),
  mark("live", `^(?:${LIVE_KICKER}):\\s`),
];

/** "Ukraine-Liveblog: ++ Rat tagt ++", "+++ 12:30 Rat tagt +++": one entry of a ticker. */
export const TICKER = /^((?:[^+:]{1,60}: )?)\+{2,3} ?(?:\d{1,2}[:.]\d\d(?: Uhr)?:? )?([^+\s][^+]*[^+\s]) ?\+{2,3}$/;

function mark(name: string, pattern: string): Mark {
  return { mark: name, pattern: new RegExp(pattern, "u") };
}

function each(
  table: Readonly<Record<string, string>>,
  patterns: (words: string) => readonly string[],
): readonly Mark[] {
  return Object.entries(table).flatMap(([name, words]) => patterns(words).map((pattern) => mark(name, pattern)));
}

/** "BREAKING(?: NEWS)?": the same words in capitals, what is no letter left alone. */
function shout(words: string): string {
  return words.replace(/\[(\p{Lu})\p{Ll}\]/gu, "$1").toUpperCase();
}
