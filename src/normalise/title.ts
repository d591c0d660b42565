export interface Title {
  readonly title: string;
  /** "paywall", "live", "breaking" */
  readonly marks: readonly string[];
}

/** Takes the marks off that publishers put before and after a headline: they say something of the item, not of the news. */
export function readTitle(written: string): Title {
  let title = written;
  const marks = new Set<string>();
  for (let round = 0; round < MAX_MARKS; round++) {
    const found = MARKS.find(({ pattern }) => pattern.test(title));
    const rest = found === undefined ? "" : title.replace(found.pattern, "").trim();
    if (found === undefined || rest === "") break;
    marks.add(found.mark);
    title = rest;
  }
  return { title, marks: [...marks] };
}

/** Nobody puts more marks on one headline. */
const MAX_MARKS = 3;

/** Names of subscriptions: some publishers put them before the headline without so much as a space. */
const PAYWALL =
  "[ZSFT]\\+(?=$|[\\s:|])|(?:SZ|FAZ|F\\.A\\.Z\\.|HB|RND|HAZ|LVZ|MAZ|taz|heise|SPIEGEL|WELT|BILD)\\+|(?:SZ ?Plus|WELTplus|WELT Plus|BILDplus|Tagesspiegel Plus)(?![\\p{Ll}-])";
const BRACKETED = "[A-Z]{1,4}\\+|\\+|Abo\\+?|Plus|M-Plus|Premium|Paywall|abopflichtiger Inhalt";
const LIVE =
  "LIVE|Live|Live-?[Tt]icker|Live-?[Bb]log|News-?[Tt]icker|News-?[Bb]log|Ticker|LIVETICKER|LIVEBLOG|NEWSTICKER|TICKER";
const BREAKING = "Eilmeldung|EILMELDUNG|EIL|Breaking(?: News)?|BREAKING(?: NEWS)?";

const MARKS: readonly { readonly mark: string; readonly pattern: RegExp }[] = [
  { mark: "paywall", pattern: pattern(`^(?:${PAYWALL})(?: ?\\(abopflichtiger Inhalt\\))?\\s?[|:;–-]?\\s*`) },
  { mark: "paywall", pattern: pattern(`^[(\\[](?:${BRACKETED})[)\\]]\\s?[|:]?\\s*`) },
  { mark: "paywall", pattern: pattern("^(?:Abo|Plus|Premium)\\s?[|:]\\s+") },
  { mark: "paywall", pattern: pattern(`\\s[(\\[](?:${BRACKETED})[)\\]]$`) },
  { mark: "paywall", pattern: pattern(`\\s[|–-]\\s?(?:${PAYWALL}|Premium)$`) },
  ...around("live", LIVE),
  ...around("breaking", BREAKING),
];

function pattern(source: string): RegExp {
  return new RegExp(source, "u");
}

/** "LIVE: …", "LIVE | …", "+++ LIVE +++ …", "• Liveticker • …" */
function around(mark: string, words: string): typeof MARKS {
  return [
    { mark, pattern: pattern(`^(?:${words})\\s?[:|•]\\s*`) },
    { mark, pattern: pattern(`^(?:\\+{1,3}|•) ?(?:${words}) ?(?:\\+{1,3}|•|:)\\s*`) },
  ];
}

/** "Goldpreis-Rekordhoch" of "Goldpreis-Rekordhoch: Gelbes Edelmetall erstmals über 4.700 US-Dollar". */
export function kickerOf(title: string): string | undefined {
  const end = title.indexOf(": ");
  const kicker = title.slice(0, Math.max(0, end)).trim();
  return kicker === "" || kicker.length > MAX_KICKER || kicker.split(" ").length > MAX_KICKER_WORDS
    ? undefined
    : kicker;
}

/** What is longer is a sentence that leads to a quotation. */
const MAX_KICKER = 60;
const MAX_KICKER_WORDS = 6;
