/** Parameters of campaigns and counters. Only names that no publisher uses for content. */
const NAMES: ReadonlySet<string> = new Set(
  [
    "fbclid gclid dclid gbraid wbraid msclkid twclid yclid ysclid igshid igsh ttclid mc_cid mc_eid _hsenc _hsmi mkt_tok vero_id",
    "oly_anon_id oly_enc_id epik ef_id s_cid s_kwcid _openstat _branch_match_id guccounter guce_referrer guce_referrer_sig soc_src",
    "soc_trk tsrc ncid xtor cmp cmpid campaign_id wt_mc wt_zmc wt_t wt.mc_id wt.zmc wt.rss_f wt.rss_ev emc smid smtyp sref srnd",
    "partner ito icid ocid ftag intcid intcmp echobox gepc maca mbid feedtype feedname feedref rssfeed fsrc ns_source ns_mchannel",
    "ns_campaign ns_linkname ns_fee src_rss ref_src ref_url fb_action_ids fb_action_types fb_ref fb_source action_object_map",
    "action_type_map action_ref_map spm sc_channel sh_kit nr_email_referer elqtrack elqtrackid cvid trk trkcampaign _ga _gl",
    "__twitter_impression usqp amp_js_v __s __hstc __hssc __hsfp hsctatracking reflink",
  ].flatMap((names) => names.split(" ")),
);
const PREFIXES = /^(?:utm|at|wt|mtm|pk|piwik|hsa|stm|itm|sc|dm)_/;
/** "?ref=rss", "?source=feed", "?mod=rss_main": these names may mean something else with other values. */
const SAYS_FEED =
  /^(?:ref|source|src|from|via|rss|feed|output|mod|cid|partner|feature|dest|ns)=(?:[\w-]{0,20}[-_])?(?:rss|feed|atom|xml|karanga)[\w-]{0,40}$/;
const SAYS_FEED_ONLY = /^(?:rss|atom|feed|rss=\d|rss=yes|rss=true|rss=|format=feed|from_rss=\d|isrss=\d)$/;

export function isTracking(parameter: string): boolean {
  // "&amp;amp;utm_source=": escaped once too often
  const lower = parameter.toLowerCase().replace(/^(?:amp;|%26|%3b)+/, "");
  const name = lower.split("=", 1)[0] ?? "";
  return NAMES.has(name) || PREFIXES.test(name) || SAYS_FEED.test(lower) || SAYS_FEED_ONLY.test(lower);
}

/** A session of the publisher's program is nobody's business but the poller's; pages open without it. */
const SESSION_NAMES: ReadonlySet<string> = new Set(
  "phpsessid jsessionid aspsessionid cfid cftoken osid oscsid zenid".split(" "),
);

export function isSession(parameter: string): boolean {
  const name = parameter.slice(0, parameter.indexOf("=")).toLowerCase();
  return SESSION_NAMES.has(name) || name.startsWith("aspsessionid");
}

/** Servlet containers write it into the path (Servlet 6.0, 7.1.3). */
export const PATH_SESSION = /;(?:jsessionid|phpsessid|sid)=[^/?#;]*/gi;
