import { LayoutTemplate } from "lucide-react";
import { useStore } from "zustand";
import { Button } from "../parts/button.js";
import { runAction } from "../shortcuts/registry.js";
import { canvasStrings as words } from "../strings/canvas.js";
import { sceneStore } from "./scene-store.js";

/** What an empty canvas says. */
export function EmptyCanvas() {
  const isEmpty = useStore(sceneStore, ({ scene }) => scene.nodes.size === 0);
  if (!isEmpty) return null;
  return (
    <div className="empty-canvas">
      <h2>{words.empty}</h2>
      <p>{words.emptyHint}</p>
      <Button className="over-canvas" onClick={() => runAction("files.templates")}>
        <LayoutTemplate size={15} aria-hidden />
        {words.browseTemplates}
      </Button>
    </div>
  );
}
