import { spawn } from "node:child_process";
import { closeSync, cpSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { createServer as createWebServer } from "node:http";
import { createServer } from "node:net";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { ressort, startRessort } from "../support/ressort.ts";
import { eventually, ROOT, temporaryFolder } from "../support/test-settings.ts";

const COMMANDS =
  "start work desk web demo feeds topics hub alerts stories sections why query opml export parse replay doctor healthcheck".split(
    " ",
  );

describe("the command line", () => {
  test("lists every command", async () => {
    const { code, stdout } = await ressort(["--help"]);

    expect(code).toBe(0);
    for (const command of COMMANDS) expect(stdout).toMatch(new RegExp(`^  ${command} `, "m"));
  });

  test.each(COMMANDS)("%s --help says what it does and how", async (command) => {
    const { code, stdout } = await ressort([command, "--help"]);

    expect(code).toBe(0);
    expect(stdout).toContain(`ressort ${command}`);
    expect(stdout.split("\n").length).toBeGreaterThan(3);
  });

  test("names what it does not know, and the way out", async () => {
    const command = await ressort(["strat"]);
    const option = await ressort(["feeds", "list", "--il"]);

    expect(command).toMatchObject({ code: 2, stderr: expect.stringContaining('no command "strat"') });
    expect(option).toMatchObject({ code: 2, stderr: expect.stringContaining("--il") });
    expect(option.stderr).toContain("--help");
  });

  test("a word that is mistyped is told with the one that is meant", async () => {
    using folder = temporaryFolder();
    const said = async (...args: readonly string[]) => await ressort(args, quietEnv(folder.path, 0));

    expect(await said("feed", "list")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("Did you mean feeds?"),
    });
    for (const [args, meant] of [
      [["feeds", "lsit"], "list"],
      [["topics", "shw", "gold"], "show"],
      [["stories", "splt"], "split"],
      [["alerts", "tset"], "test"],
      [["opml", "improt"], "import"],
    ] as const)
      expect(await said(...args)).toMatchObject({
        code: 2,
        stderr: expect.stringMatching(
          new RegExp(`there is no "${args[1]}", perhaps ${meant} is meant: say .*${meant}`),
        ),
      });
    expect((await said("feeds", "show", "tagesschua")).stderr).toContain("Did you mean tagesschau?");
  });

  test("a folder that cannot be written is named, without a stack", async () => {
    using folder = temporaryFolder();

    const { code, stdout, stderr } = await ressort(["export", "/etc/passwd"], quietEnv(folder.path, 0));

    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toBe(
      "ressort: /etc/passwd cannot be written (EEXIST).\nName a folder, new or old, that this user may write to.\n",
    );
  });

  test("what is doubtful about serving is said by those who start it; a mistyped variable by every command", async () => {
    using folder = temporaryFolder();
    const { RESSORT_CONTACT_URL: _, ...env } = {
      ...quietEnv(folder.path, 0),
      ...{ RESSORT_CONTACT_URL: "", RESSORT_HUB: "true", RESSORT_API_TOKEN: "short", RESSORT_TITEL: "Blatt" },
    };
    await using web = startRessort(["web"], env);

    const command = await ressort(["opml", "topics"], env);
    await eventually("the greeting", () => (web.output().includes("Ctrl-C") ? true : undefined));

    expect(command.stderr).toBe("warning: RESSORT_TITEL means nothing to Ressort; did you mean RESSORT_TITLE?\n");
    for (const words of [
      "publishers cannot tell who polls them",
      "websub.hub is on",
      "can be guessed",
      "RESSORT_TITEL",
    ])
      expect(web.output()).toContain(words);
  });

  test("every path and command that README names is there", () => {
    const readme = readFileSync(path.join(ROOT, "README.md"), "utf8");
    const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, to = ""]) => to);
    const commands = [...readme.matchAll(/ressort -- (\w+)/g)].map(([, name = ""]) => name);

    expect(links.length).toBeGreaterThan(5);
    for (const link of links) expect(() => readFileSync(path.join(ROOT, link)), link).not.toThrow();
    expect(COMMANDS).toEqual(expect.arrayContaining([...new Set(commands)]));
  });
});

