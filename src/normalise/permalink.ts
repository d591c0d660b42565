import { unwrap } from "./redirect.ts";
import { isSession, isTracking, PATH_SESSION } from "./tracking.ts";
import { absoluteUrl } from "./url.ts";

/**
 * The page's address as readers click it: absolute, lower-case host, no default port, without what only says how the
 * reader got there, and past redirects whose target can be read off. Never one that the publisher has not written.
 */
export function permalink(url: string, base: string | undefined): string | undefined {
  const absolute = absoluteUrl(url, base);
  if (absolute === undefined) return undefined;
  const target = unwrap(absolute);
  if (!/[?#;]/.test(target)) return target;
  const [, page = "", query, fragment] = /^([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s.exec(target) ?? [];
  const kept =
    query
      ?.split("&")
      .filter((parameter) => !isTracking(parameter) && !isSession(parameter))
      .join("&") ?? "";
  return (
    page.replace(PATH_SESSION, "") +
    (kept === "" ? "" : `?${kept}`) +
    (fragment === undefined || isTracking(fragment) ? "" : `#${fragment}`)
  );
}

/** The page that a permalink leads to, whatever place on it. "#!/story" is no place but a page. */
export const withoutFragment = (url: string): string => url.replace(/#(?!!).*$/s, "");
