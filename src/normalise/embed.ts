export interface Embed {
  /** the page that shows what the frame shows */
  readonly page: string;
  readonly host: string;
}

/** Players whose own page has another address than their frame. */
const PAGES: readonly (readonly [frame: RegExp, page: string])[] = [
  [
    /^https?:\/\/(?:www\.)?youtube(?:-nocookie)?\.com\/(?:embed|v)\/([\w-]{11})(?:[?&#/].*)?$/,
    "https://www.youtube.com/watch?v=$1",
  ],
  [/^https?:\/\/player\.vimeo\.com\/video\/(\d{1,12})(?:[?&#/].*)?$/, "https://vimeo.com/$1"],
  [
    /^https?:\/\/(?:www\.)?dailymotion\.com\/embed\/video\/(\w{1,20})(?:[?&#/].*)?$/,
    "https://www.dailymotion.com/video/$1",
  ],
  [
    /^https?:\/\/open\.spotify\.com\/embed(?:-podcast)?\/(\w{1,20}\/\w{1,40})(?:[?&#/].*)?$/,
    "https://open.spotify.com/$1",
  ],
];

/** A frame that plays something; maps, forms and advertisements are none. */
const PLAYER = /player|video|\/embed|podcast|soundcloud|mediathek|livestream|\/videos?\//i;
const NO_PLAYER = /adsystem|doubleclick|googlesyndication|\/ads?[/.]|newsletter|form|survey|widgets?\/subscri/i;

/** The page behind a frame of a player. */
export function readEmbed(url: string): Embed | undefined {
  const host = (URL.parse(url)?.hostname ?? "").replace(/^(?:www|player|w|open)\./, "");
  for (const [frame, page] of PAGES) if (frame.test(url)) return { page: url.replace(frame, page), host };
  return PLAYER.test(url) && !NO_PLAYER.test(url) ? { page: url, host } : undefined;
}
