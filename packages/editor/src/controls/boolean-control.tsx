import type { Parameter } from "@diopter/engine/editing";
import { controlStrings } from "../strings/controls.js";
import type { ControlProps } from "./control-props.js";

type BooleanParameter = Extract<Parameter, { kind: "boolean" }>;

/** A switch. */
export function BooleanControl({
  id,
  value,
  mixed = false,
  onChange,
  describedBy,
  invalid,
}: ControlProps<BooleanParameter>) {
  const on = value === true;
  return (
    <label className="switch">
      <input
        ref={(element) => {
          if (element !== null) element.indeterminate = mixed;
        }}
        id={id}
        type="checkbox"
        role="switch"
        checked={on && !mixed}
        aria-checked={mixed ? "mixed" : on}
        aria-describedby={describedBy}
        aria-invalid={invalid}
        onChange={(event) => onChange(event.target.checked, "done")}
      />
      <span className="track" aria-hidden="true" />
      <span aria-hidden="true">
        {mixed ? controlStrings.mixed : on ? controlStrings.on : controlStrings.off}
      </span>
    </label>
  );
}
