import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

/** What operators watch. Labels are few and bounded: never a feed's URL or id (E-10). */
export function openMetrics(version: string) {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  new Gauge({ name: "ressort_build_info", help: "The version that runs.", labelNames: ["version"], registers }).set(
    { version },
    1,
  );

  return {
    registry,
    polls: new Counter({
      name: "ressort_polls_total",
      help: "Polls by what they came to.",
      labelNames: ["outcome"],
      registers,
    }),
    pollDuration: new Histogram({
      name: "ressort_poll_duration_seconds",
      help: "From taking the lease to the commit.",
      buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
      registers,
    }),
    pollLag: new Histogram({
      name: "ressort_poll_lag_seconds",
      help: "How long after its due time a poll began.",
      buckets: [0.1, 1, 5, 15, 60, 300, 3600],
      registers,
    }),
    parses: new Counter({
      name: "ressort_parses_total",
      help: "Documents that were parsed, whole or only where they were new.",
      labelNames: ["extent"],
      registers,
    }),
    items: new Counter({
      name: "ressort_items_total",
      help: "Items that polls brought.",
      labelNames: ["verdict"],
      registers,
    }),
    pushes: new Counter({
      name: "ressort_websub_pushes_total",
      help: "What hubs pushed, by whether it was taken.",
      labelNames: ["outcome"],
      registers,
    }),
    subscribers: new Gauge({
      name: "ressort_websub_subscriptions",
      help: "Who has asked our hub: subscribed, or yet to be verified.",
      labelNames: ["state"],
      registers,
    }),
    hubRequests: new Counter({
      name: "ressort_websub_requests_total",
      help: "What our hub was asked for, by what came of it.",
      labelNames: ["mode", "result"],
      registers,
    }),
    deliveries: new Counter({
      name: "ressort_deliveries_total",
      help: "Attempts to tell somebody, by what they came to.",
      labelNames: ["by", "result"],
      registers,
    }),
    deliveryLag: new Histogram({
      name: "ressort_delivery_lag_seconds",
      help: "From a document's change to the answer of whoever was told of it.",
      labelNames: ["by"],
      buckets: [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 15, 60, 600, 3600],
      registers,
    }),
    alertsPaused: new Gauge({
      name: "ressort_alerts_paused",
      help: "Alerts whose channel has been dead for days, or says that it is no more.",
      registers,
    }),
    fetchedBytes: new Counter({
      name: "ressort_fetched_bytes_total",
      help: "Bytes of documents, decompressed.",
      registers,
    }),
    overdueFeeds: new Gauge({
      name: "ressort_feeds_overdue",
      help: "Feeds that should have been polled over a minute ago.",
      registers,
    }),
    decisions: new Counter({ name: "ressort_desk_decisions_total", help: "Items that the desk placed.", registers }),
    deskBacklog: new Gauge({
      name: "ressort_desk_backlog",
      help: "News that the desk has not read (up to 1000).",
      registers,
    }),
    renders: new Counter({
      name: "ressort_renders_total",
      help: "Topic feeds that were rendered, by whether a document changed.",
      labelNames: ["changed"],
      registers,
    }),
    renderDuration: new Histogram({
      name: "ressort_render_duration_seconds",
      help: "Curating, rendering, checking and compressing all formats of one topic.",
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1],
      registers,
    }),
    refusals: new Counter({
      name: "ressort_refused_documents_total",
      help: "Documents that failed the conformance check; the last good one stays.",
      registers,
    }),
    indexWrites: new Counter({
      name: "ressort_index_writes_total",
      help: "Items put into the search index.",
      registers,
    }),
    indexSize: new Gauge({ name: "ressort_index_items", help: "Items in the search index.", registers }),
    feedSubscribers: new Gauge({
      name: "ressort_feed_subscribers",
      help: "How many people read a topic's feeds, as feed readers tell of their subscribers.",
      labelNames: ["topic"],
      registers,
    }),
    exportFailed: new Gauge({
      name: "ressort_export_failed_documents",
      help: "Documents that could not be written into the export folder.",
      registers,
    }),
    exportFailingSince: new Gauge({
      name: "ressort_export_failing_since_seconds",
      help: "Since when there have been such documents (Unix time); 0: there are none.",
      registers,
    }),
    requests: new Counter({
      name: "ressort_http_requests_total",
      help: "Requests answered.",
      labelNames: ["kind", "code"],
      registers,
    }),
  };
}

export type Metrics = ReturnType<typeof openMetrics>;
