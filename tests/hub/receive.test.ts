import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { offered, received, tended } from "../../src/hub/hub.ts";
import { DAY } from "../../src/model/time.ts";
import { askedFor, confirmed, fresh, held, LINKS, START } from "./subscriptions.ts";

const BODY = Buffer.from("<rss>Grüße</rss>");

function signed(method: string, secret: string, body: Uint8Array = BODY): string {
  return `${method}=${createHmac(method, secret).update(body).digest("hex")}`;
}

function take(signature: string | undefined, { token = "one", sha1 = true, body = BODY as Uint8Array } = {}) {
  return received(held(), token, { body, signature }, { sha1 });
}

describe("A-39: a push counts by its signature over the very bytes", () => {
  test.each(["sha1", "sha256", "sha384", "sha512"])("%s is understood", (method) => {
    expect(take(signed(method, "secret-of-one"))).toBe("content");
    expect(take(signed(method, "secret-of-one").toUpperCase())).toBe("content");
  });

  test("sha1 only where the operator takes it", () => {
    expect(take(signed("sha1", "secret-of-one"), { sha1: false })).toBe("ignored");
    expect(take(signed("sha256", "secret-of-one"), { sha1: false })).toBe("content");
  });

  test("one other byte, and it is ignored", () => {
    expect(take(signed("sha256", "secret-of-one"), { body: Buffer.concat([BODY, Buffer.from("\n")]) })).toBe("ignored");
  });

  const right = signed("sha256", "secret-of-one");
  test.each([
    ["of another secret", signed("sha256", "secret-of-two")],
    ["that is cut off", right.slice(0, -2)],
    ["that is longer", `${right}00`],
    ["of another length than its method says", right.replace("sha256", "sha512")],
    ["of a method that is none", right.replace("sha256", "md5")],
    ["without a method", right.replace("sha256=", "")],
    ["that is empty", ""],
    ["that is missing (websub.rocks 302)", undefined],
  ])("a signature %s is ignored", (_, signature) => {
    expect(take(signature)).toBe("ignored");
  });
});

describe("A-42: a callback that we do not have any more ends the subscription", () => {
  test("an unknown one", () => {
    expect(take(signed("sha256", "secret-of-one"), { token: "two" })).toBe("ended");
  });

  test("one that was never verified brings nothing", () => {
    const push = { body: BODY, signature: signed("sha256", "secret-of-one") };

    expect(received(askedFor(), "one", push, { sha1: true })).toBe("ignored");
  });

  test("one that a renewal replaced is good until the hub lets go, but only with its own secret", () => {
    const renewing = tended(held(), fresh("two"), START + 6 * DAY, 0).after;
    const renewed = confirmed(renewing, "two", START + 6 * DAY);
    const verdict = (token: string, secret: string) =>
      received(renewed, token, { body: BODY, signature: signed("sha256", secret) }, { sha1: true });

    expect(verdict("one", "secret-of-one")).toBe("content");
    expect(verdict("two", "secret-of-two")).toBe("content");
    expect(verdict("two", "secret-of-one")).toBe("ignored");
  });

  test("one that was given up", () => {
    const left = offered(held(), undefined, START);
    const push = { body: BODY, signature: signed("sha256", "secret-of-one") };

    expect(left && received(left, "one", push, { sha1: true })).toBe("ended");
    expect(LINKS.hub).toBe(held().hub);
  });
});
