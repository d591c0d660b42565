import { createHmac } from "node:crypto";

/** What a subscriber is sent: the document with what is new to it (WebSub 7). */
export interface Push {
  readonly body: Uint8Array;
  /** the document's own */
  readonly contentType: string;
  /** the document's address */
  readonly self: string;
  readonly hub: string;
  readonly secret?: string;
}

/** Every subscriber that WebSub knows of takes it; SHA-1, which older hubs send, may be refused. */
const METHOD = "sha256";

/** Header names are lower case. */
export function pushHeaders({ body, contentType, self, hub, secret }: Push): Readonly<Record<string, string>> {
  return {
    "content-type": contentType,
    link: `<${hub}>; rel="hub", <${self}>; rel="self"`,
    ...(secret !== undefined && {
      "x-hub-signature": `${METHOD}=${createHmac(METHOD, secret).update(body).digest("hex")}`,
    }),
  };
}

/** How another hub is told that a document of ours changed: PubSubHubbub's form, which all of them take. */
export function publishForm(self: string): string {
  return new URLSearchParams({ "hub.mode": "publish", "hub.url": self, "hub.topic": self }).toString();
}
