/** A shape of which some fields may be undefined, without those: absent means left out. */
export const compact = <Shape extends object>(
  shape: { readonly [Key in keyof Shape]: Shape[Key] | undefined },
): Shape => Object.fromEntries(Object.entries(shape).filter(([, value]) => value !== undefined)) as Shape;
