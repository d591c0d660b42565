import { domainOf } from "../../src/identify/identify.ts";
import type { PublisherId } from "../../src/model/ids.ts";
import type { Settings } from "../../src/model/settings.ts";

/** "several": a platform, where no address says whose it is. */
type Owner = PublisherId | "several";

const ownersBySettings = new WeakMap<Settings, ReadonlyMap<string, Owner>>();

/** The domains on which publishers other than this one are at home, by their feeds and homepages in config/. */
export function domainsOfOthers(
  settings: Settings,
  publisher: PublisherId,
): { readonly has: (domain: string) => boolean } {
  const owners = ownersBySettings.get(settings) ?? ownersOf(settings);
  ownersBySettings.set(settings, owners);
  return {
    has: (domain) => {
      const owner = owners.get(domain) ?? "several";
      return owner !== "several" && owner !== publisher;
    },
  };
}

function ownersOf({ feeds, publishers }: Settings): ReadonlyMap<string, Owner> {
  const owners = new Map<string, Owner>();
  const addresses = [
    ...feeds.map(({ publisher, url }) => ({ publisher, url })),
    ...publishers.map(({ id, homeUrl }) => ({ publisher: id, url: homeUrl })),
  ];
  for (const { publisher, url } of addresses) {
    const domain = domainOf(url);
    if (domain !== undefined)
      owners.set(domain, (owners.get(domain) ?? publisher) === publisher ? publisher : "several");
  }
  return owners;
}
