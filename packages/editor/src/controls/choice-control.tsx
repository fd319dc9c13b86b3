import type { Parameter } from "@diopter/engine/editing";
import { controlStrings } from "../strings/controls.js";
import type { ControlProps } from "./control-props.js";

type ChoiceParameter = Extract<Parameter, { kind: "choice" }>;

/** Few short options stand side by side, as they are compared; more of them in a list. */
export function ChoiceControl(props: ControlProps<ChoiceParameter>) {
  const { options } = props.parameter;
  const letters = options.reduce((sum, option) => sum + option.length + 3, 0);
  const isKnown = options.some((option) => option === props.value);
  const sideBySide = options.length <= 4 && letters <= 26 && isKnown;
  return sideBySide ? <Segments {...props} /> : <List {...props} isKnown={isKnown} />;
}

function Segments({
  id,
  parameter,
  value,
  mixed,
  onChange,
  describedBy,
  title,
}: ControlProps<ChoiceParameter>) {
  return (
    <fieldset className="segments" aria-describedby={describedBy}>
      <legend className="sr-only">{title}</legend>
      {parameter.options.map((option, index) => (
        <label key={option}>
          <input
            id={index === 0 ? id : undefined}
            type="radio"
            name={id}
            value={option}
            checked={!mixed && option === value}
            onChange={() => onChange(option, "done")}
          />
          <span>{option}</span>
        </label>
      ))}
    </fieldset>
  );
}

interface ListProps extends ControlProps<ChoiceParameter> {
  readonly isKnown: boolean;
}

function List({ id, parameter, value, mixed, isKnown, onChange, describedBy, invalid }: ListProps) {
  return (
    <select
      id={id}
      className="field"
      value={mixed ? "" : String(value)}
      aria-describedby={describedBy}
      aria-invalid={invalid}
      onChange={(event) => onChange(event.target.value, "done")}
    >
      {mixed ? <option value="">{controlStrings.mixed}</option> : null}
      {isKnown || mixed ? null : <option value={String(value)}>{String(value)}</option>}
      {parameter.options.map((option) => (
        <option key={option} value={option}>
          {option}
        </option>
      ))}
    </select>
  );
}
