/** What one answer of a publisher carried, decompressed but not decoded. Header names are lower case. */
export interface Document {
  /** where the bytes finally came from, after redirects */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Uint8Array;
}
