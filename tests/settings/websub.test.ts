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
    expect(load({ RESSORT_PUBLIC_URL: publicUrl }).settings.websub).toMatchObject({ subscribe, sha1: true });
  });

  test("not where nobody has said how we are reached", () => {
    expect(load({}).settings.websub?.subscribe).toBe(false);
  });

  test("or not, as the operator says", () => {
    const env = { RESSORT_PUBLIC_URL: "https://blatt.example.org", RESSORT_WEBSUB: "false" };

    expect(load(env).settings.websub?.subscribe).toBe(false);
    expect(load({}, "websub: { subscribe: true, sha1: false }").settings.websub).toMatchObject({
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

describe("our own hub", () => {
  const hubOf = (env: Readonly<Record<string, string>>, ressort = "") => load(env, ressort).settings.websub?.hub;

  test("is there where strangers can reach us, and not where nobody has said how", () => {
    expect(hubOf({ RESSORT_PUBLIC_URL: "https://blatt.example.org/" })).toEqual({
      url: "https://blatt.example.org/hub",
      isOwn: true,
    });
    expect(hubOf({})).toBeUndefined();
  });

  test("is there, or another one, or none, as the operator says", () => {
    expect(hubOf({ RESSORT_HUB: "true" })).toEqual({ url: "http://localhost:8080/hub", isOwn: true });
    expect(hubOf({ RESSORT_PUBLIC_URL: "https://blatt.example.org", RESSORT_HUB: "false" })).toBeUndefined();
    expect(hubOf({}, "websub: { hub: https://hub.example.net/ }")).toEqual({
      url: "https://hub.example.net/",
      isOwn: false,
    });
  });

  test("calls nobody in private networks unless the operator opens them, whatever may be polled", () => {
    expect(load({ RESSORT_ALLOW_NETWORKS: "10.0.0.0/8" }).settings.websub?.allowNetworks).toEqual([]);
    expect(load({ RESSORT_HUB_ALLOW_NETWORKS: "10.0.0.0/8" }).settings.websub?.allowNetworks).toEqual(["10.0.0.0/8"]);
  });

  test("a value that is neither is named, with what would be right", () => {
    expect(() => load({ RESSORT_HUB: "maybe" })).toThrow(
      /RESSORT_HUB: "maybe" does not fit[\s\S]*true, false or the https/,
    );
  });

  test("with a warning where only our own network reaches it", () => {
    expect(load({ RESSORT_HUB: "true" }).warnings.join()).toContain("strangers cannot ask http://localhost:8080/hub");
  });
});
