import { writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { SECOND } from "../../src/model/time.ts";
import { loadSettings, showProblems } from "../../src/settings/settings.ts";
import { configFolder } from "./config-folder.ts";

type Environment = Parameters<typeof loadSettings>[1];

function load(env: Environment, folder = configFolder()) {
  const loaded = loadSettings(folder, env);
  if (loaded.kind === "broken") throw new Error(showProblems(loaded.problems));
  return loaded;
}

function complaintsAbout(env: Environment, folder = configFolder()): string {
  const loaded = loadSettings(folder, env);
  return loaded.kind === "broken" ? showProblems(loaded.problems) : "";
}

describe("the environment", () => {
  test("wins over ressort.yaml, and leaves the rest of it alone", () => {
    const folder = configFolder({ ressort: "title: Blatt\nhttp: { host: 10.0.0.1, port: 1, opsPort: 2 }\n" });
    const env = {
      RESSORT_PUBLIC_URL: "https://blatt.example/",
      RESSORT_HOST: "0.0.0.0",
      RESSORT_PORT: "81",
      RESSORT_OPS_HOST: "0.0.0.0",
      RESSORT_REDIS_PREFIX: "zwei",
      RESSORT_DATA_DIR: "/var/lib/ressort",
      RESSORT_CONTACT_URL: "https://blatt.example/bot",
      RESSORT_LOG_LEVEL: "debug",
      RESSORT_POLL_PER_HOST_GAP: "2s",
      RESSORT_ALLOW_NETWORKS: "127.0.0.0/8, ::1/128",
      RESSORT_POLL_PORTS: "80 443",
    };

    const { settings, warnings } = load(env, folder);

    expect(settings).toMatchObject({
      publicUrl: "https://blatt.example",
      title: "Blatt",
      http: { host: "0.0.0.0", port: 81, opsHost: "0.0.0.0", opsPort: 2 },
      redisPrefix: "zwei",
      dataDir: "/var/lib/ressort",
      logLevel: "debug",
      poll: {
        contactUrl: "https://blatt.example/bot",
        perHostGap: 2 * SECOND,
        allowNetworks: ["127.0.0.0/8", "::1/128"],
        ports: [80, 443],
      },
    });
    expect(warnings).toEqual([]);
  });

  test("an empty variable is one that is not set", () => {
    const { settings } = load({ REDIS_URL: "", RESSORT_PORT: " ", RESSORT_CONTACT_URL: "https://blatt.example" });

    expect(settings.http.port).toBe(8080);
    expect(settings).not.toHaveProperty("redisUrl");
  });

  test("PORT is the port where RESSORT_PORT does not say another", () => {
    expect(load({ PORT: "3000" }).settings.http.port).toBe(3000);

    const both = load({ PORT: "3000", RESSORT_PORT: "4000" });
    expect(both.settings.http.port).toBe(4000);
    expect(both.warnings).toContain("PORT is not used: RESSORT_PORT is set too");
  });

  test("the address of Redis may stand in a file, as Docker hands secrets over", () => {
    const secret = path.join(configFolder(), "secret");
    writeFileSync(secret, "redis://:geheim@db.example\n");

    expect(load({ REDIS_URL_FILE: secret }).settings.redisUrl).toBe("redis://:geheim@db.example");
    expect(complaintsAbout({ REDIS_URL_FILE: "/nowhere" })).toMatch(
      /^environment {2}REDIS_URL_FILE: .*ENOENT.*mount it/,
    );
  });

  test("a wrong value is the variable's, not the file's, and never shown where it may hold a password", () => {
    expect(complaintsAbout({ RESSORT_PORT: "80a" })).toBe(
      'environment  RESSORT_PORT: "80a" is not a number; write a number',
    );
    expect(complaintsAbout({ RESSORT_ALLOW_NETWORKS: "10.0.0.0/8 10" })).toMatch(
      /^environment {2}RESSORT_ALLOW_NETWORKS: "10" is no network/,
    );
    expect(complaintsAbout({ REDIS_URL: "http://geheim" })).toMatch(/^environment {2}REDIS_URL: this is no Redis URL;/);
    expect(complaintsAbout({ REDIS_URL: "http://geheim" })).not.toContain("geheim");
  });

  test("a variable of our name that we do not know is warned of, with the one that was meant", () => {
    const { warnings } = load({ RESSORT_PUBLIC_URI: "https://blatt.example", RESSORT_CONFIG_DIR: "config" });

    expect(warnings).toContain("RESSORT_PUBLIC_URI means nothing to Ressort; did you mean RESSORT_PUBLIC_URL?");
    expect(warnings.join()).not.toContain("CONFIG_DIR");
  });
});

describe("manners", () => {
  test("without an address to complain to there is a warning, and in production no start", () => {
    expect(load({}).warnings.join()).toContain("RESSORT_CONTACT_URL");
    expect(complaintsAbout({ NODE_ENV: "production" })).toMatch(
      /poll\.contactUrl: publishers cannot tell who polls them/,
    );

    expect(load({ NODE_ENV: "production", RESSORT_CONTACT_URL: "https://blatt.example/bot" }).warnings).toEqual([]);
    expect(load({ NODE_ENV: "production", RESSORT_PUBLIC_URL: "https://blatt.example" }).warnings).toEqual([]);
  });

  test("polling often is warned of, except on one's own networks", () => {
    const often = { RESSORT_POLL_MIN_INTERVAL: "10s", RESSORT_CONTACT_URL: "https://blatt.example" };

    expect(load(often).warnings.join()).toContain("publishers may block you");
    expect(load({ ...often, RESSORT_ALLOW_NETWORKS: "127.0.0.0/8" }).warnings).toEqual([]);
  });
});
