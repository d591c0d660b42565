import { expect, test } from "vitest";
import { ressort } from "../support/ressort.ts";

test("a query is shown as it is understood, and a mistake where it stands", async () => {
  const ENV = { RESSORT_CONTACT_URL: "https://ressort.example/contact" };

  const good = await ressort(["query", 'die Börse OR ((gold)) -"silber"'], ENV);
  const bad = await ressort(["query", "gold section:poltik"], ENV);
  const long = await ressort(["query", "--search", "a b c d e f g h i"], ENV);

  expect(good).toMatchObject({ code: 0, stdout: 'börse OR (gold -"silber")\n' });
  expect(bad.code).toBe(1);
  expect(bad.stderr).toContain(
    'gold section:poltik\n             ^ there is no section "poltik"; did you mean "politik"?',
  );
  expect(long.stderr).toContain("8 words at most");
});
