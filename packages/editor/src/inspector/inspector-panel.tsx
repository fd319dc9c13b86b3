import "./inspector.css";
import { useSelection } from "../state/index.js";
import { NodeView } from "./node-view.js";
import { SeveralView } from "./several-view.js";
import { WorkflowView } from "./workflow-view.js";

/** Details of what is chosen: a node, several nodes, or the workflow itself. */
export function InspectorPanel() {
  const selection = useSelection();
  const [first, second] = selection;
  return (
    <div className="inspector">
      {first === undefined ? (
        <WorkflowView />
      ) : second === undefined ? (
        <NodeView key={first} id={first} />
      ) : (
        <SeveralView key={selection.join(" ")} ids={selection} />
      )}
    </div>
  );
}
