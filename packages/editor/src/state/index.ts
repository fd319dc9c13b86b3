/**
 * What panels read and do.
 *
 * Read, by hooks that render again only when their part changes: {@link useDocument},
 * {@link useNode}, {@link useDescriptor}, {@link useSelection}, {@link useNodeStatus},
 * {@link useNodeResults}, {@link usePreviews}, {@link useJobs}, {@link useShownJob},
 * {@link useRun}. Outside React the stores have `getState` and `subscribe`.
 *
 * Edit by {@link dispatch}: every change of the document is a command of `@diopter/engine/editing`.
 * It is applied at once, sent to the server, and can be undone; `key` joins the steps of one drag or
 * of one field's typing, {@link sealHistory} ends such a row. Typing and dragging call
 * `dispatch({ kind: "set-parameter", node, name, value }, { key: `${node}.${name}` })`.
 *
 * Tell by {@link notify} and {@link announce}; show pictures by {@link openViewer}; run by
 * `runWorkflow` of `src/run`; ask the server by `api` of `src/connection`.
 *
 * The inspector focuses a parameter when `wantedParameter` of {@link selectionStore} changes.
 */
export {
  dispatch,
  dispatchAll,
  documentStore,
  sealHistory,
} from "./documents.js";
export * from "./hooks.js";
export { jobsStore } from "./jobs.js";
export { announce, notify } from "./notices.js";
export type { Preview } from "./previews.js";
export type { NodeStatus } from "./run-status.js";
export { selectionStore, selectNodes, showParameter } from "./selection.js";
export {
  addToViewer,
  closePicture,
  followResults,
  openViewer,
  type ViewerPicture,
  viewerStore,
} from "./viewer.js";