test("healthcheck asks the Ressort that runs, whatever has become of its settings since", async () => {
  using folder = temporaryFolder();
  cpSync(path.join(ROOT, "config"), folder.path, { recursive: true });
  writeFileSync(path.join(folder.path, "topics.yaml"), "topics: [{ id: Gold }]\n");
  const ops = createWebServer((_, response) => response.end("alive")).listen(0, "127.0.0.1");
  await new Promise((resolve) => ops.once("listening", resolve));
  const { port } = ops.address() as { readonly port: number };

  const well = await ressort(["healthcheck", "--config", folder.path], { RESSORT_OPS_PORT: String(port) });
  const broken = await ressort(["healthcheck", "--config", folder.path], { RESSORT_OPS_PORT: "80a" });
  ops.close();

  expect(well).toEqual({ code: 0, stdout: "alive\n", stderr: "" });
  expect(broken.code).toBe(1);
  expect(broken.stderr).toContain('environment  RESSORT_OPS_PORT: "80a" is not a number');
});

describe("before anything starts", () => {
  test("broken settings are named, all of them, with line and remedy", async () => {
    using folder = temporaryFolder();
    cpSync(path.join(ROOT, "config"), folder.path, { recursive: true });
    writeFileSync(path.join(folder.path, "ressort.yaml"), "http:\n  prot: 8080\npoll:\n  minInterval: 15x\n");
    writeFileSync(
      path.join(folder.path, "topics.yaml"),
      "topics:\n  - id: Gold\n    title: Gold\n    query: gold AND (\n",
    );

    const { code, stderr } = await ressort(["start", "--config", folder.path], { RESSORT_TITEL: "Blatt" });

    expect(code).toBe(1);
    expect(stderr).toMatch(/ressort\.yaml:2.*prot/);
    expect(stderr).toMatch(/ressort\.yaml:4.*15x/);
    expect(stderr).toMatch(/topics\.yaml:2.*Gold/);
    expect(stderr).toMatch(/topics\.yaml:4/);
    expect(stderr).toContain("did you mean RESSORT_TITLE?");
    expect(stderr).not.toMatch(/\n {4}at /);
  });

  test("a Redis that does not answer is named, with the way out in two lines", async () => {
    const { code, stderr } = await ressort(["start"], {
      REDIS_URL: "redis://:secret@127.0.0.1:1",
      RESSORT_LOG_LEVEL: "silent",
    });

    expect(code).toBe(1);
    expect(stderr).toContain("Redis does not answer at redis://…@127.0.0.1:1");
    expect(stderr).toContain("unset REDIS_URL");
    expect(stderr).not.toContain("secret");
    expect(stderr).not.toMatch(/\n {4}at /);
  });

  test.each([
    ["below a file", path.join(ROOT, "package.json", "data"), "ENOTDIR"],
    ["where the system takes no folder", "/proc/ressort/data", "ENOENT"],
  ])("a data folder %s is named, with the way out", async (_, dataDir, code) => {
    const ended = await ressort(["topics", "list"], quietEnv(dataDir, 0));

    expect(ended).toMatchObject({ code: 1, stdout: "" });
    expect(ended.stderr).toBe(
      `ressort: data folder ${dataDir} cannot be made (${code})\n` +
        "give this user the right to write there, or set RESSORT_DATA_DIR to another folder\n",
    );
  });

  test("a port that is taken is named", async () => {
    using folder = temporaryFolder();
    const squatter = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => squatter.once("listening", resolve));
    const { port } = squatter.address() as { readonly port: number };

    const { code, stderr } = await ressort(["web"], quietEnv(folder.path, port));
    squatter.close();

    expect(code).toBe(1);
    expect(stderr).toContain(String(port));
    expect(stderr).toContain("RESSORT_PORT");
    expect(stderr).toContain("RESSORT_DATA_DIR");
    expect(stderr).not.toMatch(/\n {4}at /);
  });
});

