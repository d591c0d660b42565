import { fold } from "./words.ts";

/** Nobody's sections lie deeper. */
const DEEPEST = 8;
const LONGEST_PLACE = 4;

/**
 * The places that an address names, most telling first: runs of several path segments ("panorama/leute") before single
 * ones, left before right, then the host's own labels ("sport" of sport.orf.at) and the host itself ("heise.de").
 */
export function placesOf(url: string): readonly string[] {
  if (!URL.canParse(url)) return [];
  const { hostname, pathname } = new URL(url);
  return [...runsOf(segmentsOf(pathname)), ...hostPlaces(hostname)];
}

/** The folders that a page lies in, outermost first, as sections.yaml spells places; dates and numbers are none. */
export function foldersOf(url: string): readonly string[] {
  if (!URL.canParse(url)) return [];
  const folders = new URL(url).pathname.replace(/\/[^/]+\/?$/, "/");
  return segmentsOf(folders).filter((folder) => FOLDER.test(folder));
}

/** "politik-inland": letters and hyphens, and no address is named for its number. */
const FOLDER = /^[\p{L}-]{2,40}$/u;

function segmentsOf(pathname: string): readonly string[] {
  return pathname
    .split("/")
    .map(spell)
    .filter((segment) => segment !== "")
    .slice(0, DEEPEST);
}

function runsOf(segments: readonly string[]): readonly string[] {
  const runs: string[] = [];
  for (let length = Math.min(LONGEST_PLACE, segments.length); length > 0; length -= 1) {
    for (let from = 0; from + length <= segments.length; from += 1)
      runs.push(segments.slice(from, from + length).join("/"));
  }
  return runs;
}

function hostPlaces(hostname: string): readonly string[] {
  const labels = hostname.toLowerCase().split(".");
  const domains = labels.map((_, at) => labels.slice(at).join(".")).slice(0, -1);
  return [...domains, ...labels.slice(0, -2)];
}

/** "Politik__Inland_" and "politik-inland" are one; "wirtschaft_nt" is welt.de's news ticker on the economy. */
function spell(segment: string): string {
  const decoded = segment.includes("%") ? safelyDecoded(segment) : segment;
  return fold(decoded)
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$|-nt$/g, "");
}

function safelyDecoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
