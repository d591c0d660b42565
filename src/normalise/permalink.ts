import { absoluteUrl } from "./url.ts";

/** One spelling for one page: absolute, lower-case host, no default port, without what only says how the reader got there. */
export function permalink(url: string, base: string | undefined): string | undefined {
  const absolute = absoluteUrl(url, base);
  if (absolute === undefined) return undefined;
  const [, page = "", query, fragment] = /^([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s.exec(absolute) ?? [];
  const kept =
    query
      ?.split("&")
      .filter((parameter) => !isTracking(parameter))
      .join("&") ?? "";
  return (
    page + (kept === "" ? "" : `?${kept}`) + (fragment === undefined || isTracking(fragment) ? "" : `#${fragment}`)
  );
}

/** The page that a permalink leads to, whatever place on it. "#!/story" is no place but a page. */
export const withoutFragment = (url: string): string => url.replace(/#(?!!).*$/s, "");

/** Parameters of campaigns and counters. Only names that no publisher uses for content. */
const NAMES: ReadonlySet<string> = new Set(
  [
    "fbclid gclid dclid gbraid wbraid msclkid twclid yclid igshid ttclid mc_cid mc_eid _hsenc _hsmi vero_id oly_anon_id oly_enc_id",
    "xtor cmp cmpid campaign_id wt_mc wt_zmc wt_t emc smid smtyp sref partner ito icid ocid echobox gepc maca feedtype ns_source",
    "ns_mchannel ns_campaign ns_linkname ns_fee src_rss _ga _gl",
  ].flatMap((names) => names.split(" ")),
);
const PREFIXES = /^(?:utm|at|wt|mtm|pk|piwik|hsa|stm|itm|sc)_/;
/** "?ref=rss", "?source=feed": these names may mean something else with other values. */
const SAYS_FEED = /^(?:ref|source|src|from|via|rss|feed|output)=(?:[\w-]{0,20}[-_])?(?:rss|feed|atom|xml)[\w-]{0,20}$/;

function isTracking(parameter: string): boolean {
  const lower = parameter.toLowerCase();
  const name = lower.split("=", 1)[0] ?? "";
  return NAMES.has(name) || PREFIXES.test(name) || SAYS_FEED.test(lower) || /^(?:rss|rss=\d|ref=rss)$/.test(lower);
}
