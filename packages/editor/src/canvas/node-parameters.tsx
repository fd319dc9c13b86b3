import { useFailure } from "../state/hooks.js";
import { showPanel } from "../state/panes.js";
import { showParameter } from "../state/selection.js";
import { canvasStrings } from "../strings/canvas.js";
import { formatValue } from "../strings/format.js";
import { measures } from "./node-shape.js";
import type { SceneNode } from "./scene.js";

/** A node's parameters, one to a line; a line opens the parameter in the inspector. */
export function NodeParameters({ shown }: { readonly shown: SceneNode }) {
  const { id, parameters, shape } = shown;
  if (parameters.length === 0) return null;
  const most = measures.shownParameters;
  const isLong = parameters.length > most;
  const visible = isLong ? parameters.slice(0, most - 1) : parameters;
  const open = (name: string) => {
    showParameter(id, name);
    showPanel("right", "inspector");
  };
  return (
    <dl className="node-parameters" style={{ top: shape.parametersAt }}>
      {visible.map(({ name, title, value, unit, isDefault }) => (
        <Line
          key={name}
          node={id}
          name={name}
          title={title}
          value={formatValue(value)}
          unit={unit}
          isSet={!isDefault}
          onOpen={() => open(name)}
        />
      ))}
      {isLong ? (
        <div className="more">
          <dt>{canvasStrings.more(parameters.length - visible.length)}</dt>
          <dd />
        </div>
      ) : null}
    </dl>
  );
}

interface LineProps {
  readonly node: string;
  readonly name: string;
  readonly title: string;
  readonly value: string;
  readonly unit: string;
  readonly isSet: boolean;
  readonly onOpen: () => void;
}

function Line({ node, name, title, value, unit, isSet, onOpen }: LineProps) {
  const wrong = useFailure(node, name);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the inspector is reached by keys too.
    // biome-ignore lint/a11y/useKeyWithClickEvents: the inspector is reached by keys too.
    <div
      className={[isSet ? "set" : "default", wrong === "" ? "" : "wrong"].join(" ")}
      onClick={onOpen}
    >
      <dt>{title}</dt>
      <dd title={wrong === "" ? value : wrong}>{[value, unit].join(" ").trim()}</dd>
    </div>
  );
}
