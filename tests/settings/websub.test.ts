import { describe, expect, test } from "vitest";
import { loadSettings, showProblems } from "../../src/settings/settings.ts";
import { configFolder } from "./config-folder.ts";

function load(env: Readonly<Record<string, string>>, ressort = "") {
  const loaded = loadSettings(configFolder({ ressort }), env);
  if (loaded.kind === "broken") throw new Error(showProblems(loaded.problems));
  return loaded;
}

describe("hubs are asked to push", () => {
  test.each([
    ["https://blatt.example.org", true],
    ["http://203.0.113.7:8080", true],
    ["http://[2a01:4f8::1]", true],
    ["http://localhost:8080", false],
    ["http://ressort", false],
    ["http://ressort.local", false],
    ["http://nas.fritz.lan:8080", false],
    ["http://192.168.178.20", false],
    ["http://100.101.102.103", false],
    ["http://[fd00::1]", false],
    ["http://[::1]:8080", false],
  ])("by default where they can reach us: %s %s", (publicUrl, subscribe) => {
    expect(load({ RESSORT_PUBLIC_URL: publicUrl }).settings.websub).toEqual({ subscribe, sha1: true });
  });

  test("not where nobody has said how we are reached", () => {
    expect(load({}).settings.websub?.subscribe).toBe(false);
  });

  test("or not, as the operator says", () => {
    const env = { RESSORT_PUBLIC_URL: "https://blatt.example.org", RESSORT_WEBSUB: "false" };

    expect(load(env).settings.websub?.subscribe).toBe(false);
    expect(load({}, "websub: { subscribe: true, sha1: false }").settings.websub).toEqual({
      subscribe: true,
      sha1: false,
    });
  });

  test("with a warning where they cannot reach us", () => {
    expect(load({ RESSORT_WEBSUB: "true" }).warnings.join()).toContain("hubs cannot call http://localhost:8080");
  });

  test("a value that is neither true nor false is named as the variable's", () => {
    expect(() => load({ RESSORT_WEBSUB: "maybe" })).toThrow(
      /environment {2}RESSORT_WEBSUB: "maybe" is not true or false/,
    );
  });
});
