import "./controls.css";
import "./file-control.css";
import type { Parameter } from "@diopter/engine/editing";
import { BooleanControl } from "./boolean-control.js";
import { ChoiceControl } from "./choice-control.js";
import type { ControlProps } from "./control-props.js";
import { FileControl } from "./file-control.js";
import type { FileSource } from "./file-source.js";
import { NumberControl } from "./number/number-control.js";
import { SeedControl } from "./seed-control.js";
import { TextControl } from "./text-control.js";

interface ParameterControlProps extends ControlProps<Parameter> {
  readonly files: FileSource;
}

/** The control that suits a parameter's kind. */
export function ParameterControl({ parameter, files, ...rest }: ParameterControlProps) {
  switch (parameter.kind) {
    case "number":
    case "integer":
      return <NumberControl {...rest} parameter={parameter} />;
    case "boolean":
      return <BooleanControl {...rest} parameter={parameter} />;
    case "choice":
      return <ChoiceControl {...rest} parameter={parameter} />;
    case "seed":
      return <SeedControl {...rest} parameter={parameter} />;
    case "file":
      return <FileControl {...rest} parameter={parameter} files={files} />;
    case "text":
    case "destination":
      return <TextControl {...rest} parameter={parameter} />;
  }
}
