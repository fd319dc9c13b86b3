import type { ParameterFault } from "@diopter/engine/editing";
import { useId } from "react";
import { gridStrings as words } from "../strings/grid.js";
import { type Choice, firstValues } from "./choices.js";
import type { AxisDraft } from "./grid-store.js";

interface AxisEditorProps {
  readonly label: string;
  readonly draft: AxisDraft;
  readonly choices: readonly Choice[];
  readonly fault: ParameterFault | undefined;
  readonly onChange: (draft: AxisDraft) => void;
}

/** Which parameter an axis varies, and its values. */
export function AxisEditor({ label, draft, choices, fault, onChange }: AxisEditorProps) {
  const id = useId();
  const chosen = choices.find(({ target }) => target === draft.target);
  const groups = [...new Set(choices.map(({ group }) => group))];
  const kind = chosen?.parameter.kind;
  const isInLines = kind !== "number" && kind !== "integer" && kind !== "seed";
  const choose = (target: string) => {
    const choice = choices.find((one) => one.target === target);
    onChange({ target, text: choice === undefined ? "" : firstValues(choice) });
  };
  return (
    <fieldset className="axis-editor">
      <legend>{label}</legend>
      <select
        className="field"
        aria-label={words.parameter(label)}
        value={chosen?.target ?? ""}
        onChange={(event) => choose(event.target.value)}
      >
        <option value="">{words.none}</option>
        {groups.map((group) => (
          <optgroup key={group} label={group}>
            {choices
              .filter((choice) => choice.group === group)
              .map(({ target, title }) => (
                <option key={target} value={target}>
                  {title}
                </option>
              ))}
          </optgroup>
        ))}
      </select>
      {chosen === undefined ? null : (
        <>
          <textarea
            className="field mono"
            rows={isInLines ? Math.min(5, Math.max(2, draft.text.split("\n").length)) : 1}
            spellCheck={false}
            aria-label={words.values(label)}
            aria-invalid={fault === undefined ? undefined : true}
            aria-describedby={id}
            value={draft.text}
            onChange={(event) => onChange({ ...draft, text: event.target.value })}
          />
          {fault === undefined ? (
            <p className="faint" id={id}>
              {isInLines ? words.linesHelp : words.valuesHelp}
            </p>
          ) : (
            <p className="parameter-fault" id={id} role="alert">
              {fault.message} {fault.remedy}
            </p>
          )}
        </>
      )}
    </fieldset>
  );
}
