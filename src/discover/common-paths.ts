import type { Candidate } from "./candidate.ts";

/** Where WordPress, Ghost, Hugo, Jekyll, Blogger, Drupal and most others have their feed. */
const USUAL = "feed rss rss.xml atom.xml feed.xml index.xml feed.json ?feed=rss2".split(" ");
/** A blog in a folder of its own has it there. */
const IN_FOLDER = "feed rss.xml index.xml".split(" ");

/** Addresses at which most sites have a feed, the likeliest first: in the page's own folder, then at the top. */
export function usualAddresses(pageUrl: string): readonly Candidate[] {
  const page = new URL(pageUrl);
  const folder = new URL(page.pathname.endsWith("/") ? "." : `${page.pathname.split("/").at(-1)}/`, page);
  const inFolder = folder.pathname === "/" ? [] : IN_FOLDER.map((path) => new URL(path, folder).href);
  const atTop = USUAL.map((path) => new URL(`/${path}`, page).href);
  return [...new Set([...inFolder, ...atTop])].map((url) => ({ url, because: "guessed" }));
}
