import type { Enrolment } from "../model/enrolment.ts";
import type { Feed, Publisher } from "../model/feed.ts";
import type { SectionId } from "../model/ids.ts";
import type { Section } from "../model/section.ts";
import { domainOf, webAddress } from "./address.ts";
import { openRegister, type Wanted } from "./register.ts";
import type { Subscription } from "./subscription.ts";
import { fold } from "./words.ts";

/** The attributes that our own list says of a feed without an outline of its own. */
type SaidOf = (feed: Feed, publisher: Omit<Publisher, "rank">) => Readonly<Record<string, string>>;

interface House {
  readonly publishers: readonly Publisher[];
  readonly feeds: readonly Feed[];
  readonly sections: readonly Section[];
}

/** A subscription that config/feeds.yaml has already. */
interface Known {
  readonly subscription: Subscription;
  readonly feed: Feed;
}

const LANGUAGE = /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i;

/**
 * A list's subscriptions as feeds of ours: folders named as a section or a publisher mean it, the domain says the
 * publisher of all others. What our own list would not say by itself is kept in the feed's outline, for the way back.
 */
export function enlist(
  subscriptions: readonly Subscription[],
  house: House,
  saidOf: SaidOf,
): { readonly enrolments: readonly Enrolment[]; readonly known: readonly Known[] } {
  const register = openRegister(house);
  const publishers = new Map<string, Omit<Publisher, "rank">>(house.publishers.map((one) => [one.id, one]));
  const known: Known[] = [];
  const enrolments: Enrolment[] = [];
  const wantedAs = wanter(subscriptions, house);
  for (const subscription of subscriptions) {
    const there = register.feedAt(subscription.url);
    if (there !== undefined) {
      known.push({ subscription, feed: there });
      continue;
    }
    const enrolment = register.enrol(wantedAs(subscription));
    const { feed, newPublisher } = enrolment;
    if (newPublisher !== undefined) publishers.set(newPublisher.id, newPublisher);
    const publisher = publishers.get(feed.publisher) ?? { id: feed.publisher, title: feed.publisher };
    enrolments.push({ ...enrolment, feed: withOutline(feed, publisher, subscription, saidOf) });
  }
  return { enrolments, known };
}

/** What to ask of the register for each subscription, seen beside all others of its domain. */
function wanter(subscriptions: readonly Subscription[], { publishers, sections }: House) {
  const titles = new Set(publishers.map(({ title }) => title));
  const byDomain = Map.groupBy(subscriptions, domainOfFeed);
  const byFolder = Map.groupBy(subscriptions, folderOf);
  const commonFolder = new Map(
    [...byDomain].map(([domain, feeds]) => {
      const [folder, ...others] = new Set(feeds.map(folderOf));
      const isTheirs = others.length === 0 && byFolder.get(folder)?.length === feeds.length;
      return [domain, isTheirs ? folder : undefined];
    }),
  );
  return (subscription: Subscription): Wanted => {
    const { url, title, attributes } = subscription;
    const { language = "" } = attributes;
    const homeUrl = homeOf(attributes);
    const folder = folderOf(subscription);
    const domain = domainOfFeed(subscription);
    const isAlone = byDomain.get(domain)?.length === 1;
    return {
      url,
      title,
      homeUrl: isAlone || homeUrl === undefined ? homeUrl : new URL("/", homeUrl).href,
      publisher: folder !== undefined && titles.has(folder) ? folder : undefined,
      publisherTitle: isAlone ? undefined : (commonFolder.get(domain) ?? domain),
      language: LANGUAGE.test(language) ? language.toLowerCase() : undefined,
      section: sectionOf(subscription, sections),
    };
  };
}

/** The folder that a feed is in, where it is in one and only one. */
const folderOf = ({ folders }: Subscription): string | undefined =>
  folders.length === 1 ? folders[0]?.at(-1) : undefined;

const domainOfFeed = ({ url, attributes }: Subscription): string => domainOf(homeOf(attributes) ?? url);

const homeOf = ({ htmlUrl }: Subscription["attributes"]): string | undefined =>
  htmlUrl === undefined ? undefined : webAddress(htmlUrl);

function sectionOf({ folders, attributes }: Subscription, sections: readonly Section[]): SectionId | undefined {
  const labels = [...(attributes["category"]?.split(/[/,]/) ?? []), ...folders.flatMap((path) => path.toReversed())];
  const named = labels.map((label) => fold(label.trim())).filter((label) => label !== "");
  for (const name of named) {
    const section = sections.find(({ id, titles }) => [id, ...Object.values(titles)].some((one) => fold(one) === name));
    if (section !== undefined) return section.id;
  }
  return undefined;
}

function withOutline(
  feed: Feed,
  publisher: Omit<Publisher, "rank">,
  { folders, attributes }: Subscription,
  saidOf: SaidOf,
): Feed {
  const said = saidOf(feed, publisher);
  const unsaid = Object.entries(attributes).filter(([name, value]) => said[name] !== value);
  const isAtHome = folders.length === 1 && folders[0]?.length === 1 && folders[0][0] === publisher.title;
  if (isAtHome && unsaid.length === 0) return feed;
  return { ...feed, outline: { folders, ...(unsaid.length > 0 && { attributes: Object.fromEntries(unsaid) }) } };
}
