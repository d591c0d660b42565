import { dispatchOf } from "../../src/alert/alert.ts";
import type { AlertId, AlertStory } from "../../src/model/alert.ts";
import { HOUR } from "../../src/model/time.ts";
import type { Topic } from "../../src/model/topic.ts";
import { aTopic } from "../support/test-settings.ts";

/** Invented stories, and what becomes of them. */
export const NOON = Date.parse("2026-03-02T12:00:00Z");

export function aStory(own: Partial<AlertStory> = {}): AlertStory {
  return {
    id: "https://bote.example/1",
    title: "Fähre läuft wieder aus",
    url: "https://bote.example/1?a=1&b=2",
    publisher: "Der Bote",
    publishedAt: NOON - HOUR,
    updatedAt: NOON,
    section: "Politik",
    teaser: "Nach neun Wochen im Trockendock.",
    storyUrl: "https://feeds.example.org/stories/s1",
    others: [{ publisher: "Kurier", title: "Die Fähre fährt", url: "https://kurier.example/2" }],
    ...own,
  };
}

export const topic: Topic = aTopic("hafen", "hafen", { title: "Häfen & Schiffe" });

export function messageOf(
  stories: readonly AlertStory[],
  own: { readonly topic?: Topic; readonly only?: "revised" } = {},
) {
  const dispatch = dispatchOf("hafen-1" as AlertId, stories);
  return {
    dispatch,
    only: own.only ?? "new",
    topic: own.topic ?? topic,
    publicUrl: "https://feeds.example.org",
  } as const;
}
