import { useStore } from "zustand";
import { focusNode } from "../canvas/focus.js";
import { statusText } from "../canvas/node-status.js";
import { leadSocket } from "../canvas/painter.js";
import type { SceneNode } from "../canvas/scene.js";
import { sceneStore } from "../canvas/scene-store.js";
import { socketColour, useIsStale, useNodeStatus, useSelection } from "../state/hooks.js";
import { shellStrings as words } from "../strings/shell.js";

/** The nodes as a list: the same workflow for those who would rather read it. */
export function Outline() {
  const scene = useStore(sceneStore, (state) => state.scene);
  const selection = useSelection();
  if (scene.nodes.size === 0) return <p className="empty">{words.noNodes}</p>;
  return (
    <ul className="library outline">
      {[...scene.nodes.values()].map((node) => (
        <OutlineLine key={node.id} node={node} isSelected={selection.includes(node.id)} />
      ))}
    </ul>
  );
}

interface OutlineLineProps {
  readonly node: SceneNode;
  readonly isSelected: boolean;
}

function OutlineLine({ node, isSelected }: OutlineLineProps) {
  const status = statusText(useNodeStatus(node.id), useIsStale(node.id));
  const lead = leadSocket(node);
  return (
    <li>
      <button
        type="button"
        className="choice"
        aria-current={isSelected}
        onClick={() => focusNode(node.id)}
      >
        <span
          className="swatch"
          style={{ "--socket": lead === undefined ? "var(--text-faint)" : socketColour(lead) }}
        />
        <span className="title">{node.title}</span>
        <span className="type">{status ?? node.id}</span>
      </button>
    </li>
  );
}
