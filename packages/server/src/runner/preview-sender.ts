import type { NodePreview } from "@diopter/engine";
import { type EncodedPreview, encodePreview } from "./encode-preview.js";

/**
 * Encodes and sends one preview at a time. Of each node only the newest waits: what is shown should
 * be what is, and no run should wait for pictures of it.
 */
export class PreviewSender {
  readonly #send: (preview: EncodedPreview, sent: () => void) => void;
  readonly #waiting = new Map<string, NodePreview>();
  #sending: Promise<void> | undefined;
  watched = true;

  constructor(send: (preview: EncodedPreview, sent: () => void) => void) {
    this.#send = send;
  }

  add(preview: NodePreview): void {
    if (!this.watched) return;
    const key = JSON.stringify([preview.node, preview.item, preview.preview.kind]);
    this.#waiting.delete(key);
    this.#waiting.set(key, preview);
    this.#sending ??= this.#sendAll();
  }

  /** Once everything that waits is sent. */
  async settled(): Promise<void> {
    await this.#sending;
  }

  async #sendAll(): Promise<void> {
    for (const [key, preview] of this.#waiting) {
      this.#waiting.delete(key);
      // A tensor that was given back meanwhile is no preview any more.
      const encoded = await encodePreview(preview).catch(() => undefined);
      if (encoded !== undefined) await new Promise<void>((sent) => this.#send(encoded, sent));
    }
    this.#sending = undefined;
  }
}
