import type { FeedIdentity, IdentityReason } from "../model/feed.ts";

type Code = IdentityReason["code"];

const GERMAN_BY = { page: "ihrer Seite", text: "ihrem Text" } as const;
const GERMAN_BECAUSE: Readonly<Record<Code, string>> = {
  "guid-collisions": "mehrere Meldungen tragen dieselbe Kennung",
  "guid-churn": "dieselben Seiten kommen unter neuen Kennungen wieder",
  "guid-exchange": "Kennungen gehen auf andere Meldungen über",
  "page-churn": "dieselben Texte kommen unter neuen Kennungen und neuen Adressen wieder",
};

/** What a feed's items are told apart by, where no longer by their guids, and why. Nothing while guids are believed. */
export function germanIdentity({ by, because }: FeedIdentity): string | undefined {
  if (by === "guid" || because === undefined) return undefined;
  const { code, documents, of } = because;
  return `Meldungen an ${GERMAN_BY[by]} erkannt: ${GERMAN_BECAUSE[code]} (in ${documents} der letzten ${of} Dokumente)`;
}

const ENGLISH_BECAUSE: Readonly<Record<Code, string>> = {
  "guid-collisions": "several items have one guid",
  "guid-churn": "the same pages come back under new guids",
  "guid-exchange": "guids pass on to other items",
  "page-churn": "the same texts come back under new guids and new addresses",
};

export function englishIdentity({ by, because }: FeedIdentity): string | undefined {
  if (by === "guid" || because === undefined) return undefined;
  const { code, documents, of } = because;
  return `items known by their ${by}: ${ENGLISH_BECAUSE[code]} (in ${documents} of the last ${of} documents)`;
}
