import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Jobs } from "../jobs/index.js";
import { jobStatuses } from "../protocol/index.js";
import type { Dispatcher } from "../runner/index.js";

/** What metrics are taken from. */
export interface MetricSources {
  readonly jobs: Jobs;
  readonly dispatcher: Dispatcher;
  /** Open WebSocket connections. */
  readonly sockets: () => number;
}

/** Figures of the server for Prometheus. */
export interface Metrics {
  /** In Prometheus's text form. */
  text(): Promise<string>;
  readonly contentType: string;
  /** An answer was given: the route's pattern, never an address, which anybody may make up. */
  answered(route: string, method: string, status: number, seconds: number): void;
  stop(): void;
}

export function createMetrics({ jobs, dispatcher, sockets }: MetricSources): Metrics {
  const registers = [new Registry()];
  const [registry = new Registry()] = registers;
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: "diopter_jobs",
    help: "Jobs that are known, by status",
    labelNames: ["status"],
    registers,
    collect() {
      for (const status of jobStatuses) this.set({ status }, jobs.count(status));
    },
  });
  new Gauge({
    name: "diopter_sockets",
    help: "Open WebSocket connections",
    registers,
    collect() {
      this.set(sockets());
    },
  });
  new Gauge({
    name: "diopter_runner_restarts",
    help: "Runner processes that died, by device",
    labelNames: ["device"],
    registers,
    collect() {
      for (const { name, restarts } of dispatcher.devices) this.set({ device: name }, restarts);
    },
  });
  const ended = new Counter({
    name: "diopter_jobs_ended_total",
    help: "Jobs that have ended since the server started, by status",
    labelNames: ["status"],
    registers,
  });
  const durations = new Histogram({
    name: "diopter_job_seconds",
    help: "From the start of a job to its end",
    buckets: [0.1, 0.3, 1, 3, 10, 30, 100, 300, 1000, 3000],
    registers,
  });
  const answers = new Histogram({
    name: "diopter_http_seconds",
    help: "Time to answer requests",
    labelNames: ["route", "method", "status"],
    buckets: [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3],
    registers,
  });
  const unsubscribe = jobs.subscribe((news) => {
    if (news.type !== "changed" || news.hasEnded !== true) return;
    const job = jobs.find(news.job);
    if (job?.ended === undefined) return;
    ended.inc({ status: job.status });
    durations.observe((job.ended - (job.started ?? job.ended)) / 1000);
  });
  return {
    text: () => registry.metrics(),
    contentType: registry.contentType,
    answered: (route, method, status, seconds) =>
      answers.observe({ route, method, status }, seconds),
    stop: unsubscribe,
  };
}
