/**
 * One mistake in a query: a rule and what its sentence names. The words are the reader's own: of pages in their
 * language, of settings and the command line in English.
 */
export type QueryMistake =
  | { readonly rule: "too-long" | "too-many-words" | "too-deep"; readonly most: number }
  | { readonly rule: "empty" | "never-opened" | "never-closed" | "open-quote" | "no-text" | "no-address" | "star" }
  | { readonly rule: "missing-after" | "missing-before"; readonly word: string }
  | { readonly rule: "field-in-field"; readonly field: string; readonly outer: string }
  /** `letters` are needed before the "*" */
  | { readonly rule: "short-beginning"; readonly beginning: string; readonly letters: number }
  /** `near`: the field that was meant */
  | { readonly rule: "unknown-field"; readonly field: string; readonly near?: string; readonly fields: string }
  | { readonly rule: "no-value"; readonly field: string }
  | { readonly rule: "no-language" | "no-duration" | "no-day"; readonly value: string }
  /** a topic asks how long ago */
  | { readonly rule: "age-in-topic"; readonly value: string }
  /** `near`: the id that was meant by a title */
  | { readonly rule: "no-id"; readonly value: string; readonly near?: string }
  /** what `is:` knows, and what of it was meant */
  | { readonly rule: "no-state"; readonly value: string; readonly near?: string; readonly states: string }
  /** `story.publishers` without a number to compare with, or as it is not called; `near`: what was meant */
  | { readonly rule: "no-comparison"; readonly value: string; readonly near?: string }
  /** `near`: the name that was meant; `known`: those there are, where they are few */
  | {
      readonly rule: "unknown-name";
      readonly field: "section" | "publisher" | "feed" | "topic";
      readonly value: string;
      readonly near?: string;
      readonly known?: string;
    }
  /** `topics`: from the first to itself */
  | { readonly rule: "topic-circle"; readonly topics: readonly string[] }
  | { readonly rule: "topics-too-deep" | "topics-too-many-words"; readonly most: number }
  /** another topic's own mistake */
  | { readonly rule: "bad-topic"; readonly topic: string; readonly mistake: QueryMistake };
