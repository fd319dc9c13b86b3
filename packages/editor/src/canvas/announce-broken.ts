import { documentStore } from "../state/documents.js";
import { notify } from "../state/notices.js";
import { wireStrings as words } from "../strings/wires.js";
import { calledStore } from "./called-store.js";
import { focusNode } from "./focus.js";
import { sceneStore } from "./scene-store.js";

/**
 * Says at once what the open document lost as a workflow that it calls changed: the person may be
 * looking elsewhere. To be called after the scene follows both.
 */
export function announceBroken(): void {
  let known = countBroken();
  documentStore.subscribe(() => {
    known = countBroken();
  });
  calledStore.subscribe(() => {
    const count = countBroken();
    const [node] = sceneStore.getState().scene.broken.keys();
    if (count > known && node !== undefined) {
      notify("warning", words.changed(count - known), {
        remedy: words.kept,
        action: { label: words.showCall, run: () => focusNode(node) },
      });
    }
    known = count;
  });
}

const countBroken = (): number =>
  [...sceneStore.getState().scene.broken.values()].reduce((sum, { length }) => sum + length, 0);
