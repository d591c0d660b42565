/**
 * A news agency's own number for a text, as publishers leave it in their addresses: dpa's NewsML URN
 * ("…dpa.urn-newsml-dpa-com-20090101-251229-930-478180"), Reuters' USN ("idUSKBN1X…"), AP's ("…_<32 hex>" or hub ids).
 */
const WIRE_IDS: readonly RegExp[] = [
  /urn-newsml-([a-z]{2,12}-com-\d{8}-\d{6}-\d{1,4}-\d{3,9})/i,
  /urn:newsml:([a-z.]{2,20}:\d{8}:[\w-]{6,40})/i,
  /\bid(US[A-Z]{2}[A-Z0-9]{6,14})\b/,
  /apnews\.com\/(?:article\/)?[\w-]{0,200}?([0-9a-f]{32})\b/i,
];

export function wireIdOf(url: string): string | undefined {
  for (const pattern of WIRE_IDS) {
    const id = pattern.exec(url)?.[1];
    if (id !== undefined) return id.toLowerCase().replace(/[:.]/g, "-");
  }
  return undefined;
}
