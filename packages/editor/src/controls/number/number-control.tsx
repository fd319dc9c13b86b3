import type { CSSProperties } from "react";
import { controlStrings } from "../../strings/controls.js";
import type { ControlProps } from "../control-props.js";
import { NumberField } from "./number-field.js";
import { type NumberParameter, nearestAllowed, softRange, stepOf } from "./number-range.js";

/** A number: a field, and a slider beside it where the parameter has a range. */
export function NumberControl(props: ControlProps<NumberParameter>) {
  const { min, max } = softRange(props.parameter);
  const hasRange = min !== undefined && max !== undefined && max > min;
  return (
    <span className={hasRange ? "number-control ranged" : "number-control"}>
      {hasRange ? <Slider {...props} min={min} max={max} /> : null}
      <NumberField {...props} />
    </span>
  );
}

interface SliderProps extends ControlProps<NumberParameter> {
  readonly min: number;
  readonly max: number;
}

/** Spans the soft limits; a value beyond them, which the field can take, holds it at its end. */
function Slider({ parameter, value, mixed, min, max, onChange, onFault, title }: SliderProps) {
  const number = typeof value === "number" ? value : parameter.default;
  const held = Math.min(Math.max(number, min), max);
  const share = mixed ? 0 : (held - min) / (max - min);
  const style: CSSProperties & Record<`--${string}`, string> = { "--share": String(share) };
  return (
    <input
      className="slider"
      type="range"
      aria-label={controlStrings.slider(title)}
      aria-valuetext={parameter.unit === undefined ? undefined : `${number} ${parameter.unit}`}
      min={min}
      max={max}
      step={parameter.kind === "integer" ? stepOf(parameter) : (parameter.step ?? "any")}
      value={held}
      style={style}
      onChange={(event) => {
        onFault(undefined);
        onChange(nearestAllowed(parameter, event.target.valueAsNumber), "live");
      }}
      onPointerUp={() => onChange(number, "done")}
      onBlur={() => onChange(number, "done")}
    />
  );
}
