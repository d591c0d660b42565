import { isLanguageTag } from "./language.ts";
import * as rules from "./rules.ts";
import { childrenOf, readXml, textOf, type XmlElement } from "./xml.ts";

const { ANY, AT_MOST_ONCE, ONCE, anAddress, attributeRules, optional, textRule, unless } = rules;

/** RSS 2.0 and https://www.rssboard.org/rss-profile. */
export function rssFaults(text: string): readonly rules.Fault[] {
  const reading = readXml(text);
  if (reading.kind === "malformed") return [{ what: reading.why }];
  const [channel, second] = childrenOf(reading.root, "channel");
  if (reading.root.name !== "rss" || reading.root.attributes["version"] !== "2.0") return [{ what: "no RSS 2.0" }];
  if (channel === undefined || second !== undefined) return [{ what: "not one channel" }];
  const items = childrenOf(channel, "item");
  const again = rules.repeated(items.map((item) => childrenOf(item, "guid").map(textOf)[0]));
  return [
    ...channelFaults(channel).map((what) => ({ what })),
    ...items.flatMap((item, entry) => itemFaults(item).map((what) => ({ entry, what }))),
    ...again.map((entry) => ({ entry, what: "its guid stands twice" })),
  ];
}

function channelFaults(channel: XmlElement): readonly string[] {
  return [
    ...textRule(channel, "title", ONCE, rules.said),
    ...textRule(channel, "link", ONCE, anAddress),
    ...textRule(channel, "description", ONCE, rules.said),
    ...textRule(channel, "language", AT_MOST_ONCE, (tag) => unless(isLanguageTag(tag), "is no language", tag)),
    ...textRule(channel, "lastBuildDate", AT_MOST_ONCE, rules.anRfc822Date),
    ...textRule(channel, "ttl", AT_MOST_ONCE, rules.aCount),
    ...attributeRules(channel, "atom:link", { href: anAddress, rel: rules.said }),
    ...rules.oneSelfLink(channel, "atom:link"),
  ];
}

function itemFaults(item: XmlElement): readonly string[] {
  return [
    ...unless(
      childrenOf(item, "title").length + childrenOf(item, "description").length > 0,
      "neither title nor description",
    ),
    ...textRule(item, "title", AT_MOST_ONCE, rules.said),
    ...textRule(item, "link", AT_MOST_ONCE, anAddress),
    ...textRule(item, "description", AT_MOST_ONCE, rules.harmless),
    ...textRule(item, "content:encoded", AT_MOST_ONCE, rules.harmless),
    ...textRule(item, "guid", ONCE, rules.anIri),
    ...attributeRules(item, "guid", { isPermaLink: (value) => unless(value === "false", "is not false", value) }),
    ...textRule(item, "pubDate", ONCE, rules.anRfc822Date),
    ...textRule(item, "atom:updated", AT_MOST_ONCE, rules.anRfc3339Date),
    ...textRule(item, "author", AT_MOST_ONCE, (author) =>
      unless(/^\S+@\S+/.test(author ?? ""), "has no e-mail address", author),
    ),
    ...textRule(item, "dc:creator", ANY, rules.said),
    ...textRule(item, "category", ANY, rules.said),
    ...textRule(item, "enclosure", AT_MOST_ONCE, rules.anything),
    ...attributeRules(item, "enclosure", { url: anAddress, length: rules.aCount, type: rules.aMediaType }),
    ...attributeRules(item, "media:content", { url: anAddress, type: optional(rules.aMediaType) }),
    ...textRule(item, "source", ONCE, rules.said),
    ...attributeRules(item, "source", { url: anAddress }),
  ];
}
