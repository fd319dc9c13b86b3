import type { RunEvent } from "@diopter/engine";
import type { PreviewHeader } from "../protocol/index.js";

/** What happens to jobs, for whoever tells it on. */
export type JobNews =
  /** Its status, place or progress is another; also told when it is new. */
  | { readonly type: "changed"; readonly job: string; readonly hasEnded?: boolean }
  | { readonly type: "removed"; readonly job: string }
  /** It starts again, after its last event of number `after`. */
  | {
      readonly type: "restarted";
      readonly job: string;
      readonly attempt: number;
      readonly after: number;
    }
  /** They are stored already. */
  | { readonly type: "events"; readonly job: string; readonly events: readonly RunEvent[] }
  | {
      readonly type: "preview";
      readonly job: string;
      readonly header: PreviewHeader;
      readonly bytes: Uint8Array;
    }
  /** The queue was paused or goes on. */
  | { readonly type: "paused"; readonly paused: boolean };

/** Tells news to all who listen, in order. A listener must not throw. */
export class JobNewsFeed {
  readonly #listeners = new Set<(news: JobNews) => void>();

  /** @returns how to stop listening. */
  subscribe(listener: (news: JobNews) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  publish(news: JobNews): void {
    for (const listener of this.#listeners) listener(news);
  }
}
