import { hash } from "node:crypto";
import type { AlertId, AlertStory, Dispatch } from "../model/alert.ts";
import type { Instant } from "../model/time.ts";
import type { Topic } from "../model/topic.ts";
import { wordsFor } from "./words.ts";

/** 128 bits. */
const ID_LENGTH = 32;

/** The message that tells these stories: whoever makes it again makes the same one. */
export function dispatchOf(alert: AlertId, stories: readonly AlertStory[]): Dispatch {
  const told = stories.map(({ id, updatedAt }) => [id, updatedAt]);
  return { id: `msg_${digestOf(JSON.stringify([alert, told]))}`, stories };
}

/** Something to look at, for trying a channel out. */
export function sampleDispatch(alert: AlertId, topic: Topic, publicUrl: string, now: Instant): Dispatch {
  const { sampleTitle, sampleTeaser } = wordsFor(topic.language);
  const page = `${publicUrl}/topics/${topic.id}`;
  const sample: AlertStory = {
    ...{ id: `${page}#test-${now}`, title: sampleTitle, url: page, publisher: "Ressort", teaser: sampleTeaser },
    ...{ publishedAt: now, updatedAt: now, storyUrl: page, others: [] },
  };
  return { ...dispatchOf(alert, [sample]), isTest: true };
}

export function digestOf(text: string): string {
  return hash("sha256", text, "hex").slice(0, ID_LENGTH);
}
