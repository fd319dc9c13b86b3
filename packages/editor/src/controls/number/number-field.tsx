import { type KeyboardEvent, useRef, useState } from "react";
import { controlStrings } from "../../strings/controls.js";
import type { ControlProps } from "../control-props.js";
import { type NumberParameter, paceOf, steppedValue } from "./number-range.js";
import { printNumber, readNumber } from "./read-number.js";
import { useNumberDrag } from "./use-number-drag.js";

const stepKeys: Readonly<Record<string, readonly [direction: 1 | -1, far: boolean]>> = {
  ArrowUp: [1, false],
  ArrowDown: [-1, false],
  PageUp: [1, true],
  PageDown: [-1, true],
};

/**
 * A number that is dragged, typed, computed or stepped. Enter and leaving the field take what was
 * typed, Escape restores; a text that cannot be taken stays in the field with its fault.
 */
export function NumberField(props: ControlProps<NumberParameter>) {
  const { parameter, value, mixed = false, onChange, onFault } = props;
  const input = useRef<HTMLInputElement>(null);
  const [draft, setDraft] = useState<string>();
  const stepped = useRef(false);
  const number = typeof value === "number" ? value : parameter.default;
  const shown = mixed ? "" : typeof value === "number" ? printNumber(value) : String(value);
  const drag = useNumberDrag({
    parameter,
    value: number,
    onChange: (next, phase) => {
      setDraft(undefined);
      onFault(undefined);
      onChange(next, phase);
    },
    onClick: () => input.current?.focus(),
  });

  const discard = () => {
    setDraft(undefined);
    onFault(undefined);
  };
  /** Takes what was typed; where in it something is wrong, if it cannot be taken. */
  const commit = () => {
    if (draft === undefined || draft === shown) {
      discard();
      return undefined;
    }
    const reading = readNumber(parameter, draft);
    if (reading.fault !== undefined) {
      onFault(reading.fault);
      return reading.fault.piece;
    }
    discard();
    if (mixed || reading.value !== value) onChange(reading.value, "done");
    return undefined;
  };
  const step = (event: KeyboardEvent, [direction, far]: readonly [1 | -1, boolean]) => {
    event.preventDefault();
    const typed = draft === undefined ? undefined : readNumber(parameter, draft);
    const from = typed !== undefined && typed.fault === undefined ? typed.value : number;
    discard();
    stepped.current = true;
    onChange(steppedValue(parameter, from, direction, far ? 10 : paceOf(event)), "live");
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const stepping = stepKeys[event.key];
    if (stepping !== undefined) return step(event, stepping);
    if (event.key === "Enter") {
      const wrong = commit();
      if (wrong === undefined) event.currentTarget.select();
      else event.currentTarget.setSelectionRange(...wrong);
    }
    if (event.key === "Escape" && draft !== undefined) {
      event.stopPropagation();
      discard();
    }
  };

  return (
    <span className="number-field" data-unit={parameter.unit}>
      <input
        ref={input}
        id={props.id}
        className="field"
        type="text"
        inputMode="text"
        role="spinbutton"
        autoComplete="off"
        spellCheck={false}
        aria-valuenow={mixed ? undefined : number}
        aria-valuemin={parameter.min}
        aria-valuemax={parameter.max}
        aria-valuetext={unitText(shown, parameter.unit)}
        aria-invalid={props.invalid}
        data-untouched={draft === undefined ? "" : undefined}
        aria-describedby={props.describedBy}
        placeholder={mixed ? controlStrings.mixed : undefined}
        title={controlStrings.numberHint}
        value={draft ?? shown}
        onChange={(event) => setDraft(event.target.value)}
        onFocus={(event) => event.target.select()}
        onBlur={() => {
          commit();
          if (stepped.current) onChange(value, "done");
          stepped.current = false;
        }}
        onKeyDown={onKeyDown}
        {...drag}
      />
      {parameter.unit === undefined ? null : (
        <span className="unit" aria-hidden="true">
          {parameter.unit}
        </span>
      )}
    </span>
  );
}

function unitText(shown: string, unit: string | undefined): string | undefined {
  return unit === undefined || shown === "" ? undefined : `${shown} ${unit}`;
}
