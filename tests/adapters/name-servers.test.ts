import { createSocket } from "node:dgram";
import { lookup } from "node:dns/promises";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { ownLookup } from "../../src/adapters/name-servers.ts";
import { SECOND } from "../../src/model/time.ts";

/** A name server that knows one IPv4 address for all names, or never answers. */
async function openNameServer(address?: string) {
  const socket = createSocket("udp4");
  socket.on("message", (query, { port }) => {
    if (address === undefined) return;
    const isIpv4 = query.readUInt16BE(query.indexOf(0, 12) + 1) === 1;
    const head = Buffer.from(query);
    head.writeUInt16BE(0x8180, 2);
    head.writeUInt16BE(isIpv4 ? 1 : 0, 6);
    // without the additional records of the question
    head.writeUInt16BE(0, 10);
    const question = head.subarray(0, query.indexOf(0, 12) + 5);
    const record = [0xc0, 0x0c, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, ...address.split(".").map(Number)];
    socket.send(Buffer.concat([question, Buffer.from(isIpv4 ? record : [])]), port);
  });
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
  const { port } = socket.address() as AddressInfo;
  return { lookup: ownLookup([`127.0.0.1:${port}`]), [Symbol.dispose]: () => void socket.close() };
}

test("a name has the addresses that its name servers say", async () => {
  using server = await openNameServer("192.0.2.7");

  expect(await server.lookup("reader.example")).toEqual([{ address: "192.0.2.7", family: 4 }]);
});

test("a name without a dot is the system's", async () => {
  using server = await openNameServer();

  expect(await server.lookup("localhost")).toContainEqual({ address: "127.0.0.1", family: 4 });
});

test("names that nobody answers for are given up soon, and keep no other lookup waiting", async () => {
  using server = await openNameServer();
  const began = performance.now();
  const slow = Array.from({ length: 30 }, async (_, n) => await server.lookup(`slow-${n}.example`));
  const all = Promise.allSettled(slow);

  await lookup("localhost");
  const waited = performance.now() - began;

  expect(new Set((await all).map(({ status }) => status))).toEqual(new Set(["rejected"]));
  expect(waited).toBeLessThan(2 * SECOND);
  expect(performance.now() - began).toBeLessThan(20 * SECOND);
}, 30_000);
