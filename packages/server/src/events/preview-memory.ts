import { encodeFrame, type PreviewHeader } from "../protocol/index.js";

/** The newest preview of each node of the latest jobs, for those who begin to watch. */
export class PreviewMemory {
  readonly #maxBytes: number;
  readonly #jobs = new Map<string, Map<string, Uint8Array>>();
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Keeps a preview; tells the frame to send. */
  add(header: PreviewHeader, bytes: Uint8Array): Uint8Array {
    const frame = encodeFrame(header, bytes);
    const frames = this.#jobs.get(header.job) ?? new Map<string, Uint8Array>();
    const key = JSON.stringify([header.node, header.item, header.kind]);
    this.#bytes += frame.length - (frames.get(key)?.length ?? 0);
    frames.set(key, frame);
    this.#jobs.delete(header.job);
    this.#jobs.set(header.job, frames);
    for (const job of this.#jobs.keys()) {
      if (this.#bytes <= this.#maxBytes) break;
      this.forget(job);
    }
    return frame;
  }

  /** The frames of a job's nodes. */
  framesOf(job: string): readonly Uint8Array[] {
    return [...(this.#jobs.get(job)?.values() ?? [])];
  }

  forget(job: string): void {
    for (const frame of this.#jobs.get(job)?.values() ?? []) this.#bytes -= frame.length;
    this.#jobs.delete(job);
  }
}
