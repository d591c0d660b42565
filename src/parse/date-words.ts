/** How the names of the months begin, without accents, in the languages that feeds are written in. */
const MONTH_STEMS: readonly string[] = [
  "jan ene gen sty ian oca ιαν янв",
  "feb fev lut sub φεβ фев",
  "mar mae mrz mrt μαρ мар",
  "apr avr abr kwi nis απρ апр",
  "may mai maj mag mei μαι маи мая",
  "jun juin giu cze iun haz ιουν июн",
  "jul juil lug lip iul tem ιουλ июл",
  "aug aou ago sie agu αυγ авг",
  "sep set wrz sze eyl σεπ сен",
  "oct okt ott out paz eki οκτ окт",
  "nov lis noi noe kas νοε ноя",
  "dec dez dic des gru ara δεκ дек",
];

const MONTHS: ReadonlyMap<string, number> = new Map(
  MONTH_STEMS.flatMap((stems, month) => stems.split(" ").map((stem): [string, number] => [stem, month + 1])),
);

/** 1-12 for "März", "sept.", "février", "Dez"; undefined for any other word. */
export function monthOf(word: string): number | undefined {
  const plain = word.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  return MONTHS.get(plain.slice(0, 4)) ?? MONTHS.get(plain.slice(0, 3));
}

/** Hours east of Greenwich: RFC 822, what Europe writes, and the rest of the world as far as names are plain enough. */
const ZONES: readonly (readonly [number, string])[] = [
  [-10, "HST"],
  [-9, "AKST"],
  [-8, "PST PT AKDT"],
  [-7, "MST MT PDT"],
  [-6, "CST CT MDT"],
  [-5, "EST ET CDT"],
  [-4, "AST EDT"],
  [-3.5, "NST"],
  [-3, "ADT BRT"],
  [-2.5, "NDT"],
  [0, "UT UTC GMT Z WET WEZ"],
  [1, "CET MEZ MET BST WEST WESZ WAT"],
  [2, "CEST MESZ MEST EET OEZ SAST CAT"],
  [3, "EEST OESZ MSK TRT EAT"],
  [5.5, "IST"],
  [8, "HKT SGT AWST"],
  [9, "JST KST"],
  [9.5, "ACST"],
  [10, "AEST"],
  [10.5, "ACDT"],
  [11, "AEDT"],
  [12, "NZST"],
  [13, "NZDT"],
];

const ZONE_HOURS: ReadonlyMap<string, number> = new Map(
  ZONES.flatMap(([hours, names]) => names.split(" ").map((name): [string, number] => [name, hours])),
);

/** Minutes east of Greenwich of "MESZ", "+0200", "GMT+2", "+02:00"; undefined for any other word. */
export function zoneOf(word: string): number | undefined {
  const named = ZONE_HOURS.get(word.toUpperCase());
  if (named !== undefined) return named * 60;
  const [, sign, hours, minutes] = /^(?:GMT|UTC?|Z)?([+-])(\d{1,2}):?(\d\d)?$/i.exec(word) ?? [];
  if (hours === undefined || Number(hours) > 14 || Number(minutes ?? 0) > 59) return undefined;
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes ?? 0));
}
