import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { pasteable } from "../../src/model/command-line.ts";

test("what a stranger wrote runs no command when it is pasted", () => {
  const url = "https://bote.example/it's?a=1&b=$(echo gotcha)#`date`";

  const printed = execFileSync("sh", [
    "-c",
    pasteable("feeds add", url).replace(/^npm run --silent/, "printf '%s\\n'"),
  ]);

  expect(printed.toString().trim().split("\n")).toEqual(["ressort", "--", "feeds", "add", url]);
  expect(pasteable("feeds show", "bote-sport")).toBe("npm run --silent ressort -- feeds show bote-sport");
});
