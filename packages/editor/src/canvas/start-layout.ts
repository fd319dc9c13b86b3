import type { Layout } from "./auto-layout.js";
import type { Scene } from "./scene.js";

/** What a worker is asked to lay out. */
export interface LayoutRequest {
  readonly scene: Scene;
  readonly ids: readonly string[];
}

export type LayoutReply = Layout;

/** A layout that is being made beside the page, which does not stall. */
export interface PendingLayout {
  /** Undefined where it was cancelled; rejects where it failed. */
  readonly layout: Promise<Layout | undefined>;
  readonly cancel: () => void;
}

type LayoutWorker = Pick<Worker, "postMessage" | "terminate" | "onmessage" | "onerror">;

const createLayoutWorker = (): LayoutWorker =>
  new Worker(new URL("./layout.worker.ts", import.meta.url), { type: "module" });

/** Lays nodes out in a worker of its own. */
export function startLayout(
  scene: Scene,
  ids: readonly string[],
  create = createLayoutWorker,
): PendingLayout {
  const worker = create();
  let cancel = () => {};
  const layout = new Promise<Layout | undefined>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<LayoutReply>) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
    cancel = () => resolve(undefined);
    const request: LayoutRequest = { scene, ids };
    worker.postMessage(request);
  });
  return { layout: layout.finally(() => worker.terminate()), cancel };
}
