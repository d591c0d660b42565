import { getDomain, getDomainWithoutSuffix } from "tldts";
import type { Enrolment } from "../model/enrolment.ts";
import type { Feed, Outline, Publisher } from "../model/feed.ts";
import { feedId, type PublisherId, publisherId, type SectionId } from "../model/ids.ts";
import { addressKey, domainOf } from "./address.ts";
import { slugOf, wordsOf } from "./words.ts";

/** A feed that somebody wants to add. */
export interface Wanted {
  readonly url: string;
  readonly title?: string | undefined;
  /** a page of the publisher's, on the word of the operator or of that page: a feed's own word would let it pose as anybody */
  readonly homeUrl?: string | undefined;
  /** id or name of a publisher, known or new */
  readonly publisher?: string | undefined;
  /** what a new publisher is called unless `publisher` says it */
  readonly publisherTitle?: string | undefined;
  readonly language?: string | undefined;
  readonly section?: SectionId | undefined;
  readonly outline?: Outline;
}

/** Who publishes what: gives every wanted feed its publisher and ids of its own, and knows what is there. */
export function openRegister(house: { readonly publishers: readonly Publisher[]; readonly feeds: readonly Feed[] }) {
  const feedIds = new Set<string>();
  const byAddress = new Map<string, Feed>();
  const byId = new Map<string, Newcomer>();
  const byTitle = new Map<string, PublisherId>();
  const byDomain = new Map<string, PublisherId>();
  const feedCounts = new Map<PublisherId, number>();

  const addPublisher = (publisher: Newcomer): void => {
    byId.set(publisher.id, publisher);
    learn(byTitle, plain(publisher.title), publisher.id);
    if (publisher.homeUrl !== undefined) learn(byDomain, domainOf(publisher.homeUrl), publisher.id);
  };
  const addFeed = (feed: Feed): void => {
    feedIds.add(feed.id);
    learn(byAddress, addressKey(feed.url), feed);
    learn(byDomain, domainOf(feed.url), feed.publisher);
    feedCounts.set(feed.publisher, (feedCounts.get(feed.publisher) ?? 0) + 1);
  };
  for (const publisher of house.publishers) addPublisher(publisher);
  for (const feed of house.feeds) addFeed(feed);

  const publisherNamed = (name: string): PublisherId | undefined => byId.get(name)?.id ?? byTitle.get(plain(name));
  const publisherOf = ({ publisher, homeUrl, url }: Wanted): PublisherId | undefined => {
    if (publisher !== undefined) return publisherNamed(publisher);
    const home = homeUrl === undefined ? undefined : byDomain.get(domainOf(homeUrl));
    return home ?? byDomain.get(domainOf(url));
  };
  const newPublisher = (wanted: Wanted): Newcomer => {
    const { homeUrl, url, publisher, language } = wanted;
    const domain = domainOf(homeUrl ?? url);
    const title = publisher ?? wanted.publisherTitle ?? wanted.title ?? domain;
    const isOwnDomain = publisher === undefined && getDomain(`https://${domain}`, PRIVATE) === domain;
    const name = slugOf(isOwnDomain ? (getDomainWithoutSuffix(`https://${domain}`, PRIVATE) ?? domain) : title);
    const id = free(name ?? slugOf(domain) ?? "publisher", (one) => byId.has(one));
    return {
      id: publisherId(id),
      title,
      ...(homeUrl !== undefined && { homeUrl }),
      ...(language !== undefined && { language }),
    };
  };

  return {
    feedAt: (url: string): Feed | undefined => byAddress.get(addressKey(url)),
    publisherNamed,
    /** of a page that has not been vouched for */
    publisherAt: (url: string): PublisherId | undefined => byDomain.get(domainOf(url)),

    enrol(wanted: Wanted): Enrolment {
      const known = publisherOf(wanted);
      const publisher = known === undefined ? newPublisher(wanted) : byId.get(known);
      if (publisher === undefined) throw new Error(`the feeds of "${known}" have no publisher`);
      if (known === undefined) addPublisher(publisher);
      const { url, title, section, language, outline } = wanted;
      const speaks = language !== undefined && language !== publisher.language;
      const feed: Feed = {
        id: feedId(idOf(wanted, publisher)),
        publisher: publisher.id,
        url,
        ...(title !== undefined && { title }),
        ...(section !== undefined && { section }),
        ...(speaks && { language }),
        fullContent: false,
        ...(outline !== undefined && { outline }),
      };
      addFeed(feed);
      return known === undefined ? { feed, newPublisher: publisher } : { feed };
    },
  };

  /** The publisher's own id for its first feed, then with what tells the feed from its others. */
  function idOf({ title = "", url, section }: Wanted, publisher: Newcomer): string {
    const house = new Set([...wordsOf(publisher.title), ...wordsOf(publisher.id)]);
    const own = wordsOf(title)
      .filter((word) => !house.has(word))
      .slice(0, TELLING_WORDS);
    const isFirst = (feedCounts.get(publisher.id) ?? 0) === 0;
    const told = isFirst ? "" : (section ?? (own.length > 0 ? own.join(" ") : lastSegment(url)));
    return free(slugOf(publisher.id, told) ?? publisher.id, (one) => feedIds.has(one));
  }
}

export type Register = ReturnType<typeof openRegister>;
type Newcomer = NonNullable<Enrolment["newPublisher"]>;

const TELLING_WORDS = 4;
const PRIVATE = { allowPrivateDomains: true } as const;

const plain = (text: string): string => wordsOf(text).join(" ");

function learn<Value>(known: Map<string, Value>, key: string, value: Value): void {
  if (!known.has(key)) known.set(key, value);
}

function lastSegment(url: string): string {
  const segments =
    URL.parse(url)
      ?.pathname.split("/")
      .filter((segment) => segment !== "") ?? [];
  return segments.at(-1)?.replace(/\.\w{2,5}$/, "") ?? "";
}

/** The name itself or the first of name-2, name-3, … that nobody has. Doubling keeps ten thousand equal names cheap. */
function free(name: string, isTaken: (name: string) => boolean): string {
  if (!isTaken(name)) return name;
  const numbered = (n: number): string => `${name}-${n}`;
  let high = 2;
  while (isTaken(numbered(high))) high *= 2;
  let low = high / 2;
  while (low + 1 < high) {
    const middle = Math.floor((low + high) / 2);
    if (isTaken(numbered(middle))) low = middle;
    else high = middle;
  }
  return numbered(high);
}
