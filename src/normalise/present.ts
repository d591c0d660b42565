/** A shape of which some fields may be undefined or hold nothing, without those: absent means left out. */
export function present<Shape extends object>(
  shape: {
    readonly [Key in keyof Shape]: Shape[Key] | undefined;
  },
): Shape {
  const there: Partial<Shape> = {};
  for (const key of Object.keys(shape) as (keyof Shape)[])
    if (!isNothing(shape[key])) there[key] = shape[key] as Shape[typeof key];
  return there as Shape;
}

const isNothing = (value: unknown): boolean =>
  value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
