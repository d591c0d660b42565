import { type AlertStore, alertStore, type OwedStory } from "../../src/adapters/alert-store.ts";
import { afterFailure, afterSending, dispatchOf, storiesIn, tellAt, upToNow } from "../../src/alert/alert.ts";
import { type Alert, type AlertRecord, formerId, type Sent } from "../../src/model/alert.ts";
import type { DeliveryEntry } from "../../src/model/delivery.ts";
import type { TopicId } from "../../src/model/ids.ts";
import { SECOND } from "../../src/model/time.ts";
import type { Topic } from "../../src/model/topic.ts";
import { cron } from "../cron.ts";
import type { Delivered, Deliverer } from "../deliver.ts";
import type { World } from "../world.ts";
import { type Channels, openChannels } from "./channels.ts";
import { nameOf } from "./name.ts";
import { ALERTS, jobOf, retryNow } from "./retry-now.ts";

/** Finds what is owed where nobody asks for it any more: a queue that was lost, or a job that has failed for days. */
const ROUND = "20 * * * * *";

interface Desk {
  readonly world: World;
  readonly store: AlertStore;
  readonly channels: Channels;
  readonly topicOf: (alert: Alert) => Topic | undefined;
}

/**
 * Tells the alerts of topics what is new in their feeds. What is owed lies in Redis before anybody is asked to send it,
 * and a message stays under way until it is known to have been taken: nothing is lost, and what has to be sent again
 * has the same id.
 */
export async function openAlerts(
  world: World,
  topicCalled: (id: TopicId) => Topic | undefined,
): Promise<Deliverer & AsyncDisposable> {
  await using stack = new AsyncDisposableStack();
  const store = alertStore(world.redis, world.keys);
  const alerts = world.settings.alerts ?? [];
  const alertById = new Map<string, Alert>(alerts.map((alert) => [alert.id, alert]));
  const alertsOf = Map.groupBy(alerts, ({ topic }) => topic);
  const desk: Desk = {
    ...{ world, store, channels: stack.use(openChannels(world.settings, world.now)) },
    topicOf: ({ topic }) => topicCalled(topic),
  };
  const renamed = alerts.flatMap((alert) => (desk.topicOf(alert)?.renamedFrom ?? []).map((old) => ({ alert, old })));
  const heirs = new Map(renamed.map(({ alert, old }) => [old, alert.topic]));
  for (const { alert, old } of renamed) await store.inherit(formerId(alert, old), alert.id);
  for (const alert of alerts) await retryNow(world, store, alert);
  if (alerts.length > 0) stack.use(cron(ROUND, "alerts", world.log, () => round(desk, alerts)));

  const kept = stack.move();
  return {
    name: ALERTS,

    async jobsFor(entry) {
      // noted before its topic was renamed
      const topic = heirs.get(entry.topic) ?? entry.topic;
      const path = entry.path.replace(`/${entry.topic}`, `/${topic}`);
      const told = (alertsOf.get(topic) ?? []).filter((alert) => pathOf(alert) === path);
      const stories = told.length === 0 ? [] : await freshIn(world, entry, path);
      if (stories.length === 0) return [];
      await Promise.all(told.map((alert) => owe(desk, alert, stories)));
      return told.map(jobOf);
    },

    async deliver({ to }) {
      const alert = alertById.get(to);
      const topic = alert && desk.topicOf(alert);
      // of what left config/ nothing is told, and Redis forgets it by itself
      return alert === undefined || topic === undefined ? { kind: "needless" } : await tell(desk, alert, topic);
    },

    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

/** The one of a topic's documents that an alert reads. */
const pathOf = ({ topic, only }: Alert): string =>
  only === "new" ? `topics/${topic}.json` : `topics/${topic}/corrections.json`;

/** What the document tells anew, as far as it does still. */
async function freshIn(
  { documents, settings }: World,
  { id, path, fresh }: DeliveryEntry,
  pathNow: string,
): Promise<readonly OwedStory[]> {
  const document = (await documents.document(pathNow)) ?? (await documents.document(path));
  if (document === undefined || fresh.new === undefined) return [];
  const json = Buffer.from(document.bodies.identity).toString("utf8");
  const since = Number.parseInt(id, 10);
  return storiesIn(json, fresh.new, settings).map((story) => ({ since, story }));
}

async function owe({ world, store }: Desk, alert: Alert, stories: readonly OwedStory[]): Promise<void> {
  const dropped = await store.owe(alert.id, stories, world.now());
  if (dropped > 0) world.log.warn({ alert: nameOf(alert), dropped }, "alerts.dropped");
}

/** One message, if it is time for one. */
async function tell(desk: Desk, alert: Alert, topic: Topic): Promise<Delivered> {
  const { world, store, channels } = desk;
  const since = await store.owingSince(alert.id);
  if (since === undefined) return { kind: "needless" };
  const now = world.now();
  const record = upToNow(await store.record(alert.id), now);
  const wait = tellAt(alert, record, Math.min(since, now)) - now;
  if (wait > 0) return { kind: "busy", wait };
  const owed = await store.take(alert.id);
  const dispatch = dispatchOf(
    alert.id,
    owed.map(({ story }) => story),
  );
  const sent = await channels.send(alert, topic, dispatch);
  if (sent.kind !== "taken") return await failed(desk, alert, record, sent);
  await store.settle(alert.id, afterSending(alert, record, world.now()));
  if (record.paused === true) world.log.info({ alert: nameOf(alert) }, "alerts.recovered");
  observe(world, owed);
  // what came meanwhile, or did not fit
  if ((await store.owingSince(alert.id)) !== undefined) await world.queues.askForDeliveries([jobOf(alert)]);
  return { kind: "delivered" };
}

function observe({ metrics, now }: World, owed: readonly OwedStory[]): void {
  const [first] = owed;
  if (first !== undefined) metrics.deliveryLag.observe({ by: ALERTS }, (now() - first.since) / SECOND);
}

async function failed(
  { world, store }: Desk,
  alert: Alert,
  before: AlertRecord,
  sent: Exclude<Sent, { kind: "taken" }>,
): Promise<Delivered> {
  const now = world.now();
  const record = afterFailure(before, sent, now);
  await store.keepRecord(alert.id, record);
  if (record.paused === true && before.paused !== true)
    world.log.warn({ alert: nameOf(alert), why: sent.why, since: record.failingSince }, "alerts.paused");
  const { retryAt } = record;
  if (retryAt === undefined) return { kind: "failed", why: sent.why };
  world.metrics.deliveries.inc({ by: ALERTS, result: "failed" });
  return { kind: "busy", wait: retryAt - now };
}

async function round({ world, store }: Desk, alerts: readonly Alert[]): Promise<void> {
  let paused = 0;
  for (const alert of alerts) {
    if ((await store.record(alert.id)).paused === true) paused += 1;
    if ((await store.owingSince(alert.id)) !== undefined) await world.queues.askForDeliveries([jobOf(alert)]);
  }
  world.metrics.alertsPaused.set(paused);
}
