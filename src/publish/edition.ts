import type { Instant } from "../model/time.ts";
import type { Deletion, Topic, TopicFeed } from "../model/topic.ts";
import type { Addresses } from "./addresses.ts";
import { deletionsOf } from "./atom-tombstones.ts";
import { creditsOf, type Site } from "./credits.ts";
import { languageTag } from "./language.ts";
import { present } from "./present.ts";
import { line } from "./printable.ts";
import { isTellable, type Telling, type Told, tell } from "./telling.ts";

export const GENERATOR = "Ressort";

/** A topic feed made safe, the same for every format. */
export interface Edition extends Omit<Addresses, "path"> {
  readonly title: string;
  readonly description: string;
  readonly language?: string;
  /** who publishes: the site */
  readonly issuer: { readonly name: string; readonly url: string };
  /** 0 where it is empty */
  readonly updatedAt: Instant;
  readonly tellings: readonly Telling[];
  readonly deleted: readonly Deletion[];
}

/** @returns `unfit`: the reasons of the entries that cannot be told */
export function editionOf(feed: TopicFeed, site: Site, addresses: Addresses) {
  const { topic, entries, updatedAt } = feed;
  const credits = creditsOf(site);
  const told: readonly Told[] = entries.map((entry) => tell(entry, topic, credits));
  const edition: Edition = {
    ...frameOf(topic, site, addresses),
    updatedAt: isTellable(updatedAt) ? updatedAt : 0,
    tellings: told.flatMap((one) => (one.kind === "told" ? [one.telling] : [])),
    deleted: deletionsOf(feed, site.publicUrl),
  };
  return { edition, unfit: told.flatMap((one) => (one.kind === "unfit" ? [one.why] : [])) };
}

/** Of what was told already. */
export function archiveEdition(topic: Topic, tellings: readonly Telling[], site: Site, addresses: Addresses): Edition {
  const updatedAt = tellings.reduce((latest, telling) => Math.max(latest, telling.updatedAt), 0);
  return { ...frameOf(topic, site, addresses), updatedAt, tellings, deleted: [] };
}

function frameOf(topic: Topic, site: Site, addresses: Addresses): Omit<Edition, "updatedAt" | "tellings" | "deleted"> {
  const title = line(topic.title) || topic.id;
  return present({
    title,
    description: line(topic.description) || title,
    language: languageTag(topic.language),
    issuer: { name: line(site.title) || GENERATOR, url: site.publicUrl },
    ...addresses,
  });
}
