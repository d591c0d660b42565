import { FORMATS } from "../model/published.ts";
import { DAY, type Instant } from "../model/time.ts";

/** Hears of every request for a finished feed, and now and then says how many people read a topic by the readers' word. */
export type NoteReader = (userAgent: string | undefined, path: string) => void;

/** Who has not asked for so long is no reader any more. */
const FORGOTTEN = 7 * DAY;
/** Readers that tell of their subscribers are a few dozen in the world. */
const MOST_READERS = 50;
const MOST_FEEDS = 1500;
/** Readers ask with the same few names over and over. */
const MOST_AGENTS = 2000;
/** Those that tell of their subscribers take up to some 230 characters to say who they are. */
const LONGEST_AGENT = 500;

interface Counted {
  readonly count: number;
  readonly at: Instant;
}

interface Said {
  readonly reader: string;
  readonly subscribers: number;
}

/**
 * Adds up what the likes of "Feedly/1.0 (+https://feedly.com; 12 subscribers)" say of a topic's feeds. Nobody's address
 * is kept, and nothing is counted twice for being asked twice.
 * @param tell topic as "topics/energie", and how many subscribers all readers have together
 */
export function subscriberCounts(tell: (topic: string, subscribers: number) => void, now: () => Instant): NoteReader {
  const agents = new Map<string, Said | undefined>();
  /** by path, then by reader: the same reader has other subscribers for each format */
  const counts = new Map<string, Map<string, Counted>>();

  function said(userAgent: string): Said | undefined {
    if (agents.has(userAgent)) return agents.get(userAgent);
    if (agents.size >= MOST_AGENTS) agents.clear();
    const known = readAgent(userAgent);
    agents.set(userAgent, known);
    return known;
  }

  function note({ reader, subscribers }: Said, path: string, at: Instant): void {
    const readers = counts.get(path) ?? new Map<string, Counted>();
    const [, topic] = TOPIC.exec(path) ?? [];
    if (topic === undefined || (counts.size >= MOST_FEEDS && !counts.has(path))) return;
    counts.set(path, readers);
    readers.delete(reader);
    readers.set(reader, { count: subscribers, at });
    for (const [name, known] of readers)
      if (at - known.at > FORGOTTEN || readers.size > MOST_READERS) readers.delete(name);
    const all = FORMATS.flatMap((format) => [...(counts.get(`${topic}.${format}`)?.values() ?? [])]);
    tell(
      topic,
      all.reduce((sum, { count }) => sum + count, 0),
    );
  }

  return (userAgent, path) => {
    if (userAgent === undefined || userAgent.length > LONGEST_AGENT) return;
    const heard = said(userAgent);
    if (heard === undefined) return;
    const known = counts.get(path)?.get(heard.reader);
    const at = now();
    if (known?.count !== heard.subscribers || at - known.at > DAY) note(heard, path, at);
  };
}

/** Neither archives nor corrections. */
const TOPIC = /^((?:topics|sections)\/[a-z0-9-]+)\.\w+$/;

function readAgent(userAgent: string): Said | undefined {
  const [, count] = /(\d{1,7}) (?:subscriber|reader)s?\b/i.exec(userAgent) ?? [];
  const [, compatible, first] = /compatible; ?([\w.-]{1,50})|^([\w.-]{1,50})/.exec(userAgent) ?? [];
  const name = compatible ?? first;
  if (count === undefined || name === undefined) return undefined;
  // copied out: a slice would keep the whole header with it
  return { reader: Buffer.from(name).toString(), subscribers: Number(count) };
}