test("a second Ressort in the data folder of one at work is refused, and the first serves on", async () => {
  using folder = temporaryFolder();
  await using first = startRessort(["start"], { ...quietEnv(folder.path, 0), RESSORT_PUBLIC_URL: "https://a.example" });
  const home = await eventually("the address", () => /read +(http:\S+)/.exec(first.output())?.[1]);

  const second = await ressort(["start"], quietEnv(folder.path, 0));
  const role = await ressort(["web"], quietEnv(folder.path, 0));

  expect(second).toEqual({
    ...{ code: 1, stdout: "" },
    stderr: `ressort: data folder ${folder.path} is in use: a Ressort (all) of https://a.example, process ${first.child.pid}
stop that one, or give this one a folder of its own with RESSORT_DATA_DIR;
roles of one Ressort in several processes need a Redis that REDIS_URL names
`,
  });
  expect(role).toEqual(second);
  expect((await ressort(["topics", "list"], quietEnv(folder.path, 0))).code).toBe(0);
  expect((await fetch(`${home}readyz`)).status).toBe(200);
});

test("SIGTERM drains and leaves with 0, and the private Redis goes with it", async () => {
  using folder = temporaryFolder();
  await using running = startRessort(["start"], { ...quietEnv(folder.path, 0), RESSORT_OPS_PORT: "0" });
  await eventually("the greeting", () => (running.output().includes("Ctrl-C stops it") ? true : undefined));
  const asked = Date.now();

  running.child.kill("SIGTERM");
  const { code } = await running.ended;

  expect(code).toBe(0);
  expect(Date.now() - asked).toBeLessThan(25_000);
  await expect(ressort(["feeds", "list"], quietEnv(folder.path, 0))).resolves.toMatchObject({ code: 0 });
});

test("npm passes SIGTERM on: npm start drains and leaves with 0", async () => {
  using folder = temporaryFolder();
  const { PATH = "", HOME = "" } = process.env;
  const env = { PATH, HOME, ...quietEnv(folder.path, 0), RESSORT_OPS_PORT: "0", REDIS_URL: "" };
  const npm = spawn("npm", ["start"], { cwd: ROOT, env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [npm.stdout, npm.stderr])
    stream.on("data", (text) => {
      output += text;
    });
  await eventually("the greeting", () => (output.includes("Ctrl-C stops it") ? true : undefined));

  npm.kill("SIGTERM");
  const code = await new Promise((resolve) => npm.once("close", resolve));

  expect(code).toBe(0);
});

test("a log that cannot be written stops neither the pages nor the end", async () => {
  using folder = temporaryFolder();
  const full = openSync("/dev/full", "w");
  const { PATH = "", HOME = "" } = process.env;
  const env = { PATH, HOME, ...quietEnv(folder.path, 0), RESSORT_OPS_PORT: "0", RESSORT_LOG_LEVEL: "info" };
  const child = spawn(process.execPath, ["workers/ressort.ts", "start"], {
    cwd: ROOT,
    env,
    stdio: ["ignore", full, "pipe"],
  });
  let output = "";
  child.stderr?.on("data", (text) => {
    output += text;
  });
  const home = await eventually("the address", () => /read +(http:\S+)/.exec(output)?.[1]);

  const alive = await fetch(`${home}livez`);
  child.kill("SIGTERM");
  const code = await new Promise((resolve) => child.once("close", resolve));
  closeSync(full);

  expect(alive.status).toBe(200);
  expect(code).toBe(0);
});

function quietEnv(dataDir: string, port: number): Readonly<Record<string, string>> {
  return {
    RESSORT_DATA_DIR: dataDir,
    RESSORT_PORT: String(port),
    RESSORT_OPS_PORT: "0",
    RESSORT_LOG_LEVEL: "silent",
    RESSORT_CONTACT_URL: "https://ressort.example/contact",
  };
}
