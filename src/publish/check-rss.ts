import * as rules from "./rules.ts";
import { childrenOf, isElement, readXml, textOf, type XmlElement } from "./xml.ts";

const { ANY, AT_MOST_ONCE, ONCE, anAddress, attributeRules, optional, textRule, unless } = rules;

const CHANNEL =
  "category cloud copyright description docs generator image item language lastBuildDate link managingEditor pubDate rating skipDays skipHours textInput title ttl webMaster";
const ITEM = "author category comments description enclosure guid link pubDate source title";

/** Minutes. Some readers obey `ttl` blindly, and a week without news is no feed. */
const LONGEST_TTL = 7 * 24 * 60;

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
    ...characterFaults(text).map((what) => ({ what })),
    ...channelFaults(channel).map((what) => ({ what })),
    ...items.flatMap((item, entry) => itemFaults(item).map((what) => ({ entry, what }))),
    ...again.map((entry) => ({ entry, what: "its guid stands twice" })),
  ];
}

/** Plain text in hexadecimal references, for many readers take named ones for HTML (profile, "Character Data"). */
function characterFaults(text: string): readonly string[] {
  const outside = text.replace(/<!\[CDATA\[.*?\]\]>/gs, "");
  return unless(!/&(?:lt|amp);/.test(outside), "named references in plain text");
}

function channelFaults(channel: XmlElement): readonly string[] {
  return [
    ...rules.onlyKnown(channel, CHANNEL),
    ...textRule(channel, "title", ONCE, rules.plain),
    ...textRule(channel, "link", ONCE, anAddress),
    ...textRule(channel, "description", ONCE, rules.plain),
    ...textRule(channel, "language", AT_MOST_ONCE, rules.aLanguage),
    ...textRule(channel, "lastBuildDate", AT_MOST_ONCE, rules.anRfc822Date),
    ...textRule(channel, "generator", AT_MOST_ONCE, rules.said),
    ...textRule(channel, "docs", AT_MOST_ONCE, anAddress),
    ...textRule(channel, "ttl", AT_MOST_ONCE, (minutes) =>
      unless(/^\d+$/.test(minutes ?? "") && isSensibleTtl(Number(minutes)), "is no time to live", minutes),
    ),
    ...attributeRules(channel, "atom:link", {
      href: anAddress,
      rel: rules.said,
      type: optional(rules.aMediaType),
    }),
    ...rules.oneSelfLink(channel, "atom:link"),
    ...rules.oneLinkEach(channel, "atom:link", rules.PAGING),
    ...rules.archiveFaults(channel, "atom:link"),
  ];
}

function isSensibleTtl(minutes: number): boolean {
  return minutes > 0 && minutes <= LONGEST_TTL;
}

function itemFaults(item: XmlElement): readonly string[] {
  return [
    ...rules.onlyKnown(item, ITEM),
    ...textFaults(item),
    ...creditFaults(item),
    ...textRule(item, "guid", ONCE, rules.anId),
    ...attributeRules(item, "guid", { isPermaLink: (value) => unless(value === "false", "is not false", value) }),
    ...textRule(item, "pubDate", ONCE, rules.anRfc822Date),
    ...textRule(item, "atom:updated", AT_MOST_ONCE, rules.anRfc3339Date),
    ...textRule(item, "enclosure", AT_MOST_ONCE, rules.anything),
    ...attributeRules(item, "enclosure", { url: anAddress, length: rules.aCount, type: rules.aMediaType }),
    ...attributeRules(item, "media:content", {
      url: anAddress,
      type: optional(rules.aMediaType),
      fileSize: optional(rules.aCount),
      width: optional(rules.aCount),
      height: optional(rules.aCount),
    }),
  ];
}

function textFaults(item: XmlElement): readonly string[] {
  const names = item.children.filter(isElement).map(({ name }) => name);
  const [short, full] = [names.indexOf("description"), names.indexOf("content:encoded")];
  return [
    ...unless(
      childrenOf(item, "title").length + childrenOf(item, "description").length > 0,
      "neither title nor description",
    ),
    ...textRule(item, "title", AT_MOST_ONCE, rules.plain),
    ...textRule(item, "link", AT_MOST_ONCE, anAddress),
    ...textRule(item, "description", AT_MOST_ONCE, rules.harmless),
    ...textRule(item, "content:encoded", AT_MOST_ONCE, rules.harmless),
    // readers take the last of the two for the text
    ...unless(full === -1 || (short !== -1 && short < full), "no description before content:encoded"),
  ];
}

function creditFaults(item: XmlElement): readonly string[] {
  const isTwice = childrenOf(item, "author").length > 0 && childrenOf(item, "dc:creator").length > 0;
  return [
    ...unless(!isTwice, "author and dc:creator"),
    ...textRule(item, "author", AT_MOST_ONCE, (author) =>
      unless(/^\S+@\S+/.test(author ?? ""), "has no e-mail address", author),
    ),
    ...textRule(item, "dc:creator", ANY, rules.plain),
    ...textRule(item, "category", ANY, rules.plain),
    ...textRule(item, "source", ONCE, rules.plain),
    ...attributeRules(item, "source", { url: anAddress }),
    ...textRule(item, "dc:language", AT_MOST_ONCE, rules.aLanguage),
  ];
}
