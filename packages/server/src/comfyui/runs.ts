import type { JobNews } from "../jobs/index.js";
import type { Job } from "../protocol/index.js";
import type { Services } from "../services.js";
import type { ClientSocket, ClientSockets } from "./client-sockets.js";
import { describedPreviewFrame, previewFrame } from "./preview-frames.js";
import { RunTeller } from "./run-teller.js";
import { ownerOf, readStoredPrompt, type StoredPrompt } from "./stored-prompt.js";

interface Run {
  readonly prompt: StoredPrompt;
  teller: RunTeller;
  /** What waits until the client knows the prompt's id; undefined once it does. */
  held: (() => void)[] | undefined;
}

const ended: ReadonlySet<Job["status"]> = new Set(["succeeded", "failed", "cancelled"]);

/** Tells ComfyUI's clients of the jobs that they have queued, and everybody of the queue. */
export class Runs {
  readonly #jobs: Services["jobs"];
  readonly #sockets: ClientSockets;
  readonly #runs = new Map<string, Run>();
  /** Jobs that came another way, as long as they run. */
  readonly #others = new Set<string>();
  #remaining = 0;
  readonly #unsubscribe: () => void;

  constructor({ jobs }: Pick<Services, "jobs">, sockets: ClientSockets) {
    this.#jobs = jobs;
    this.#sockets = sockets;
    this.#remaining = this.remaining;
    this.#unsubscribe = jobs.subscribe((news) => this.#hear(news));
  }

  /** Jobs that wait or run. */
  get remaining(): number {
    return this.#jobs.count("queued") + this.#jobs.count("running");
  }

  /** Whether somebody looks at a job's previews. */
  isWatched(job: string): boolean {
    const run = this.#runOf(job);
    return run !== undefined && this.#sockets.has(run.prompt.client);
  }

  /** Nothing is told of a job until {@link release}: its client does not know its id yet. */
  hold(job: string): void {
    const run = this.#runOf(job);
    if (run !== undefined) run.held = [];
  }

  release(job: string): void {
    const run = this.#runs.get(job);
    const held = run?.held ?? [];
    if (run !== undefined) run.held = undefined;
    for (const tell of held) tell();
  }

  /** Greets a new socket, and tells it of what runs for its client. */
  greet(client: ClientSocket): void {
    this.#sockets.tellOne(client, "status", { status: this.#status(), sid: client.id });
    for (const [job, { prompt, teller }] of this.#runs) {
      if (prompt.client !== undefined && prompt.client !== client.id) continue;
      for (const node of teller.running) {
        const about = { node, display_node: node, prompt_id: job };
        this.#sockets.tellOne(client, "executing", about);
      }
    }
  }

  close(): void {
    this.#unsubscribe();
  }

  #hear(news: JobNews): void {
    if (news.type === "paused") return;
    const isOver = news.type === "removed" || (news.type === "changed" && news.hasEnded);
    if (isOver) this.#others.delete(news.job);
    const run = this.#runOf(news.job);
    if (run === undefined) this.#tellQueue();
    else if (run.held === undefined) this.#follow(news, run);
    else run.held.push(() => this.#follow(news, run));
  }

  #follow(news: Exclude<JobNews, { type: "paused" }>, run: Run): void {
    if (news.type === "events") for (const event of news.events) run.teller.event(event);
    else if (news.type === "restarted") run.teller = this.#tellerOf(news.job, run.prompt);
    else if (news.type === "preview") this.#show(run, news.header, news.bytes);
    else this.#change(news.job, run);
  }

  #show({ prompt }: Run, ...[header, bytes]: Parameters<typeof previewFrame>): void {
    const plain = previewFrame(header, bytes);
    const described = describedPreviewFrame(header, ownerOf(prompt, header.node), bytes);
    if (plain !== undefined && described !== undefined) {
      this.#sockets.show(prompt.client, plain, described);
    }
  }

  #change(id: string, { prompt, teller }: Run): void {
    const job = this.#jobs.find(id);
    if (job !== undefined && !ended.has(job.status)) {
      this.#tellQueue();
      return;
    }
    this.#runs.delete(id);
    const hasRun = job !== undefined && job.started !== undefined;
    if (hasRun) teller.end(job);
    this.#tellQueue();
    // Most clients wait for this one.
    if (hasRun) this.#sockets.tell(prompt.client, "executing", { node: null, prompt_id: id });
  }

  #tellQueue(): void {
    const { remaining } = this;
    if (remaining === this.#remaining) return;
    this.#remaining = remaining;
    this.#sockets.tell(undefined, "status", { status: this.#status() });
  }

  #status() {
    return { exec_info: { queue_remaining: this.remaining } };
  }

  #runOf(id: string): Run | undefined {
    const known = this.#runs.get(id);
    if (known !== undefined || this.#others.has(id)) return known;
    const job = this.#jobs.find(id);
    const prompt = readStoredPrompt(this.#jobs.stored(id)?.extra);
    if (job === undefined || ended.has(job.status)) {
      this.#others.delete(id);
      return undefined;
    }
    if (prompt === undefined) {
      this.#others.add(id);
      return undefined;
    }
    const run: Run = { prompt, teller: this.#tellerOf(id, prompt), held: undefined };
    this.#runs.set(id, run);
    return run;
  }

  #tellerOf(id: string, prompt: StoredPrompt): RunTeller {
    return new RunTeller(id, prompt, (type, data) => this.#sockets.tell(prompt.client, type, data));
  }
}
