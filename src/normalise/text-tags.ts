/** Words on both sides of these are no one word. */
export const BLOCKS: ReadonlySet<string> = new Set(
  [
    "address article aside blockquote br caption dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6",
    "header hr legend li main nav ol option p pre section summary table td th tr ul",
  ].flatMap((names) => names.split(" ")),
);

/** What stands below a picture, or for browsers that play nothing, is no part of what a text says first. */
export const NO_RUNNING_TEXT: ReadonlySet<string> = new Set(["figcaption", "audio", "video"]);

/** Characters, four teasers long: what a publisher adds at the end of a summary is still seen as such. */
export const MAX_BEGINNING = 2000;
