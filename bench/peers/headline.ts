/** What every method sees of an item. */
export interface Headline {
  readonly id: string;
  readonly publisher: string;
  readonly title: string;
  readonly teaser: string;
  readonly url: string;
  /** ms since 1970; a list is in order of arrival */
  readonly arrivedAt: number;
}

/** Puts items into groups. @returns one key an item, in their order; equal keys are one group */
export type Method = (items: readonly Headline[]) => readonly string[];

export const HOUR = 3_600_000;

export const plainTitle = (title: string): string =>
  title
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
