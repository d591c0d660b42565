import { webAddress } from "./address.ts";
import { openCatalogue } from "./catalogue.ts";
import { outlineAttributes } from "./outline-attributes.ts";
import type { OpmlReading } from "./subscription.ts";
import { readTags } from "./tags.ts";

/** Outlines beyond these are not anybody's subscriptions. */
const MOST_OUTLINES = 50_000;
/** Folders are a few deep; a list that goes on and on is made to hurt (facts A-29). */
const DEEPEST = 100;
const MAX_NAME = 200;

type Attributes = Readonly<Record<string, string>>;

/** An element whose end has not come. */
interface Open {
  readonly tag: string;
  /** what it is called, where it is an outline without a feed of its own */
  readonly folder?: string;
  readonly isComment: boolean;
  /** why it is left out if nothing comes to lie in it; undefined where something did, or nothing has to */
  emptyBecause?: string | undefined;
}

/**
 * The feeds of an OPML list, whatever its version and mistakes: nothing is expanded, loaded or executed, and what is
 * no feed is named, never dropped in silence.
 */
export function readOpml(text: string): OpmlReading {
  const dropped = new Map<string, number>();
  const namespaces = new Map<string, string>();
  const tree = openTree();
  readTags(text, "xml", (tag) => {
    if (tag.kind === "text") return true;
    const name = tag.name.toLowerCase();
    if (tag.kind === "close") tree.close(name);
    else {
      for (const [key, value] of tag.attributes) if (key.startsWith("xmlns:")) namespaces.set(key, value);
      if (name === "outline") tree.outline(outlineAttributes(tag.attributes, namespaces, dropped));
      else tree.open(name);
    }
    return tree.tooMuch() === undefined;
  });
  const why = tree.tooMuch() ?? (tree.isEmpty() ? "no OPML: there is no <outline> in it" : undefined);
  return why === undefined ? { kind: "read", ...tree.end(), dropped } : { kind: "unreadable", why };
}

/** Where the reading is: the elements around, from the root. What they hold goes into a catalogue. */
function openTree() {
  const catalogue = openCatalogue();
  const around: Open[] = [];
  let outlines = 0;

  const leave = (left: readonly Open[]): void => {
    for (const { folder = "", emptyBecause } of left)
      if (emptyBecause !== undefined) catalogue.skip(folder, emptyBecause);
  };

  return {
    open(tag: string): void {
      around.push({ tag, isComment: false });
    },
    outline(attributes: Attributes): void {
      outlines++;
      for (const parent of around) parent.emptyBecause = undefined;
      const { title, text, xmlUrl } = attributes;
      const name = (title ?? text ?? xmlUrl ?? `outline ${outlines}`).slice(0, MAX_NAME);
      const isComment = attributes["isComment"] === "true" || around.some((parent) => parent.isComment);
      if (xmlUrl === undefined) {
        around.push({ tag: "outline", folder: name, isComment, emptyBecause: whyEmpty(attributes) });
        return;
      }
      const url = isComment ? undefined : webAddress(xmlUrl);
      const path = around.flatMap(({ folder }) => folder ?? []);
      if (url !== undefined) catalogue.add(url, attributes, path);
      else catalogue.skip(name, isComment ? "is commented out" : whyNoAddress(xmlUrl));
      around.push({ tag: "outline", isComment });
    },
    close(tag: string): void {
      const at = around.findLastIndex((one) => one.tag === tag);
      if (at >= 0) leave(around.splice(at));
    },
    isEmpty: (): boolean => outlines === 0,
    /** Why no more can be taken. */
    tooMuch(): string | undefined {
      if (around.length > DEEPEST) return `it nests more than ${DEEPEST} deep`;
      if (outlines > MOST_OUTLINES) return `it has more than ${MOST_OUTLINES} outlines`;
      return catalogue.isTooLong() ? "its folders' names are too long" : undefined;
    },
    end() {
      leave(around);
      return catalogue.listed();
    },
  };
}

function whyEmpty({ type, url }: Attributes): string {
  if (url !== undefined) return `points to ${url.slice(0, MAX_NAME)}, which is no feed's address`;
  return type === undefined ? "is a folder without feeds" : `is of type ${type} and has no xmlUrl`;
}

function whyNoAddress(xmlUrl: string): string {
  const { username = "", password = "" } = URL.parse(xmlUrl) ?? {};
  if (username + password !== "") return "has a user name or password in its address, which would be shown to readers";
  return `its address ${JSON.stringify(xmlUrl.slice(0, MAX_NAME))} is no http(s) URL`;
}
