import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import {
  type Device,
  type ErrorDescription,
  type FileStates,
  type Leases,
  type NodeRegistry,
  type PreviewMemory,
  parseWorkflow,
  type RunEvent,
  type RunReport,
  readingsOf,
  resultNodes,
  runWorkflow,
  toDiopterError,
  type ValueCache,
  type WorkflowDocument,
} from "@diopter/engine";
import type { JobNode } from "../protocol/index.js";
import { redactor } from "../security/index.js";
import { announcingDevice } from "./announcing-device.js";
import { EventSender } from "./event-sender.js";
import type { FromRunner, RunnerSetup, ToRunner } from "./messages.js";
import type { NodeTimes } from "./node-times.js";
import { PreviewSender } from "./preview-sender.js";
import { describeResults } from "./result-files.js";
import { saveValues } from "./save-values.js";

/** What a job needs of its runner. */
export interface JobSurroundings {
  readonly setup: RunnerSetup;
  readonly registry: NodeRegistry;
  readonly device: Device;
  readonly cache: ValueCache;
  readonly leases: Leases;
  readonly states: FileStates;
  readonly previews: PreviewMemory;
  readonly times: NodeTimes;
  readonly watched: boolean;
  send(message: FromRunner, sent?: () => void): void;
}

type RunOrder = Extract<ToRunner, { type: "run" }>;
type Ended = Omit<Extract<FromRunner, { type: "ended" }>, "resident">;

/** One attempt at a job. */
export class JobRun {
  readonly #order: RunOrder;
  readonly #around: JobSurroundings;
  readonly #controller = new AbortController();
  readonly #events: EventSender;
  readonly #previews: PreviewSender;
  readonly #redact: (text: string) => string;
  #sequence: number;

  constructor(order: RunOrder, around: JobSurroundings) {
    const { job, attempt, lastEvent } = order;
    const { setup, send, watched } = around;
    this.#order = order;
    this.#around = around;
    this.#sequence = lastEvent;
    this.#redact = redactor([setup.library, this.#folder, setup.work, setup.root]);
    this.#events = new EventSender((events) => send({ type: "events", job, attempt, events }));
    this.#previews = new PreviewSender(({ header, bytes }, sent) => {
      const sequence = this.#sequence;
      send(
        {
          type: "preview",
          job,
          attempt,
          header: { ...header, type: "preview", job, sequence },
          bytes,
        },
        sent,
      );
    });
    this.#previews.watched = watched;
  }

  /** What becomes of it. Rejects where it cannot be run at all. */
  async result(): Promise<Ended> {
    const { request } = this.#order;
    const { registry, leases } = this.#around;
    const document = parseWorkflow(request.document, registry);
    const embedded = request.embedded ?? request.document;
    await mkdir(this.#folder, { recursive: true });
    const report = await this.#runWorkflow(document, parseWorkflow(embedded, registry));
    this.#events.flush();
    const { saved, found } = await this.#describe(report, document, embedded).finally(() => {
      for (const { outputs } of Object.values(report.values).flat()) leases.release(outputs);
    });
    await this.#previews.settled();
    await this.#settleStates(report);
    return {
      ...this.#ended(report.status, report.error),
      results: found.map((result) => ({ ...result, node: saved.get(result.path) ?? result.node })),
      readings: { ...readingsOf(report) },
      nodes: this.#nodesOf(report),
    };
  }

  /** Rejects where results cannot be written. */
  async #describe(report: RunReport, document: WorkflowDocument, embedded: string) {
    const { registry } = this.#around;
    const saved = await saveValues(report, document, registry, this.#folder, embedded);
    const found = await describeResults(this.#folder, report, this.#order.request.texts);
    return { saved, found };
  }

  /** What to say where `result` rejects. */
  failure(thrown: unknown): Ended {
    this.#events.flush();
    const error = toDiopterError(thrown).toJSON();
    return { ...this.#ended("failed", error), results: [], readings: {}, nodes: {} };
  }

  cancel(job: string, attempt: number): void {
    if (job === this.#order.job && attempt === this.#order.attempt) this.#controller.abort();
  }

  watch(watched: boolean): void {
    this.#previews.watched = watched;
  }

  /** States of a run that has its results are worth nothing; others are gone on with. */
  async #settleStates({ status }: RunReport): Promise<void> {
    const { states } = this.#around;
    if (status === "succeeded") await states.forget();
    else states.keep();
  }

  get #folder(): string {
    return join(this.#around.setup.work, `${this.#order.job}-${this.#order.attempt}`);
  }

  async #runWorkflow(document: WorkflowDocument, embedded: WorkflowDocument): Promise<RunReport> {
    const { request } = this.#order;
    const { registry, device, cache, leases, states, previews, times, setup } = this.#around;
    const report = await runWorkflow({
      document,
      embedded,
      registry,
      device: announcingDevice(device, () => this.#events.flush()),
      cache,
      leases,
      states,
      previews,
      folders: {
        base: join(setup.library, request.folder),
        readable: [setup.library, ...setup.readable],
        output: this.#folder,
      },
      signal: this.#controller.signal,
      onEvent: (event) => this.#report(event),
      onPreview: (preview) => this.#previews.add(preview),
      targets: request.targets,
      values: request.targets ?? resultNodes(document, registry),
      previous: times.of(document),
    });
    times.remember(report);
    return report;
  }

  #report(event: RunEvent): void {
    this.#sequence += 1;
    const told = { ...event, sequence: this.#sequence };
    if (told.type === "node-failed") {
      this.#events.add({ ...told, error: this.#redacted(told.error) });
    } else if (told.type === "node-noted") {
      this.#events.add({ ...told, message: this.#redact(told.message) });
    } else {
      this.#events.add(told);
    }
  }

  #ended(status: Ended["status"], error: ErrorDescription | undefined) {
    const { job, attempt } = this.#order;
    const told = error === undefined ? {} : { error: this.#redacted(error) };
    return { type: "ended" as const, job, attempt, status, ...told };
  }

  #redacted(error: ErrorDescription): ErrorDescription {
    return { ...error, message: this.#redact(error.message), remedy: this.#redact(error.remedy) };
  }

  #nodesOf(report: RunReport): Record<string, JobNode> {
    const nodes = Object.entries(report.nodes).map(([id, node]): [string, JobNode] => {
      const { status, milliseconds, from, error, notes, because } = node;
      const said = notes.length === 0 ? {} : { notes: notes.map(this.#redact) };
      return [
        id,
        {
          status,
          milliseconds,
          ...(from === undefined ? {} : { from }),
          ...(error === undefined ? {} : { error: this.#redacted(error) }),
          ...said,
          ...(because === undefined ? {} : { because }),
        },
      ];
    });
    return Object.fromEntries(nodes);
  }
}
