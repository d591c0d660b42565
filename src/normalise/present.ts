/** A shape of which some fields may be undefined or hold nothing, without those: absent means left out. */
export const present = <Shape extends object>(
  shape: { readonly [Key in keyof Shape]: Shape[Key] | undefined },
): Shape => Object.fromEntries(Object.entries(shape).filter(([, value]) => !isNothing(value))) as Shape;

const isNothing = (value: unknown): boolean =>
  value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
