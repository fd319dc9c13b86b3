// @vitest-environment happy-dom
import { expect, it } from "vitest";
import type { Layout } from "./auto-layout.js";
import { emptyScene } from "./scene.js";
import { startLayout } from "./start-layout.js";

class FakeWorker {
  onmessage: ((event: MessageEvent) => void) | null = null;
  onerror: ((event: ErrorEvent) => void) | null = null;
  asked: unknown[] = [];
  isOver = false;

  postMessage(message: unknown): void {
    this.asked.push(message);
  }

  terminate(): void {
    this.isOver = true;
  }
}

const made: Layout = { boxes: new Map(), points: new Map() };

function start() {
  const worker = new FakeWorker();
  return { worker, pending: startLayout(emptyScene, ["a"], () => worker) };
}

it("gives what the worker made, and ends it", async () => {
  const { worker, pending } = start();
  expect(worker.asked).toEqual([{ scene: emptyScene, ids: ["a"] }]);
  worker.onmessage?.(new MessageEvent("message", { data: made }));
  expect(await pending.layout).toBe(made);
  expect(worker.isOver).toBe(true);
});

it("ends the worker where it is cancelled, and gives nothing", async () => {
  const { worker, pending } = start();
  pending.cancel();
  worker.onmessage?.(new MessageEvent("message", { data: made }));
  expect(await pending.layout).toBeUndefined();
  expect(worker.isOver).toBe(true);
});

it("fails as the worker does", async () => {
  const { worker, pending } = start();
  worker.onerror?.(new ErrorEvent("error", { message: "No room." }));
  await expect(pending.layout).rejects.toThrow("No room.");
  expect(worker.isOver).toBe(true);
});
