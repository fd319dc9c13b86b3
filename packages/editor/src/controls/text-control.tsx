import type { Parameter } from "@diopter/engine/editing";
import { controlStrings } from "../strings/controls.js";
import type { ControlProps } from "./control-props.js";

type TextParameter = Extract<Parameter, { kind: "text" | "destination" }>;

/** A line of text, or several. Typing is one entry in the history. */
export function TextControl(props: ControlProps<TextParameter>) {
  const { parameter, value, mixed = false, onChange } = props;
  const text = mixed ? "" : String(value);
  const shared = {
    id: props.id,
    className: "field",
    value: text,
    placeholder: mixed ? controlStrings.mixed : undefined,
    "aria-describedby": props.describedBy,
    "aria-invalid": props.invalid,
    onBlur: () => {
      if (!mixed) onChange(value, "done");
    },
  };
  if (parameter.kind === "destination") {
    return (
      <input
        {...shared}
        type="text"
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => onChange(event.target.value, "live")}
      />
    );
  }
  const { maxLength, multiline } = parameter;
  const isNearlyFull = maxLength !== undefined && text.length > 0.8 * maxLength;
  return (
    <span className="text-control">
      {multiline ? (
        <textarea
          {...shared}
          rows={Math.min(8, Math.max(3, text.split("\n").length))}
          onChange={(event) => onChange(event.target.value, "live")}
        />
      ) : (
        <input
          {...shared}
          type="text"
          autoComplete="off"
          onChange={(event) => onChange(event.target.value, "live")}
        />
      )}
      {isNearlyFull ? (
        <small className="faint">{controlStrings.characters(text.length, maxLength)}</small>
      ) : null}
    </span>
  );
}
