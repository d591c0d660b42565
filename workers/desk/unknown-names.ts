import type { itemStore } from "../../src/adapters/item-store.ts";
import { countUnknownNames, type UnknownName } from "../../src/desk/desk.ts";
import type { Section } from "../../src/model/section.ts";
import type { Instant } from "../../src/model/time.ts";

/** Used seldomer by its publisher, a name is a keyword, or one day's special page. */
export const LEAST_ITEMS = 5;

/** What publishers call desks that sections.yaml does not know, counted over the items that are kept. */
export async function unknownNames(
  items: Pick<ReturnType<typeof itemStore>, "all">,
  sections: readonly Section[],
  { since, least = LEAST_ITEMS }: { readonly since?: Instant; readonly least?: number } = {},
): Promise<readonly UnknownName[]> {
  const names = countUnknownNames(sections);
  for await (const batch of items.all(since)) for (const placed of batch) names.add(placed);
  return names.all(least);
}
