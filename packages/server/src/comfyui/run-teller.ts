import type { RunEvent } from "@diopter/engine";
import type { Job } from "../protocol/index.js";
import { outputsOf } from "./results.js";
import { classOf, ownerOf, type StoredPrompt } from "./stored-prompt.js";

/** Sends one message of ComfyUI's protocol. */
export type Tell = (type: string, data: Readonly<Record<string, unknown>>) => void;

interface NodeState {
  /** Nodes of the document that stand for this one, and have not ended. */
  left: number;
  value: number;
  max: number;
}

/**
 * Tells a run in ComfyUI's messages and their order. What it sends of progress is what has changed,
 * not all nodes each time.
 */
export class RunTeller {
  readonly #job: string;
  readonly #prompt: StoredPrompt;
  readonly #tell: Tell;
  readonly #now: () => number;
  readonly #nodes = new Map<string, NodeState>();
  readonly #started = new Set<string>();
  readonly #executed = new Set<string>();
  #cached: string[] = [];
  #hasToldCached = false;
  #failure: Extract<RunEvent, { type: "node-failed" }> | undefined;

  constructor(job: string, prompt: StoredPrompt, tell: Tell, now: () => number = Date.now) {
    this.#job = job;
    this.#prompt = prompt;
    this.#tell = tell;
    this.#now = now;
    for (const owner of Object.values(prompt.owners)) {
      const state = this.#nodes.get(owner) ?? { left: 0, value: 0, max: 1 };
      state.left += 1;
      this.#nodes.set(owner, state);
    }
  }

  /** The nodes that run now. */
  get running(): readonly string[] {
    return [...this.#started].filter((id) => !this.#executed.has(id));
  }

  event(event: RunEvent): void {
    switch (event.type) {
      case "run-started":
        this.#tell("execution_start", this.#stamped());
        break;
      case "node-cached":
        this.#cachedNode(ownerOf(this.#prompt, event.node));
        break;
      case "node-started":
        this.#start(ownerOf(this.#prompt, event.node));
        break;
      case "node-progressed":
        this.#progress(ownerOf(this.#prompt, event.node), event.done, event.total);
        break;
      case "node-finished":
        this.#finish(ownerOf(this.#prompt, event.node));
        break;
      case "node-failed":
        this.#failure ??= event;
        break;
      case "run-finished":
        this.#tellCached();
    }
  }

  /** The job has ended: its results are there. */
  end(job: Job): void {
    this.#tellCached();
    for (const [node, output] of Object.entries(outputsOf(job, this.#prompt))) {
      this.#tell("executed", { node, display_node: node, output, prompt_id: this.#job });
    }
    if (job.status === "succeeded") this.#tell("execution_success", this.#stamped());
    else if (job.status === "cancelled") this.#tell("execution_interrupted", this.#stopped());
    else this.#tell("execution_error", this.#broken(job));
  }

  #cachedNode(id: string): void {
    if (!this.#ended(id) || this.#started.has(id)) return;
    this.#executed.add(id);
    this.#cached.push(id);
  }

  #tellCached(): void {
    if (this.#hasToldCached && this.#cached.length === 0) return;
    this.#hasToldCached = true;
    this.#tell("execution_cached", { nodes: this.#cached, ...this.#stamped() });
    this.#cached = [];
  }

  #start(id: string): void {
    this.#tellCached();
    if (this.#started.has(id)) return;
    this.#started.add(id);
    this.#tellState(id, "running");
    this.#tell("executing", { node: id, display_node: id, prompt_id: this.#job });
  }

  #progress(id: string, value: number, max: number): void {
    const state = this.#nodes.get(id);
    if (state !== undefined) Object.assign(state, { value, max });
    this.#tellState(id, "running");
    this.#tell("progress", { value, max, prompt_id: this.#job, node: id });
  }

  #finish(id: string): void {
    if (!this.#ended(id) || this.#executed.has(id)) return;
    this.#executed.add(id);
    const state = this.#nodes.get(id);
    if (state !== undefined) state.value = state.max;
    this.#tellState(id, "finished");
  }

  /** Counts the end of one part of a node; true for the last. */
  #ended(id: string): boolean {
    const state = this.#nodes.get(id);
    if (state === undefined) return true;
    state.left -= 1;
    return state.left <= 0;
  }

  #tellState(id: string, state: "running" | "finished" | "error"): void {
    const { value, max } = this.#nodes.get(id) ?? { value: 0, max: 1 };
    const about = { node_id: id, display_node_id: id, parent_node_id: null, real_node_id: id };
    const node = { value, max, state, prompt_id: this.#job, ...about };
    this.#tell("progress_state", { prompt_id: this.#job, nodes: { [id]: node } });
  }

  #stamped() {
    return { prompt_id: this.#job, timestamp: this.#now() };
  }

  #stopped() {
    const node = this.running[0] ?? this.#prompt.outputs[0] ?? "";
    return {
      ...this.#stamped(),
      node_id: node,
      node_type: classOf(this.#prompt, node),
      executed: [...this.#executed],
    };
  }

  #broken({ error: ofJob }: Job) {
    const error = this.#failure?.error ?? ofJob;
    const placed = this.#failure?.node ?? ofJob?.node;
    const node = placed === undefined ? "" : ownerOf(this.#prompt, placed);
    if (node !== "") this.#tellState(node, "error");
    return {
      ...this.#stamped(),
      node_id: node,
      node_type: classOf(this.#prompt, node),
      executed: [...this.#executed],
      exception_message: error === undefined ? "It failed." : `${error.message} ${error.remedy}`,
      exception_type: error?.code ?? "internal/defect",
      // Where in the program it arose is nobody's business.
      traceback: [],
      current_inputs: {},
      current_outputs: [],
    };
  }
}
