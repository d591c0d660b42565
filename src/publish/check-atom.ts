import * as rules from "./rules.ts";
import { childrenOf, readXml, textOf, type XmlElement } from "./xml.ts";

const { AT_MOST_ONCE, ONCE, attributeRules, textRule, unless } = rules;

const ATOM = "http://www.w3.org/2005/Atom";

const FEED = "author category contributor entry generator icon id link logo rights subtitle title updated";
const ENTRY = "author category content contributor id link published rights source summary title updated";

/** RFC 4287. */
export function atomFaults(text: string): readonly rules.Fault[] {
  const reading = readXml(text);
  if (reading.kind === "malformed") return [{ what: reading.why }];
  const { root } = reading;
  if (root.name !== "feed" || root.attributes["xmlns"] !== ATOM) return [{ what: "no Atom 1.0" }];
  const entries = childrenOf(root, "entry");
  const again = rules.repeated(entries.map((entry) => childrenOf(entry, "id").map(textOf)[0]));
  return [
    ...feedFaults(root).map((what) => ({ what })),
    ...entries.flatMap((one, entry) => entryFaults(one).map((what) => ({ entry, what }))),
    ...again.map((entry) => ({ entry, what: "its id stands twice" })),
  ];
}

function feedFaults(feed: XmlElement): readonly string[] {
  return [
    ...rules.onlyKnown(feed, FEED),
    ...headFaults(feed),
    ...authorFaults(feed),
    ...languageFaults(feed),
    ...textRule(feed, "subtitle", AT_MOST_ONCE, rules.said),
    ...textRule(feed, "generator", AT_MOST_ONCE, rules.said),
    ...attributeRules(feed, "at:deleted-entry", { ref: rules.anId, when: rules.anRfc3339Date }),
    ...rules.oneSelfLink(feed, "link"),
    ...rules.oneLinkEach(feed, "link", rules.PAGING),
    ...rules.archiveFaults(feed, "link"),
  ];
}

function entryFaults(entry: XmlElement): readonly string[] {
  const alternates = childrenOf(entry, "link").filter(
    ({ attributes: { rel } }) => (rel ?? "alternate") === "alternate",
  );
  return [
    ...rules.onlyKnown(entry, ENTRY),
    ...headFaults(entry),
    ...authorFaults(entry),
    ...languageFaults(entry),
    ...unless(alternates.length === 1, "not one alternate link"),
    ...textRule(entry, "title", ONCE, rules.harmless),
    ...textRule(entry, "published", AT_MOST_ONCE, rules.anRfc3339Date),
    ...textRule(entry, "summary", AT_MOST_ONCE, rules.harmless),
    ...textRule(entry, "content", ONCE, rules.harmless),
    ...attributeRules(entry, "category", {
      term: rules.said,
      label: rules.optional(rules.plain),
      scheme: rules.optional(rules.anAddress),
    }),
    ...attributeRules(entry, "media:content", { url: rules.anAddress }),
    ...["title", "summary", "content"].flatMap((name) => attributeRules(entry, name, { type: aTextType })),
    ...textRule(entry, "source", ONCE, rules.anything),
    ...childrenOf(entry, "source").flatMap(headFaults),
  ];
}

/** RFC 4287 3.1.1. We write no XHTML. */
const aTextType: rules.Rule = (type) => unless(type === "html" || type === "text", "is no type of text", type);

function languageFaults({ name, attributes }: XmlElement): readonly string[] {
  return rules
    .optional(rules.aLanguage)(attributes["xml:lang"])
    .map((wrong) => `<${name} xml:lang> ${wrong}`);
}

/** What feed, entry and source have in common. */
function headFaults(element: XmlElement): readonly string[] {
  const link = {
    href: rules.anAddress,
    rel: rules.optional(rules.said),
    type: rules.optional(rules.aMediaType),
    length: rules.optional(rules.aCount),
  };
  return [
    ...textRule(element, "id", ONCE, rules.anId),
    ...textRule(element, "title", ONCE, rules.said),
    ...textRule(element, "updated", ONCE, rules.anRfc3339Date),
    ...textRule(element, "rights", AT_MOST_ONCE, rules.said),
    ...attributeRules(element, "link", link),
  ];
}

function authorFaults(element: XmlElement): readonly string[] {
  return [
    ...textRule(element, "author", rules.SOME, rules.anything),
    ...childrenOf(element, "author").flatMap((author) => [
      ...textRule(author, "name", ONCE, rules.plain),
      ...textRule(author, "uri", AT_MOST_ONCE, rules.anAddress),
      ...textRule(author, "email", AT_MOST_ONCE, (email) =>
        unless(/^\S+@\S+$/.test(email ?? ""), "is no e-mail address"),
      ),
    ]),
  ];
}
