import type { AlertStore } from "../../src/adapters/alert-store.ts";
import type { Alert } from "../../src/model/alert.ts";
import type { DeliverJob } from "../../src/model/delivery.ts";
import type { World } from "../world.ts";

export const ALERTS = "alerts";

/** About whatever the alert owes by then: one at a time. */
export const jobOf = ({ id }: Alert): DeliverJob => ({ by: ALERTS, to: id });

/** Its channel may be well again: what it owes is tried at once, not when a long wait is over. */
export async function retryNow({ queues }: World, store: AlertStore, alert: Alert): Promise<void> {
  if ((await store.owingSince(alert.id)) === undefined) return;
  const { retryAt, ...record } = await store.record(alert.id);
  if (retryAt !== undefined) await store.keepRecord(alert.id, record);
  await queues.askForDeliveries([jobOf(alert)]);
  const waiting = await queues.deliver.alerts.getDeduplicationJobId(`${ALERTS}-${alert.id}`);
  const job = waiting === null ? undefined : await queues.deliver.alerts.getJob(waiting);
  // it may have begun meanwhile
  if ((await job?.isDelayed()) === true) await job?.promote().catch(() => undefined);
}
