/** What queries may name. What is left out is not checked; a topic can only be asked for where `topics` has it. */
export interface QueryNames {
  readonly sections?: ReadonlySet<string>;
  readonly publishers?: ReadonlySet<string>;
  readonly feeds?: ReadonlySet<string>;
  /** queries by topic id; sections are topics, too */
  readonly topics?: ReadonlyMap<string, string>;
  /** ids that may be named to whoever asks for one that is nobody's; all where left out */
  readonly listedTopics?: readonly string[];
}
