/** The content codings we make, smallest body first. */
export const ENCODINGS = ["br", "zstd", "gzip", "identity"] as const;
export type Encoding = (typeof ENCODINGS)[number];

/**
 * The codings that a client accepts, what it wants most first; equals as in ENCODINGS. Without identity it may accept
 * nothing that there is: 406 (RFC 9110 12.5.3).
 */
export function acceptedEncodings(acceptEncoding: string | undefined): readonly Encoding[] {
  const known = remembered.get(acceptEncoding);
  if (known !== undefined) return known;
  const accepted = acceptEncoding === undefined ? (["identity"] as const) : byWeight(weightsOf(acceptEncoding));
  if ((acceptEncoding?.length ?? 0) > LONGEST_REMEMBERED) return accepted;
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  remembered.set(acceptEncoding, accepted);
  return accepted;
}

/** Readers send a handful of different headers, over and over. Who makes them up must not fill the memory with them. */
const remembered = new Map<string | undefined, readonly Encoding[]>();
const MOST_REMEMBERED = 1000;
const LONGEST_REMEMBERED = 200;

function byWeight(weights: ReadonlyMap<string, number>): readonly Encoding[] {
  const weigh = (encoding: Encoding): number =>
    weights.get(encoding) ?? weights.get("*") ?? (encoding === "identity" ? UNNAMED_IDENTITY : 0);
  return ENCODINGS.filter((encoding) => weigh(encoding) > 0).sort((one, other) => weigh(other) - weigh(one));
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
