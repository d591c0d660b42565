import type { SectionId } from "../model/ids.ts";
import type { Instant } from "../model/time.ts";
import { type Classifier, newClassifier } from "./classifier.ts";
import type { Reading } from "./features.ts";
import { type EverydayWords, everydayWordsOf } from "./everyday-words.ts";
import { type Frequencies, newFrequencies, type WarmFrequencies } from "./frequencies.ts";
import { stemmerFor } from "./stems.ts";
import { stopWordsOf } from "./stop-words.ts";
import { indexTerms, newStories, type Stories, type StoryIndex } from "./stories.ts";
import { type Bands, indexNear, newTexts, type Texts } from "./texts.ts";
import { type Thresholds, thresholdsOf } from "./thresholds.ts";
import { warmFrequenciesOf } from "./warm-frequencies.ts";

/** What the desk remembers of one language: plain data, all of it in the snapshot. */
export interface RoomState {
  readonly language: string;
  readonly texts: Texts;
  readonly stories: Stories;
  readonly frequencies: Frequencies;
  readonly classifier: Classifier;
}

/** The same with what follows from it or never changes. */
export interface Room extends RoomState {
  readonly bands: Bands;
  readonly index: StoryIndex;
  readonly reading: Reading;
  readonly everyday: EverydayWords;
  readonly warm: WarmFrequencies;
  readonly thresholds: Thresholds;
}

export function openRoom(language: string, sections: readonly SectionId[], now: Instant): Room {
  return furnish({
    language,
    texts: newTexts(),
    stories: newStories(),
    frequencies: newFrequencies(now),
    classifier: newClassifier(sections),
  });
}

export function furnish(state: RoomState): Room {
  const bands: Bands = new Map();
  for (const text of state.texts.bySerial.values()) indexNear(bands, text);
  const index: StoryIndex = new Map();
  for (const story of state.stories.bySerial.values()) indexTerms(index, story, story.centroid.sum.keys());
  const reading = { language: state.language, stem: stemmerFor(state.language), stops: stopWordsOf(state.language) };
  return {
    ...{ ...state, bands, index, reading, everyday: everydayWordsOf(reading) },
    ...{ warm: warmFrequenciesOf(state.language), thresholds: thresholdsOf(state.language) },
  };
}

export const stateOf = ({ language, texts, stories, frequencies, classifier }: Room): RoomState => ({
  ...{ language, texts, stories, frequencies, classifier },
});
