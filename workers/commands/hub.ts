import { isHeld } from "../../src/hub/hub.ts";
import type { Subscriber } from "../../src/model/subscriber.ts";
import { type Instant, isoOf, showDuration } from "../../src/model/time.ts";
import { type Command, UsageError } from "../command.ts";
import { openSubscribers } from "../hub/subscribers.ts";
import { noteIdle } from "../idle.ts";
import { OPTIONS_HELP, parsed } from "../options.ts";
import { settingsOrExit } from "../settings.ts";
import { shown } from "../shown.ts";
import { openWorld } from "../world.ts";

export const command: Command = {
  summary: "our WebSub hub: who has subscribed to what, for how long, and whom it does not reach",
  usage: `
ressort hub list [--failing] [--json]   every subscriber by feed: lease, last push, failures in a row

  --failing   only those whom the last push did not reach
  --json      one JSON object a line, without the secrets

A callback's address is a secret between its owner and us: the list names its host only, --json all of it.
docs/websub.md says when a subscriber is dropped.
${OPTIONS_HELP}`,
  async run(args) {
    const { values, positionals } = parsed(args, { failing: { type: "boolean" }, json: { type: "boolean" } }, true);
    if (positionals.length !== 1 || positionals[0] !== "list") throw new UsageError("say list");
    const settings = settingsOrExit(values.config);
    await using world = await openWorld({ ...settings, logLevel: "error" }, "cli");
    await noteIdle(world);
    const now = world.now();
    const all: Subscriber[] = [];
    for await (const subscriber of openSubscribers(world).all()) all.push(subscriber);
    const failing = all.filter(({ trouble }) => trouble !== undefined);
    const listed = (values.failing === true ? failing : all).toSorted((one, other) =>
      one.path.localeCompare(other.path),
    );
    for (const subscriber of listed)
      console.log(values.json === true ? JSON.stringify(withoutSecrets(subscriber)) : subscriberLine(subscriber, now));
    if (values.json !== true)
      console.log(`${all.length} subscribers, ${failing.length} of them not reached${hint(settings.websub?.hub)}`);
    return 0;
  },
};

function hint(hub: { readonly url: string; readonly isOwn: boolean } | undefined): string {
  if (hub === undefined) return "; websub.hub is off";
  return hub.isOwn ? "" : `; subscribers ask ${hub.url}, not us`;
}

function subscriberLine(subscriber: Subscriber, now: Instant): string {
  const { path, host, held, deliveredAt, trouble } = subscriber;
  const lease =
    held === undefined || !isHeld(subscriber, now) ? "not confirmed" : `${showDuration(held.expiresAt - now)} left`;
  const last = deliveredAt === undefined ? "never pushed" : `pushed ${showDuration(now - deliveredAt)} ago`;
  const line = `${path.padEnd(40)} ${shown(host).padEnd(28)} ${lease.padEnd(14)} ${last}`;
  if (trouble === undefined) return line;
  const { since, tries, why } = trouble;
  return `${line}\n  ${tries} ${tries === 1 ? "failure" : "failures"} since ${isoOf(since)}: ${shown(why)}`;
}

function withoutSecrets({ asked, held, ...rest }: Subscriber): object {
  const plain = <Kind extends { readonly secret?: string }>({ secret, ...others }: Kind) => ({
    ...others,
    isSigned: secret !== undefined,
  });
  return { ...rest, ...(asked && { asked: plain(asked) }), ...(held && { held: plain(held) }) };
}
