import {
  checkParameter,
  type ErrorDescription,
  type Parameter,
  type ParameterValue,
} from "@diopter/engine/editing";
import { CircleHelp, RotateCcw } from "lucide-react";
import { useId, useState } from "react";
import { Button, IconButton } from "../parts/button.js";
import { controlStrings } from "../strings/controls.js";
import type { ChangePhase, FieldFault } from "./control-props.js";
import { ExposeButton, type Exposure, PublicName } from "./expose.js";
import type { FileSource } from "./file-source.js";
import { ParameterControl } from "./parameter-control.js";
import { parameterTitle, printValue } from "./parameter-title.js";

interface ParameterRowProps {
  readonly name: string;
  readonly parameter: Parameter;
  readonly value: ParameterValue;
  readonly mixed?: boolean;
  /** Takes the place of the parameter's own title. */
  readonly title?: string;
  /** What the last run said of this parameter. */
  readonly error?: ErrorDescription | undefined;
  readonly files: FileSource;
  readonly onChange: (value: ParameterValue, phase: ChangePhase) => void;
  /** Absent where a reset makes no sense. */
  readonly onReset?: (() => void) | undefined;
  /** Absent where the parameter cannot be exposed. */
  readonly exposure?: Exposure | undefined;
}

/** A parameter: its name, its control, and what there is to say and to do about it. */
export function ParameterRow(props: ParameterRowProps) {
  const { name, parameter, value, mixed = false, files, onChange, exposure } = props;
  const id = useId();
  const [typed, setTyped] = useState<FieldFault>();
  const [showsHelp, setShowsHelp] = useState(false);
  const title = props.title ?? parameterTitle(name, parameter);
  const stored = mixed ? undefined : checkParameter(parameter, value);
  const fault: FieldFault | undefined = typed ?? stored ?? props.error;
  const isChanged = mixed || value !== parameter.default;
  const [helpId, faultId] = [`${id}-help`, `${id}-fault`];
  const describedBy = [showsHelp ? helpId : "", fault === undefined ? "" : faultId]
    .join(" ")
    .trim();

  const reset = () => {
    setTyped(undefined);
    props.onReset?.();
  };

  return (
    <div className={isChanged ? "parameter changed" : "parameter"} data-parameter={name}>
      <div className="parameter-head">
        <label htmlFor={id} title={parameter.help}>
          {title}
        </label>
        {isChanged ? (
          <span className="changed-mark" title={controlStrings.changed}>
            <span className="sr-only">{controlStrings.changed}</span>
          </span>
        ) : null}
        <Actions
          {...props}
          title={title}
          helpId={helpId}
          showsHelp={showsHelp}
          onHelp={() => setShowsHelp(!showsHelp)}
          onReset={isChanged && props.onReset !== undefined ? reset : undefined}
        />
      </div>
      <ParameterControl
        id={id}
        title={title}
        parameter={parameter}
        value={value}
        mixed={mixed}
        files={files}
        onChange={onChange}
        onFault={setTyped}
        describedBy={describedBy === "" ? undefined : describedBy}
        invalid={fault === undefined ? undefined : true}
      />
      {exposure?.publicName === undefined ? null : <PublicName {...exposure} />}
      {showsHelp ? (
        <p className="parameter-help" id={helpId}>
          {parameter.help}
        </p>
      ) : null}
      {fault === undefined ? null : (
        <div className="parameter-fault" id={faultId} role="alert">
          <p>
            {fault.message} {fault.remedy}
          </p>
          <Instead
            fault={fault}
            parameter={parameter}
            onUse={(instead) => {
              setTyped(undefined);
              onChange(instead, "done");
            }}
          />
        </div>
      )}
    </div>
  );
}

interface ActionsProps extends Pick<ParameterRowProps, "parameter" | "onReset" | "exposure"> {
  readonly title: string;
  readonly helpId: string;
  readonly showsHelp: boolean;
  readonly onHelp: () => void;
}

function Actions({ title, parameter, helpId, showsHelp, onHelp, onReset, exposure }: ActionsProps) {
  return (
    <span className="parameter-actions">
      {onReset === undefined ? null : (
        <IconButton
          label={controlStrings.reset(title, printValue(parameter.default, parameter))}
          onClick={onReset}
        >
          <RotateCcw size={13} />
        </IconButton>
      )}
      {parameter.help === undefined ? null : (
        <IconButton
          label={controlStrings.help(title)}
          aria-expanded={showsHelp}
          aria-controls={helpId}
          onClick={onHelp}
        >
          <CircleHelp size={13} />
        </IconButton>
      )}
      {exposure === undefined ? null : <ExposeButton title={title} {...exposure} />}
    </span>
  );
}

interface InsteadProps {
  readonly fault: FieldFault;
  readonly parameter: Parameter;
  readonly onUse: (value: ParameterValue) => void;
}

function Instead({ fault: { instead }, parameter, onUse }: InsteadProps) {
  if (instead === undefined) return null;
  return (
    <Button onClick={() => onUse(instead)}>
      {controlStrings.takeInstead(printValue(instead, parameter))}
    </Button>
  );
}
