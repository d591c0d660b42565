import { expect, test } from "vitest";
import type { IdentityReason } from "../../src/model/feed.ts";
import { englishIdentity, germanIdentity } from "../../src/serve/identity-words.ts";

const CODES: readonly IdentityReason["code"][] = ["guid-collisions", "guid-churn", "guid-exchange", "page-churn"];

test.each([
  ["German", germanIdentity, /^Meldungen an ihre[rm] (Seite|Text) erkannt: [^(]+ \(in 3 der letzten 20 Dokumente\)$/],
  ["English", englishIdentity, /^items known by their (page|text): [^(]+ \(in 3 of the last 20 documents\)$/],
] as const)("every reason why guids are not believed is said in %s", (_, say, pattern) => {
  const said = CODES.map((code) =>
    say({ by: code === "page-churn" ? "text" : "page", because: { code, documents: 3, of: 20 }, recent: "." }),
  );

  for (const words of said) expect(words).toMatch(pattern);
  expect(new Set(said).size).toBe(CODES.length);
  expect(say({ by: "guid", recent: ".h" })).toBeUndefined();
});
