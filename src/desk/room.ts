import type { SectionId } from "../model/ids.ts";
import type { Instant } from "../model/time.ts";
import { type Classifier, newClassifier } from "./classifier.ts";
import { type EverydayWords, everydayWordsOf } from "./everyday-words.ts";
import type { Reading } from "./features.ts";
import { type Frequencies, newFrequencies, type WarmFrequencies } from "./frequencies.ts";
import { indexOfRelated, type RelatedIndex, type RelatedStories } from "./related-stories.ts";
import { type SectionWords, sectionWordsOf } from "./section-words.ts";
import { stemmerFor } from "./stems.ts";
import { stopWordsOf } from "./stop-words.ts";
import { newStories, type Stories } from "./stories.ts";
import { indexOfStories, type StoryIndex } from "./story-index.ts";
import { indexOfTexts, newTexts, type TextIndex, type Texts } from "./texts.ts";
import { type Thresholds, thresholdsOf } from "./thresholds.ts";
import { warmFrequenciesOf } from "./warm-frequencies.ts";

/** What the desk remembers of one language: plain data, all of it in the snapshot. */
export interface RoomState {
  readonly language: string;
  readonly texts: Texts;
  readonly stories: Stories;
  readonly frequencies: Frequencies;
  readonly classifier: Classifier;
  readonly related: RelatedStories;
}

/** The same with what follows from it or never changes. */
export interface Room extends RoomState {
  readonly textIndex: TextIndex;
  readonly storyIndex: StoryIndex;
  readonly relatedIndex: RelatedIndex;
  readonly reading: Reading;
  readonly everyday: EverydayWords;
  readonly warm: WarmFrequencies;
  readonly sectionWords: SectionWords;
  readonly thresholds: Thresholds;
}

export function openRoom(language: string, sections: readonly SectionId[], now: Instant): Room {
  return furnish({
    language,
    texts: newTexts(),
    stories: newStories(),
    frequencies: newFrequencies(now),
    classifier: newClassifier(sections, now),
    related: new Map(),
  });
}

export function furnish(state: RoomState): Room {
  const reading = { language: state.language, stem: stemmerFor(state.language), stops: stopWordsOf(state.language) };
  return {
    ...{
      ...state,
      relatedIndex: indexOfRelated(state.related),
      textIndex: indexOfTexts(state.texts),
      storyIndex: indexOfStories(state.stories),
      reading,
      everyday: everydayWordsOf(reading),
    },
    ...{ warm: warmFrequenciesOf(state.language), thresholds: thresholdsOf(state.language) },
    sectionWords: sectionWordsOf(reading, state.classifier.sections),
  };
}

export const stateOf = ({ language, texts, stories, frequencies, classifier, related }: Room): RoomState => ({
  ...{ language, texts, stories, frequencies, classifier, related },
});
