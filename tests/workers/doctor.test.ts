import { execFile } from "node:child_process";
import { once } from "node:events";
import { existsSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import process from "node:process";
import { Redis } from "ioredis";
import { describe, expect, test } from "vitest";
import { startEmbeddedRedis } from "../../src/adapters/embedded-redis.ts";
import { keysUnder } from "../../src/adapters/keys.ts";
import { topicStore } from "../../src/adapters/topic-store.ts";
import { topicId } from "../../src/model/ids.ts";
import { HOUR } from "../../src/model/time.ts";
import { configFolder } from "../settings/config-folder.ts";
import { ROOT, temporaryFolder } from "../support/test-settings.ts";

/** `ressort doctor` in a process of its own, with nothing in its environment but PATH and `env`. */
function doctor(args: readonly string[], env: Readonly<Record<string, string>>) {
  const door = path.join(ROOT, "workers", "commands", "doctor.ts");
  const program = `const { command } = await import(${JSON.stringify(door)}); process.exitCode = await command.run(process.argv.slice(1));`;
  return new Promise<{ readonly code: number; readonly said: string }>((resolve) => {
    const child = execFile(
      process.execPath,
      ["--input-type=module", "-e", program, "--", ...args],
      { env: { PATH: process.env["PATH"] ?? "", RESSORT_CONTACT_URL: "https://blatt.example/bot", ...env } },
      (_, stdout, stderr) => resolve({ code: child.exitCode ?? -1, said: stdout + stderr }),
    );
  });
}

/** Ports that nobody holds, as far as anybody can tell. */
const FREE_PORTS = { RESSORT_PORT: "0", RESSORT_OPS_PORT: "0" };

async function listening(server: Server) {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return { port, [Symbol.dispose]: () => void server.close() };
}

describe("ressort doctor", { timeout: 60_000 }, () => {
  test("finds a sound installation well, its own Redis included", async () => {
    using data = temporaryFolder();

    const { code, said } = await doctor(["--config", configFolder(), "--offline"], {
      ...FREE_PORTS,
      RESSORT_DATA_DIR: data.path,
    });

    expect(said).toContain("✓ settings: 1 feeds of 1 publishers, 1 sections, 0 topics");
    expect(said).toMatch(
      /✓ Redis \d+\.\d+\.\d+ answers\n✓ Redis: maxmemory-policy noeviction\n✓ Redis: appendonly yes/,
    );
    expect(said).not.toContain("✗");
    expect(code).toBe(0);
  });

  test("names every error of the settings and looks no further", async () => {
    const folder = configFolder({ ressort: "titel: x", feeds: "publishers: []" });

    const { code, said } = await doctor(["--config", folder, "--offline"], { RESSORT_PUBLC_URL: "x" });

    expect(said).toContain("2 to mend");
    expect(said).toContain("→ RESSORT_PUBLC_URL means nothing to Ressort; did you mean RESSORT_PUBLIC_URL?");
    expect(said).toContain(`${folder}/ressort.yaml:1:1  titel: this key means nothing here; write title`);
    expect(said).toContain(`${folder}/feeds.yaml:1:13  publishers: the list is empty; add at least one`);
    expect(said).not.toContain("redis-server");
    expect(code).toBe(1);
  });

  test("says why Redis does not answer, without the password", async () => {
    const env = { ...FREE_PORTS, REDIS_URL: "redis://:geheim@127.0.0.1:1" };

    const { code, said } = await doctor(["--config", configFolder(), "--offline"], env);

    expect(said).toContain("✗ Redis at redis://:***@127.0.0.1:1: connect ECONNREFUSED");
    expect(said).not.toContain("geheim");
    expect(code).toBe(1);
  });

  test("says what to install where there is no redis-server, and what to do with a folder that cannot be written", async () => {
    using data = temporaryFolder();
    writeFileSync(path.join(data.path, "file"), "");
    const env = { ...FREE_PORTS, PATH: "/nowhere", RESSORT_DATA_DIR: path.join(data.path, "file", "data") };

    const { said } = await doctor(["--config", configFolder(), "--offline"], env);

    expect(said).toMatch(/✗ data folder .*data cannot be made \(ENOTDIR\)\n {2}→ give this user/);
    expect(said).not.toContain("unset REDIS_URL");
    expect(said).toMatch(/✗ Redis: Ressort needs redis-server .*\n {2}→ install .*\n {2}→ or set REDIS_URL/);
  });

  test("a server that drops what it holds is refused", async () => {
    using data = temporaryFolder();
    await using redis = await startEmbeddedRedis({ dataDir: data.path });
    const client = new Redis(redis.url);
    await client.config("SET", "maxmemory-policy", "allkeys-lru");
    client.disconnect();

    const { code, said } = await doctor(["--config", configFolder(), "--offline"], {
      ...FREE_PORTS,
      REDIS_URL: redis.url,
    });

    expect(said).toContain("✗ Redis: maxmemory-policy is allkeys-lru");
    expect(code).toBe(1);
  });

  test("a server that takes nothing is ill, and so is an export folder in which nothing can be written", async () => {
    using data = temporaryFolder();
    await using redis = await startEmbeddedRedis({ dataDir: data.path });
    const client = new Redis(redis.url);
    await client.config("SET", "maxmemory", "1");
    const sound = path.join(data.path, "made", "for", "nginx");
    const wrong = path.join(data.path, "file", "nginx");
    writeFileSync(path.join(data.path, "file"), "");
    const asked = ["--config", configFolder(), "--offline"];
    const env = { ...FREE_PORTS, REDIS_URL: redis.url };

    const ill = await doctor(asked, { ...env, RESSORT_EXPORT_DIR: wrong });
    await client.config("SET", "maxmemory", "0");
    client.disconnect();
    const well = await doctor(asked, { ...env, RESSORT_EXPORT_DIR: sound });

    expect(ill.said).toMatch(/✗ Redis has no memory left and takes nothing new \(OOM .*\)\n {2}→ raise its maxmemory/);
    expect(ill.said).toContain(`✗ export folder ${wrong} cannot be written (ENOTDIR)\n  → make room on its disk`);
    expect(ill.code).toBe(1);
    expect(well.said).toContain(`✓ export folder ${sound} can be written`);
    expect(well.code).toBe(0);
    expect(existsSync(path.join(data.path, "made"))).toBe(false);
  });

  test("tells a port that another program holds from one that Ressort itself holds", async () => {
    using data = temporaryFolder();
    using stranger = await listening(createServer((_, response) => response.writeHead(404).end()));
    using ops = await listening(createServer((_, response) => response.end("alive")));
    const env = { RESSORT_DATA_DIR: data.path, RESSORT_PORT: `${stranger.port}`, RESSORT_OPS_PORT: `${stranger.port}` };

    const taken = await doctor(["--config", configFolder(), "--offline"], env);
    const running = await doctor(["--config", configFolder(), "--offline"], {
      ...env,
      RESSORT_OPS_PORT: `${ops.port}`,
    });

    const beside = await doctor(["--config", configFolder(), "--offline"], {
      ...{ RESSORT_DATA_DIR: data.path, RESSORT_PORT: "0", RESSORT_OPS_PORT: `${ops.port}` },
    });

    await using redis = await startEmbeddedRedis({ dataDir: path.join(data.path, "shared") });
    const client = new Redis(redis.url);
    await client.hset(keysUnder("ressort").desk, "expiresAt", Date.now() + HOUR);
    client.disconnect();
    const worker = await doctor(["--config", configFolder(), "--offline"], {
      ...{ REDIS_URL: redis.url, RESSORT_PORT: "0", RESSORT_OPS_PORT: `${ops.port}` },
    });

    expect(taken.said).toContain(`✗ http port ${stranger.port} of 127.0.0.1 is taken`);
    expect(running.said).toContain(`✓ ops port ${ops.port} of 127.0.0.1: a Ressort runs there`);
    expect(running.code).toBe(0);
    expect(beside.said).toContain(`✗ ops port ${ops.port} of 127.0.0.1 is held by another Ressort`);
    expect(beside.said).toContain("→ to start one beside it set RESSORT_OPS_PORT");
    expect(beside.code).toBe(1);
    // a work role of ours, whose desk and pages are on other machines
    expect(worker.said).toContain(`✓ ops port ${ops.port} of 127.0.0.1: a Ressort runs there`);
    expect(worker.code).toBe(0);
  });

  test("asks one feed, politely, whether the network is there", async () => {
    using data = temporaryFolder();
    const agents: (string | undefined)[] = [];
    using publisher = await listening(
      createServer((request, response) => {
        agents.push(request.headers["user-agent"]);
        response.writeHead(503).end();
      }),
    );
    const url = `http://127.0.0.1:${publisher.port}/rss`;
    const feeds = `publishers: [{ id: a, title: A, feeds: [{ id: a, url: "${url}" }, { id: b, url: "${url}?b" }] }]`;
    const env = {
      ...FREE_PORTS,
      RESSORT_DATA_DIR: data.path,
      RESSORT_ALLOW_NETWORKS: "127.0.0.0/8",
      RESSORT_POLL_PORTS: `${publisher.port}`,
    };

    const allowed = await doctor(["--config", configFolder({ feeds })], env);
    const refused = await doctor(["--config", configFolder({ feeds })], { ...env, RESSORT_ALLOW_NETWORKS: "" });

    expect(allowed.said).toContain(`✓ network: 127.0.0.1:${publisher.port} answers with status 503`);
    expect(agents).toEqual([expect.stringMatching(/^Ressort\/.* \(\+https:\/\/blatt\.example\/bot\)$/)]);
    expect(refused.said).toMatch(/✗ network: 127\.0\.0\.1:\d+: .*not public/);
    expect(refused.said).toContain("→ add its network to poll.allowNetworks");
    expect(refused.code).toBe(1);
  });

  test("a port that we do not poll is no trouble of the network's", async () => {
    using data = temporaryFolder();
    const feeds = 'publishers: [{ id: a, title: A, feeds: [{ id: a, url: "https://blatt.example:8444/rss" }] }]';

    const { said } = await doctor(["--config", configFolder({ feeds })], {
      ...FREE_PORTS,
      RESSORT_DATA_DIR: data.path,
    });

    expect(said).toMatch(/✗ network: .*port 8444 .* is not among poll\.ports.*\n {2}→ add the port to poll\.ports/);
    expect(said).not.toContain("firewall");
  });

  test("names topics made while Ressort runs that make no sense any more", async () => {
    using data = temporaryFolder();
    await using redis = await startEmbeddedRedis({ dataDir: data.path });
    const client = new Redis(redis.url);
    const written = { id: "wind", title: "Wind", description: "Wind", query: "wind AND (" };
    const topics = new Map([[topicId("wind"), { written, at: 0 }]]);
    await topicStore(client, keysUnder("ressort")).change(0, { topics });
    client.disconnect();

    const { code, said } = await doctor(["--config", configFolder(), "--offline"], {
      ...FREE_PORTS,
      REDIS_URL: redis.url,
    });

    expect(said).toMatch(
      /✗ topic wind stays as it was last published: query: .*\n {2}→ mend it with ".*topics set wind /,
    );
    expect(code).toBe(1);
  });
});
