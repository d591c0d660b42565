import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";

interface Service {
  readonly image?: string;
  readonly build?: unknown;
  readonly command: readonly string[];
  readonly container_name?: string;
  readonly profiles?: readonly string[];
  readonly ports?: readonly unknown[];
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly environment?: Readonly<Record<string, string>>;
  readonly volumes?: readonly string[];
}

const ROOT = path.join(import.meta.dirname, "..");
const OURS = ["desk", "web", "work"] as const;
const CONTACT = { RESSORT_CONTACT_URL: "https://example.org/bot" };

/** docker-compose 1.29 checks the file without an engine; what it does not know yet is put into its words before. */
const missing = spawnSync("docker-compose", ["version"]).status !== 0;
if (missing) console.warn("SKIPPED: docker-compose.yml is not checked: there is no docker-compose on the PATH");

describe.skipIf(missing)("docker-compose.yml", () => {
  const services = missing ? {} : servicesOf(compose(CONTACT).stdout);
  const service = (name: string): Service => services[name] ?? expect.fail(`there is no service ${name}`);

  test("is taken by docker-compose and runs one Redis and the three roles", () => {
    const always = Object.entries(services).filter(([, { profiles = [] }]) => profiles.length === 0);

    expect(always.map(([name]) => name).sort()).toEqual(["desk", "redis", "web", "work"]);
    const command = (role: string) => service(role).command.filter((word) => !word.startsWith("--"));
    for (const role of OURS) expect(command(role)).toEqual(["node", "workers/ressort.ts", role]);
  });

  test("asks for the address that publishers are shown, before anything starts", () => {
    const { status, stderr } = compose({});

    expect(status).toBe(1);
    expect(stderr).toContain("write RESSORT_CONTACT_URL=https://... into .env");
  });

  test.each(OURS)("runs %s with no more rights than it needs, on a file system that it cannot write", (role) => {
    expect(service(role)).toMatchObject({
      user: "1000:1000",
      read_only: true,
      tmpfs: ["/tmp"],
      cap_drop: ["ALL"],
      security_opt: ["no-new-privileges:true"],
      init: true,
    });
    const config = `${path.join(ROOT, "config")}:/app/config:ro`;
    expect(service(role).volumes).toEqual(role === "web" ? [config, "public:/srv/ressort:rw"] : [config]);
  });

  test.each([...OURS, "redis"])("starts %s again, lets it finish within 30 s and keeps its log bounded", (name) => {
    expect(service(name)).toMatchObject({
      restart: "unless-stopped",
      stop_grace_period: "30s",
      logging: { driver: "json-file", options: { "max-size": "10m", "max-file": "5" } },
    });
  });

  test.each(OURS)("starts %s once Redis answers, and tells it where that is", (role) => {
    expect(service(role).depends_on).toEqual({ redis: { condition: "service_healthy" } });
    expect(service(role).environment).toMatchObject({ REDIS_URL: "redis://redis:6379", RESSORT_HOST: "0.0.0.0" });
  });

  test.each(OURS)("hands %s all of .env, but for what it sets itself", (role) => {
    const dotenv = `
RESSORT_CONTACT_URL=https://example.org/bot
RESSORT_API_TOKEN=a-long-enough-secret
RESSORT_SECRET_DESK=hush
RESSORT_TRUST_PROXIES=10.0.0.0/8
RESSORT_PORT=9000
REDIS_URL=redis://elsewhere
`;

    const { environment } = servicesOf(compose({}, [], dotenv).stdout)[role] ?? {};

    expect(environment).toMatchObject({
      RESSORT_API_TOKEN: "a-long-enough-secret",
      RESSORT_SECRET_DESK: "hush",
      RESSORT_TRUST_PROXIES: "10.0.0.0/8",
      REDIS_URL: "redis://redis:6379",
      // inside; outside, and in addresses, it is the other
      RESSORT_PORT: "8080",
      RESSORT_PUBLIC_URL: "http://localhost:9000",
    });
  });

  test("does without an .env where the environment says what is needed", () => {
    expect(readFileSync(path.join(ROOT, "docker-compose.yml"), "utf8")).toContain(LOOSE);
    expect(service("web").environment?.["RESSORT_PUBLIC_URL"]).toBe("http://localhost:8080");
  });

  test("lets work and desk be scaled: neither a name nor a port is theirs alone", () => {
    for (const role of ["work", "desk"]) {
      expect(service(role).container_name).toBeUndefined();
      expect(service(role).ports).toBeUndefined();
    }
  });

  test("keeps Redis on a volume, appends every write, never evicts, and opens it to nobody outside", () => {
    const { command, volumes, ports } = service("redis");
    const settings = command.join(" ");

    expect(settings).toContain("--appendonly yes");
    expect(settings).toContain("--maxmemory-policy noeviction");
    expect(volumes).toEqual(["redis:/data:rw"]);
    expect(ports).toBeUndefined();
  });
});

