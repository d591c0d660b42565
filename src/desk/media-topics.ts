import data from "./data/media-topics.json" with { type: "json" };

/**
 * The tree of the IPTC Media Topics (2019-04-06, retired ones included; © IPTC, https://iptc.org, CC BY 4.0), as codes
 * under the code above them: who sends "20000574" (election) need not send "11000000" (politics) as well.
 */
const ABOVE: ReadonlyMap<string, string> = new Map(
  Object.entries(data).flatMap(([above, codes]) => codes.split(" ").map((code) => [code, above] as const)),
);

/**
 * A code of IPTC's and those above it, nearest first. A code of the older Subject Codes has them in its digits:
 * "15054001" is under "15054000" and "15000000".
 */
export function topicsAbove(code: string): readonly string[] {
  const codes = [code];
  for (let above = ABOVE.get(code); above !== undefined; above = ABOVE.get(above)) codes.push(above);
  return codes.length > 1 ? codes : [code, `${code.slice(0, 5)}000`, `${code.slice(0, 2)}000000`];
}
