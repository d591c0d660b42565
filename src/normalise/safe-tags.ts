/**
 * The tags that may be written, each with the attributes that may: nothing here runs, styles, names, submits or loads
 * anything but pictures and sound, and nothing here holds anything but HTML. safe-html.ts writes these and no others.
 */
export const SAFE_TAGS: ReadonlyMap<string, readonly string[]> = new Map([
  ...bare(
    "b bdi bdo br caption center cite code col colgroup dd details dfn div dl dt em figcaption figure h1 h2 h3 h4",
  ),
  ...bare("h5 h6 hr i kbd li mark p pre rp rt ruby s samp small span strike strong sub summary sup table tbody tfoot"),
  ...bare("thead tr tt u ul var wbr address article aside footer header main nav section"),
  ["a", ["href", "title"]],
  ["img", ["src", "srcset", "sizes", "alt", "title", "width", "height"]],
  ["audio", ["src", "controls"]],
  ["video", ["src", "controls", "poster", "width", "height"]],
  ["source", ["src", "type"]],
  ["ol", ["start", "type"]],
  ["td", ["colspan", "rowspan"]],
  ["th", ["colspan", "rowspan"]],
  ["time", ["datetime"]],
  ["abbr", ["title"]],
  ...["blockquote", "q", "ins", "del"].map((name): [string, readonly string[]] => [name, ["cite"]]),
]);

/** Of every tag. */
export const COMMON_ATTRIBUTES: readonly string[] = ["lang", "dir"];

/** Hold an address: written absolute, http or https (a link also mailto), or not at all. */
export const URL_ATTRIBUTES: ReadonlySet<string> = new Set(["href", "src", "cite", "poster"]);

export const VOID_TAGS: ReadonlySet<string> = new Set(["br", "col", "hr", "img", "source", "wbr"]);

/** Left out with all that is in them; of any other unknown tag the words stay. */
export const DROPPED_TAGS: ReadonlySet<string> = new Set(
  [
    "script style textarea select option noscript template iframe object applet math xmp noembed noframes",
    "plaintext frameset datalist",
  ].flatMap((names) => names.split(" ")),
);

/** What show nothing when nothing is in them: what held a counter, mostly. */
export const HOLLOW_TAGS: ReadonlySet<string> = new Set(["a", "div", "figure", "p", "span"]);

function bare(names: string): readonly [string, readonly string[]][] {
  return names.split(" ").map((name) => [name, []]);
}
