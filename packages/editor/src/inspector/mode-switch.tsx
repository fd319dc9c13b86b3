import { useId } from "react";
import { dispatch } from "../state/index.js";
import { inspectorStrings } from "../strings/inspector.js";

interface ModeSwitchProps {
  readonly ids: readonly string[];
  /** `mixed` where the nodes do not agree. */
  readonly mode: "muted" | "bypassed" | "mixed" | undefined;
}

const modes = [
  [null, inspectorStrings.active],
  ["muted", inspectorStrings.muted],
  ["bypassed", inspectorStrings.bypassed],
] as const;

/** Whether nodes run, do not run, or hand their input on. */
export function ModeSwitch({ ids, mode }: ModeSwitchProps) {
  const name = useId();
  return (
    <fieldset className="segments">
      <legend className="sr-only">{inspectorStrings.mode}</legend>
      {modes.map(([value, label]) => (
        <label key={label}>
          <input
            type="radio"
            name={name}
            checked={(mode ?? null) === value}
            onChange={() => dispatch({ kind: "set-mode", ids: [...ids], mode: value })}
          />
          <span>{label}</span>
        </label>
      ))}
    </fieldset>
  );
}
