import { spawnSync } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type ToolFolder, toolFolder } from "../support/tool-folder.ts";

const BOOTSTRAP = path.join(import.meta.dirname, "..", "..", "script", "bootstrap");
const LOCKED = {
  "": {},
  "node_modules/node": { version: "24.21.0" },
  "node_modules/musl": { version: "1.0.0", optional: true },
};
const INSTALLED = { "node_modules/node": { version: "24.21.0" } };

/** Tools say what they were called with in "calls"; what they "install" is a program that knows its version. */
const CALLED = `echo "\${0##*/} $*" >> "$CALLS"`;
const NODE = `exec '${process.execPath}' "$@"`;
const REDIS_7 = 'echo "Redis server v=7.2.4 sha=0"';
const installs = (program: string) =>
  `${CALLED}\ncase "$*" in *install*|add*) printf '#!/bin/sh\\necho "Redis server v=7.0.15"' > "$TOOLS/${program}"; /bin/chmod +x "$TOOLS/${program}";; esac`;
const ROOT = { id: "echo 0" };
const NOBODY = { id: "echo 1000", sudo: "exit 1" };
const BASE = { node: NODE, npm: CALLED, env: 'shift; exec "$@"' };

let checkout: string;

beforeEach(async () => {
  checkout = await mkdtemp(path.join(tmpdir(), "ressort-checkout-"));
  await mkdir(path.join(checkout, "script"));
  await cp(BOOTSTRAP, path.join(checkout, "script", "bootstrap"));
  await writeFile(path.join(checkout, "package-lock.json"), JSON.stringify({ packages: LOCKED }));
  await mkdir(path.join(checkout, "node_modules", ".bin"), { recursive: true });
  await symlink(process.execPath, path.join(checkout, "node_modules", ".bin", "node"));
  await recordInstalled(INSTALLED);
});

afterEach(() => rm(checkout, { recursive: true, force: true }));

describe("script/bootstrap, where all is there", () => {
  test("installs nothing, says nothing and takes less than a second", async () => {
    await using tools = await toolFolder({ ...BASE, "redis-server": REDIS_7 });
    const started = performance.now();

    const run = await bootstrap(tools);

    expect(run).toEqual({ code: 0, said: "", calls: [] });
    expect(performance.now() - started).toBeLessThan(1000);
  });

  test("takes a Valkey for a Redis, and needs neither where REDIS_URL names a server", async () => {
    await using withValkey = await toolFolder({ ...BASE, "valkey-server": 'echo "Valkey server v=8.1.4 sha=0"' });
    await using withNeither = await toolFolder({ ...BASE });

    expect(await bootstrap(withValkey)).toEqual({ code: 0, said: "", calls: [] });
    expect(await bootstrap(withNeither, { env: { REDIS_URL: "redis://db:6379" } })).toEqual({
      code: 0,
      said: "",
      calls: [],
    });
    expect((await bootstrap(withNeither, { env: { REDIS_URL_FILE: "/run/secrets/redis" } })).code).toBe(0);
  });
});

