import { expect, test } from "vitest";
import { ressort } from "../support/ressort.ts";

test("a query is shown as it is understood, and a mistake where it stands", async () => {
  const ENV = { RESSORT_CONTACT_URL: "https://ressort.example/contact" };

  const good = await ressort(["query", 'die Börse OR ((gold)) -"silber"'], ENV);
  const bad = await ressort(["query", "gold section:poltik"], ENV);
  const long = await ressort(["query", "--search", "a b c d e f g h i"], ENV);

  const meant = await ressort(["query", "zins* ODER bank*"], ENV);

  expect(good).toMatchObject({ code: 0, stdout: 'börse OR (gold -"silber")\n' });
  expect(bad.code).toBe(1);
  expect(bad.stderr).toContain(
    'gold section:poltik\n             ^ there is no section "poltik"; did you mean "politik"?',
  );
  // below the query, on a line of its own: what stands before it would move it
  expect(bad.stderr).toContain("\ngold section:poltik\n");
  expect(long.stderr).toContain("8 words at most");
  expect(meant).toMatchObject({ code: 0, stdout: "zins* bank*\n" });
  expect(meant.stderr).toContain('hint: "ODER" is no operator here: did you mean "OR"?');
});
