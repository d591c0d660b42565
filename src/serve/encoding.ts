/** The content codings we make, smallest body first. */
export const ENCODINGS = ["br", "zstd", "gzip", "identity"] as const;
export type Encoding = (typeof ENCODINGS)[number];

/**
 * The coding that the client wants most; among equals the one named first in `available`. Undefined where it accepts
 * none of them: 406 (RFC 9110 12.5.3).
 */
export function chooseEncoding(
  acceptEncoding: string | undefined,
  available: readonly Encoding[] = ENCODINGS,
): Encoding | undefined {
  if (acceptEncoding === undefined) return "identity";
  const weights = weightsOf(acceptEncoding);
  let best: Encoding | undefined;
  let bestWeight = 0;
  for (const encoding of available) {
    const weight = weights.get(encoding) ?? weights.get("*") ?? (encoding === "identity" ? UNNAMED_IDENTITY : 0);
    if (weight > bestWeight) [best, bestWeight] = [encoding, weight];
  }
  return best;
}

/** Identity that nobody named is acceptable, but only after everything that was named. */
const UNNAMED_IDENTITY = 0.0001;

function weightsOf(acceptEncoding: string): ReadonlyMap<string, number> {
  const weights = new Map<string, number>();
  for (const member of acceptEncoding.toLowerCase().split(",")) {
    const [coding = "", ...parameters] = member.split(";");
    const weight = weightOf(parameters);
    // RFC 9110 8.4.1.3: x-gzip is an old name of gzip
    if (weight !== undefined) weights.set(coding.trim().replace(/^x-gzip$/, "gzip"), weight);
  }
  return weights;
}

/** 1 where none is given; undefined for a weight that is none: such a member says nothing. */
function weightOf(parameters: readonly string[]): number | undefined {
  for (const parameter of parameters) {
    const [name = "", value = ""] = parameter.split("=");
    if (name.trim() === "q") return QVALUE.test(value.trim()) ? Number(value) : undefined;
  }
  return 1;
}

const QVALUE = /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/;