describe("npm's packages", () => {
  test.each([
    ["the folder is missing", async () => rm(path.join(checkout, "node_modules"), { recursive: true })],
    ["the lockfile names another version", () => recordInstalled({ "node_modules/node": { version: "24.0.0" } })],
    ["the lockfile names one more", () => recordInstalled({})],
    [
      "the lockfile no longer names one",
      () => recordInstalled({ ...INSTALLED, "node_modules/left": { version: "1.0.0" } }),
    ],
  ])("are installed where %s", async (_, change) => {
    const npm = `${CALLED}\n/bin/mkdir -p node_modules/.bin; /bin/ln -sf '${process.execPath}' node_modules/.bin/node`;
    await using tools = await toolFolder({ ...BASE, npm, "redis-server": REDIS_7 });
    await change();

    const run = await bootstrap(tools);

    expect(run.calls).toEqual(["npm ci --loglevel=error"]);
    expect(run.said).toBe(
      "script/bootstrap: installing the packages of package-lock.json, Node 24 among them (npm ci)\n",
    );
    expect(run.code).toBe(0);
  });

  test("are installed by the system's npm and node, not by those that npm ci is about to replace", async () => {
    const which = 'command -v node >> "$CALLS"; echo "$PATH" >> "$CALLS"';
    await using tools = await toolFolder({ ...BASE, npm: which, "redis-server": REDIS_7 });
    await recordInstalled({});
    const bin = path.join(checkout, "node_modules", ".bin");

    const run = await bootstrap(tools, { path: [bin, "/opt/node_modules/.bin", "/opt/npm/node-gyp-bin", tools.path] });

    expect(run.calls).toEqual([path.join(tools.path, "node"), tools.path]);
  });

  test("that cannot be fetched end it with what to look at", async () => {
    await using tools = await toolFolder({ ...BASE, npm: "echo 'npm error ENOTFOUND' >&2; exit 1" });
    await recordInstalled({});

    const run = await bootstrap(tools);

    expect(run.code).toBe(1);
    expect(run.said).toContain(
      "npm error ENOTFOUND\nscript/bootstrap: npm ci failed, see above: is the npm registry within reach?",
    );
  });

  test("without a Node that runs are an error with its way out", async () => {
    await using tools = await toolFolder({ ...BASE, npm: "/bin/rm -rf node_modules" });

    await rm(path.join(checkout, "node_modules", ".bin", "node"));
    const run = await bootstrap(tools);

    expect(run.code).toBe(1);
    expect(run.said).toContain("brought no Node that runs here");
  });

  test("need a node and an npm to begin with", async () => {
    await using tools = await toolFolder({});

    expect(await bootstrap(tools)).toEqual({
      code: 1,
      said: "script/bootstrap: there is no node and npm on the PATH\nscript/bootstrap: install Node.js 20 or newer: https://nodejs.org\n",
      calls: [],
    });
  });
});

describe("with --packages, as every command runs it", () => {
  const QUICK = { args: ["--packages"] };

  test("looks once; after that it needs no node, and so no time", async () => {
    const [cp, cmp] = ['exec /bin/cp "$@"', 'exec /usr/bin/cmp "$@"'];
    await using all = await toolFolder({ ...BASE, cp, cmp });
    await using few = await toolFolder({ cmp });

    const first = await bootstrap(all, QUICK);
    const second = await bootstrap(few, QUICK);

    for (const run of [first, second]) expect(run).toEqual({ code: 0, said: "", calls: [] });
  });

  test("installs what a newer lockfile names, with its words on standard error, and no redis-server", async () => {
    const npm = `${CALLED}\necho added\n/bin/mkdir -p node_modules/.bin; /bin/ln -sf '${process.execPath}' node_modules/.bin/node`;
    await using tools = await toolFolder({ ...BASE, npm, cp: 'exec /bin/cp "$@"', cmp: 'exec /usr/bin/cmp "$@"' });
    await bootstrap(tools, QUICK);
    const packages = { ...LOCKED, "node_modules/more": { version: "1.0.0" } };
    await writeFile(path.join(checkout, "package-lock.json"), JSON.stringify({ packages }));

    const run = await bootstrap(tools, QUICK);

    expect(run).toMatchObject({ code: 0, calls: ["npm ci --loglevel=error"] });
    expect(run.said).toBe(
      "script/bootstrap: installing the packages of package-lock.json, Node 24 among them (npm ci)\nadded\n",
    );
  });

  test("a fresh clone installs before any command", async () => {
    const { scripts } = JSON.parse(await readFile(path.join(path.dirname(BOOTSTRAP), "..", "package.json"), "utf8"));

    // in the container image all is there, and no script
    expect(scripts.preressort).toBe("test ! -x script/bootstrap || script/bootstrap --packages </dev/null");
    // the demo has a Redis of its own, whatever the environment names
    expect(scripts.predemo).toBe("REDIS_URL= REDIS_URL_FILE= script/bootstrap");
  });
});

