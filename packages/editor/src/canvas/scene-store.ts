import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import { descriptorsStore } from "../state/descriptors.js";
import { documentStore } from "../state/documents.js";
import { jobsStore } from "../state/jobs.js";
import { previewsStore } from "../state/previews.js";
import { calledByPath, calledStore, followCalled } from "./called-store.js";
import { picturedNodes } from "./node-pictures.js";
import { buildScene, emptyScene, type Scene, type SceneNode } from "./scene.js";

/** What the canvas shows. Kept up to date by {@link followDocument}. */
export const sceneStore = createStore<{ readonly scene: Scene }>(() => ({ scene: emptyScene }));

/** One node of the scene; renders again only when that node changes. */
export const useSceneNode = (id: string): SceneNode | undefined =>
  useStore(sceneStore, ({ scene }) => scene.nodes.get(id));

/** Builds the scene anew whenever something changes that it shows. */
export function followDocument(): void {
  documentStore.subscribe((state, before) => {
    if (state.document !== before.document) rebuild();
  });
  descriptorsStore.subscribe(rebuild);
  calledStore.subscribe(rebuild);
  followCalled();
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
  const sources = currentSources();
  sceneStore.setState(({ scene }) => ({ scene: buildScene(sources, scene) }));
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
    called: calledByPath(Object.values(document.nodes)),
    pictured: picturedNodes({ document, registry, previews, results }),
  };
}
