import { type CalledPorts, calledPorts, callType, workflowSchema } from "@diopter/engine/editing";
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import { api } from "../connection/api.js";
import { descriptorsStore } from "../state/descriptors.js";
import { documentStore } from "../state/documents.js";
import { jobsStore } from "../state/jobs.js";
import { previewsStore } from "../state/previews.js";
import { idFrom } from "./called-workflows.js";
import { picturedNodes } from "./node-pictures.js";
import { buildScene, emptyScene, type Scene, type SceneNode } from "./scene.js";

/** What the canvas shows. Kept up to date by {@link followDocument}. */
export const sceneStore = createStore<{ readonly scene: Scene }>(() => ({ scene: emptyScene }));

/** One node of the scene; renders again only when that node changes. */
export const useSceneNode = (id: string): SceneNode | undefined =>
  useStore(sceneStore, ({ scene }) => scene.nodes.get(id));

const portsOfCalled = new Map<string, CalledPorts>();
const asked = new Set<string>();

/** Builds the scene anew whenever something changes that it shows. */
export function followDocument(): void {
  documentStore.subscribe((state, before) => {
    if (state.document !== before.document) rebuild();
  });
  descriptorsStore.subscribe(rebuild);
  let results: unknown;
  jobsStore.subscribe(({ jobs, shown }) => {
    const now = shown === undefined ? undefined : jobs.get(shown)?.results.length;
    if (now !== results) rebuild();
    results = now;
  });
  let count = 0;
  previewsStore.subscribe(({ previews }) => {
    if (previews.size !== count) rebuild();
    count = previews.size;
  });
  rebuild();
}

function rebuild(): void {
  const sources = { ...currentSources(), called: portsOfCalled };
  sceneStore.setState(({ scene }) => ({ scene: buildScene(sources, scene) }));
  fetchCalled();
}

/** The ports of workflows that are used as nodes stand in their own files. */
function fetchCalled(): void {
  const { document, id } = documentStore.getState();
  for (const node of Object.values(document.nodes)) {
    const path = String(node.params.path ?? "");
    if (node.type !== callType || path === "" || asked.has(path)) continue;
    const called = idFrom(id, path);
    if (called === undefined) continue;
    asked.add(path);
    api.workflow(called).then(
      (content) => {
        const parsed = workflowSchema.safeParse(content);
        if (!parsed.success) return;
        portsOfCalled.set(path, calledPorts(parsed.data));
        rebuild();
      },
      () => asked.delete(path),
    );
  }
}

function currentSources() {
  const { document } = documentStore.getState();
  const { registry } = descriptorsStore.getState();
  const { jobs, shown } = jobsStore.getState();
  const { previews } = previewsStore.getState();
  const results = shown === undefined ? [] : (jobs.get(shown)?.results ?? []);
  return {
    document,
    registry,
    pictured: picturedNodes({ document, registry, previews, results }),
  };
}
