/** Hosts and paths that count readers for publishers and advertisers, or only decorate. Facts of the feeds in the wild. */
const COUNTERS = new RegExp(
  [
    // reach and shares of authors: VG Wort, INFOnline
    "^https?://(?:[^/]*\\.)?(?:vgwort\\.de|ioam\\.de|iocnt\\.net|ivwbox\\.de|etracker\\.(?:com|de)",
    "doubleclick\\.net|googlesyndication\\.com|google-analytics\\.com|googletagmanager\\.com|adition\\.com|adform\\.net",
    "amazon-adsystem\\.com|assoc-amazon\\.[a-z.]+|quantserve\\.com|scorecardresearch\\.com|statcounter\\.com|chartbeat\\.(?:com|net)",
    "omtrdc\\.net|2o7\\.net|imrworldwide\\.com|xiti\\.com|webtrekk\\.net|wt-eu02\\.net|parsely\\.com|mookie1\\.com|pheedo\\.com",
    "feedsportal\\.com|pixel\\.wp\\.com|stats\\.wordpress\\.com|feeds\\.wordpress\\.com/1\\.0|blogads\\.com|zemanta\\.com",
    "(?:feeds2?|feedproxy)\\.[a-z]+\\.com/~|feeds\\.feedblitz\\.com/~|rss\\.buysellads\\.com|feedads\\.[a-z]+\\.[a-z]+)",
  ].join("|"),
  "i",
);

/** Paths of counters on the publisher's own host. */
const COUNTING_PATHS =
  /\/(?:count(?:er)?\.rss|(?:pixel|spacer|blank|clear|clearpixel|transparent|1x1|trans|zaehler|zaehlpixel|counter|beacon|piwik|matomo)\.(?:gif|png|php|jpe?g|svg)|_\/stat\?|b\.gif|g\.gif\?|matomo\.php|piwik\.php|republish-pixel|tracker\.(?:gif|php))/i;

/** Whether a picture at this address counts readers instead of showing them something. */
export const isCounter = (url: string): boolean => COUNTERS.test(url) || COUNTING_PATHS.test(url);
