/** What we wrote ourselves; undefined where something else stands there: one broken value must not stop all others. */
export function readJson<Value>(text: string | null): Value | undefined {
  if (text === null) return undefined;
  try {
    return JSON.parse(text) as Value;
  } catch {
    return undefined;
  }
}