describe.skipIf(missing)("docker-compose.yml with the profile nginx", () => {
  const { nginx, web } = missing ? {} : servicesOf(compose(CONTACT, ["--profile", "nginx"]).stdout);

  test("puts nginx in front, with the configuration that is tested, and the files that web writes", () => {
    const config = path.join(ROOT, "config", "nginx", "ressort.conf");

    expect(nginx).toMatchObject({
      profiles: ["nginx"],
      read_only: true,
      cap_drop: ["ALL"],
      security_opt: ["no-new-privileges:true"],
      volumes: [`${config}:/etc/nginx/conf.d/default.conf:ro`, "public:/srv/ressort:ro"],
    });
    expect(existsSync(config)).toBe(true);
    expect(readFileSync(config, "utf8")).toContain("root /srv/ressort;");
    expect(web?.volumes).toContain("public:/srv/ressort:rw");
  });
});

describe("the Dockerfile", () => {
  const dockerfile = readFileSync(path.join(ROOT, "Dockerfile"), "utf8");
  const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(
    ([, files]) => files?.split(" ") ?? [],
  );

  test("copies files that are there and that .dockerignore lets through", () => {
    const letThrough = readFileSync(path.join(ROOT, ".dockerignore"), "utf8").match(/(?<=^!).+$/gm) ?? [];

    expect([...new Set(copied)].sort()).toEqual([...letThrough].sort());
    expect(copied.filter((file) => !existsSync(path.join(ROOT, file)))).toEqual([]);
  });

  test("runs as a user that is not root, named by number, and can tell whether it is healthy", () => {
    expect(dockerfile).toMatch(/^USER 1000:1000$/m);
    expect(dockerfile).toMatch(/^HEALTHCHECK .* CMD \["node", "workers\/ressort\.ts", "healthcheck"\]$/m);
    expect(dockerfile).toMatch(/npm ci --omit=dev/);
  });
});

const LOOSE = "env_file: [{ path: .env, required: false }]";
const NESTED = /(?<=http:\/\/localhost:)\$\{RESSORT_PORT:-8080\}/;

/** With this environment, this .env, and no other, not even an operator's. */
function compose(environment: Readonly<Record<string, string>>, options: readonly string[] = [], dotenv = "") {
  const { PATH = "", HOME = "" } = process.env;
  const folder = mkdtempSync(path.join(tmpdir(), "ressort-compose-"));
  const file = path.join(folder, "env");
  writeFileSync(file, dotenv);
  const [, port = "8080"] = /^RESSORT_PORT=(.*)$/m.exec(dotenv) ?? [];
  const input = readFileSync(path.join(ROOT, "docker-compose.yml"), "utf8")
    .replace(LOOSE, `env_file: [${file}]`)
    .replace(NESTED, port);
  const run = spawnSync(
    "docker-compose",
    ["--file", "-", "--project-directory", ROOT, "--env-file", file, ...options, "config"],
    { cwd: ROOT, env: { PATH, HOME, ...environment }, encoding: "utf8", input },
  );
  rmSync(folder, { recursive: true });
  return run;
}

function servicesOf(text: string): Readonly<Record<string, Service>> {
  return (parse(text) as { readonly services: Readonly<Record<string, Service>> }).services;
}
