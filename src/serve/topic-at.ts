import type { Topic } from "../model/topic.ts";
import type { View } from "./view.ts";

/** Topics, and the sections' own ones, have addresses of their own kind. */
export type Family = "topics" | "sections";

/** The topic at an address. */
export const topicAt = (view: View, family: Family, id: string): Topic | undefined =>
  view.topics().find((topic) => isIn(family, topic) && (topic.section ?? topic.id) === id);

export const isIn = (family: Family, { section }: Topic): boolean => (section === undefined) === (family === "topics");

/** In seconds: a first rendering takes a moment. */
export const FIRST_RENDERING = 5;
