import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { compressed, deserialise, packed, serialise, unpacked } from "../../src/adapters/compress.ts";
import { documentsOf, topicFeed } from "./press.ts";
import { told } from "./told.ts";

const { rss } = documentsOf(topicFeed(told));

describe("a finished document", () => {
  test("has four bodies that say the same", async () => {
    const { bodies } = await compressed(rss);

    expect(Buffer.from(bodies.identity).toString()).toBe(rss.text);
    expect(gunzipSync(bodies.gzip).toString()).toBe(rss.text);
    expect(brotliDecompressSync(bodies.br).toString()).toBe(rss.text);
    expect(zstdDecompressSync(bodies.zstd ?? Buffer.of()).toString()).toBe(rss.text);
    expect(bodies.br.length).toBeLessThan(bodies.identity.length / 2);
  });

  test("keeps what is served with it, and neither its text nor what was left out", async () => {
    const { bodies: _, ...rest } = await compressed({ ...rss, leftOut: ["x"] });
    const { text: __, leftOut: ___, ...wanted } = rss;

    expect(rest).toEqual(wanted);
  });

  test("comes back from the fields of a hash as it went in", async () => {
    // given
    const served = await compressed(rss);
    const fields = Object.entries(serialise(served)).map(([name, value]) => [name, Buffer.from(value)]);

    // when
    const back = deserialise(Object.fromEntries(fields));

    // then
    expect(back).toEqual(served);
  });

  test("of a version that knew no zstd comes back without", async () => {
    const { bodies, ...rest } = await compressed(rss);
    const { zstd: _, ...old } = bodies;
    const fields = Object.entries(serialise({ ...rest, bodies: old })).map(([name, value]) => [
      name,
      Buffer.from(value),
    ]);

    expect(deserialise(Object.fromEntries(fields))).toEqual({ ...rest, bodies: old });
  });

  test("does not come back where a field is lost", async () => {
    const fields = Object.entries(serialise(await compressed(rss))).map(([name, value]) => [name, Buffer.from(value)]);

    expect(deserialise(Object.fromEntries(fields.slice(1)))).toBeUndefined();
    expect(deserialise({})).toBeUndefined();
  });
});

describe("an archive", () => {
  test("lies there as its smallest body, and has the others when it is asked for", async () => {
    const archive = await packed(rss);
    const fields = Object.entries(serialise(archive)).map(([name, value]) => [name, Buffer.from(value)]);

    const { bodies, ...rest } = unpacked(archive);

    expect(deserialise(Object.fromEntries(fields))).toEqual(archive);
    expect(archive.packed.length).toBeLessThan((await compressed(rss)).bodies.br.length);
    expect(Buffer.from(bodies.identity).toString()).toBe(rss.text);
    expect(gunzipSync(bodies.gzip).toString()).toBe(rss.text);
    expect(rest).toMatchObject({ etag: rss.etag, path: rss.path });
  });
});
