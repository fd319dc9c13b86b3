import { GraphBuilder, type OnnxModel } from "@diopter/onnx";
import type { TensorProgram } from "./device.js";
import type { InferenceSession } from "./native-tensors.js";
import { SessionMemory } from "./session-memory.js";
import { weightBytes } from "./weight-bytes.js";

/** A session that is kept for the next run of its program. */
export interface OpenSession {
  readonly key: string;
  readonly native: InferenceSession;
  readonly model: Pick<OnnxModel, "inputs" | "outputs">;
  /** True where building it again costs next to nothing, since it has no weights. */
  readonly weightless: boolean;
  /** Bytes that it takes without ever running. */
  readonly loadedBytes: number;
  readonly memory: SessionMemory;
}

/** A session, and the bytes by which loading it made this process grow. */
export interface LoadedModel {
  readonly native: InferenceSession;
  readonly grownBytes: number;
}

export type LoadModel = (model: OnnxModel) => Promise<LoadedModel>;

/** Constants below this size do not count as weights. */
const fewBytes = 1 << 20;

/** Sessions by program key, the least recently used first. Whoever calls it makes calls wait. */
export class SessionStore {
  readonly #sessions = new Map<string, OpenSession>();
  readonly #load: LoadModel;
  #built = 0;

  constructor(load: LoadModel) {
    this.#load = load;
  }

  get built(): number {
    return this.#built;
  }

  get bytes(): number {
    let sum = 0;
    for (const { loadedBytes, memory } of this.#sessions.values()) {
      sum += loadedBytes + memory.workspaceBytes;
    }
    return sum;
  }

  /** The session of a program, built if need be; one that cannot be built leaves no trace. */
  async open(program: TensorProgram): Promise<OpenSession> {
    const known = this.#sessions.get(program.key);
    if (known !== undefined) {
      this.#sessions.delete(program.key);
      this.#sessions.set(program.key, known);
      return known;
    }
    const graph = new GraphBuilder({ name: "diopter" });
    program.build(graph);
    const model = graph.build();
    const { native, grownBytes } = await this.#load(model);
    this.#built += 1;
    const weights = weightBytes(model);
    const loadedBytes = Math.max(weights, grownBytes);
    const session: OpenSession = {
      key: program.key,
      native,
      model: { inputs: model.inputs, outputs: model.outputs },
      weightless: weights < fewBytes,
      loadedBytes,
      memory: new SessionMemory(loadedBytes - Math.max(0, grownBytes)),
    };
    this.#sessions.set(program.key, session);
    return session;
  }

  async release(session: OpenSession): Promise<void> {
    if (this.#sessions.delete(session.key)) await session.native.release();
  }

  /** Releases the least recently used sessions, but not `kept`, until all take at most `bytes`. */
  async shrink(bytes: number, kept?: OpenSession): Promise<void> {
    for (const session of [...this.#sessions.values()]) {
      if (this.bytes <= bytes) return;
      if (session !== kept) await this.release(session);
    }
  }
}