describe("redis-server", () => {
  test.each([
    [
      "apt-get",
      [
        "apt-get update -qq",
        "apt-get install -y -qq --no-install-recommends redis-server",
        "service redis-server stop",
      ],
    ],
    ["dnf", ["dnf install -y -q valkey"]],
    ["apk", ["apk add --no-progress -q redis"]],
  ])("is installed by root through %s, which is said before it is done", async (manager, calls) => {
    await using tools = await toolFolder({ ...BASE, ...ROOT, [manager]: installs("redis-server"), service: CALLED });

    const run = await bootstrap(tools);

    expect(run.calls).toEqual(calls);
    expect(run.said).toMatch(
      new RegExp(`^script/bootstrap: installing (redis-server|valkey|redis) \\(${manager}\\)\n$`),
    );
    expect(run.code).toBe(0);
  });

  test("is installed with brew, by anyone but root", async () => {
    await using tools = await toolFolder({ ...BASE, ...NOBODY, brew: installs("redis-server") });

    expect((await bootstrap(tools)).calls).toEqual(["brew install redis"]);
  });

  test("is installed with a sudo that asks no password", async () => {
    const sudo = `shift; ${CALLED}\n"$@"`;
    await using tools = await toolFolder({
      ...BASE,
      id: "echo 1000",
      sudo,
      "apt-get": installs("redis-server"),
      true: "exit 0",
    });

    const run = await bootstrap(tools);

    expect(run.said).toContain("installing redis-server (sudo -n apt-get)");
    expect(run.calls).toContain("sudo apt-get update -qq");
    expect(run.code).toBe(0);
  });

  test("that may not be installed ends it with two lines of way out", async () => {
    await using tools = await toolFolder({ ...BASE, ...NOBODY, "apt-get": installs("redis-server") });

    const run = await bootstrap(tools);

    expect(run.calls).toEqual([]);
    expect(run.code).toBe(1);
    expect(run.said.trim().split("\n").slice(-2)).toEqual([
      "script/bootstrap: Ressort needs redis-server 7 or newer for its database: install it with your package manager,",
      "script/bootstrap: or set REDIS_URL=redis://HOST:6379 to a server you have",
    ]);
  });

  test("that is too old, and that the package manager has no newer one of, ends it as well", async () => {
    await using tools = await toolFolder({
      ...BASE,
      ...ROOT,
      "redis-server": 'echo "Redis server v=6.0.16"',
      "apt-get": CALLED,
    });

    const run = await bootstrap(tools);

    expect(run.said).toContain("redis-server is older than version 7");
    expect(run.code).toBe(1);
  });
});

describe("with --test", () => {
  test("Chromium and nginx are installed where apt-get may, and nginx serves nothing", async () => {
    const system = { "redis-server": REDIS_7, "apt-get": CALLED, service: CALLED, "update-rc.d": CALLED };
    await using tools = await toolFolder({ ...BASE, ...ROOT, ...system });

    const run = await bootstrap(tools, { args: ["--test"] });

    expect(run.calls).toEqual([
      "apt-get update -qq",
      "apt-get install -y -qq --no-install-recommends chromium",
      "apt-get update -qq",
      "apt-get install -y -qq --no-install-recommends nginx-light",
      "service nginx stop",
      "update-rc.d nginx disable",
    ]);
    expect(run.code).toBe(0);
  });

  test("neither is a reason to stop, but said", async () => {
    await using tools = await toolFolder({ ...BASE, ...NOBODY, "redis-server": REDIS_7 });

    const run = await bootstrap(tools, { args: ["--test"] });

    expect(run).toEqual({
      code: 0,
      said:
        "script/bootstrap: no Chromium: the tests that need a browser will be skipped\n" +
        "script/bootstrap: no nginx: the test of config/nginx will be skipped\n",
      calls: [],
    });
  });
});

interface RunOptions {
  readonly args?: readonly string[];
  readonly path?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** @returns the exit code, what it said, and the calls of tools, one a line */
async function bootstrap(tools: ToolFolder, { args = [], path: folders = [tools.path], env = {} }: RunOptions = {}) {
  const calls = path.join(checkout, "calls");
  const environment = { PATH: folders.join(":"), CALLS: calls, TOOLS: tools.path, ...env };
  const script = path.join(checkout, "script", "bootstrap");
  const { status, stderr } = spawnSync(script, args, { env: environment, cwd: tmpdir(), encoding: "utf8" });
  const lines = await readFile(calls, "utf8").catch(() => "");
  return { code: status, said: stderr, calls: lines.split("\n").filter((line) => line !== "") };
}

async function recordInstalled(packages: Readonly<Record<string, unknown>>): Promise<void> {
  await writeFile(path.join(checkout, "node_modules", ".package-lock.json"), JSON.stringify({ packages }));
}
