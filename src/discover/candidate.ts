/** An address that may be a feed's, and who says so. */
export interface Candidate {
  readonly url: string;
  /** the page declares it for programs, it links to it for people, or most sites have one there */
  readonly because: "declared" | "linked" | "guessed";
  /** what the page calls it */
  readonly title?: string;
}
