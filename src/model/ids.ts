/** Ids are strings that were checked once; the brand keeps one kind from being taken for another. */
type Brand<Name extends string> = string & { readonly __brand: Name };

export type FeedId = Brand<"FeedId">;
export type PublisherId = Brand<"PublisherId">;
export type SectionId = Brand<"SectionId">;
export type TopicId = Brand<"TopicId">;
export type ItemId = Brand<"ItemId">;
export type StoryId = Brand<"StoryId">;

/** What operators may write as an id: it ends up in URLs, Redis keys and file names. */
export const SLUG = /^[a-z0-9][a-z0-9-]{0,63}$/;

export const feedId = (text: string): FeedId => slug(text, "feed") as FeedId;
export const publisherId = (text: string): PublisherId => slug(text, "publisher") as PublisherId;
export const sectionId = (text: string): SectionId => slug(text, "section") as SectionId;
export const topicId = (text: string): TopicId => slug(text, "topic") as TopicId;

/** Item and story ids are minted by us (identify/, desk/) or come from a replay file, so any non-empty text is one. */
export const itemId = (text: string): ItemId => named(text, "item") as ItemId;
export const storyId = (text: string): StoryId => named(text, "story") as StoryId;

function slug(text: string, what: string): string {
  if (!SLUG.test(text)) throw new TypeError(`"${text}" is no ${what} id: use a-z, 0-9 and "-", at most 64 characters`);
  return text;
}

function named(text: string, what: string): string {
  if (text === "") throw new TypeError(`an empty text is no ${what} id`);
  return text;
}
