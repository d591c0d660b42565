/** Something in a query that is read in one way and was perhaps meant in another. It changes nothing. */
export type QueryHint = (
  | { readonly rule: "no-operator"; readonly written: string; readonly meant: "AND" | "OR" | "NOT" }
  | { readonly rule: "lonely-dash" }
) & {
  /** in English */
  readonly message: string;
};
