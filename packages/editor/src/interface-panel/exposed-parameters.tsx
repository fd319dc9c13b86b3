import { interfaceOptions } from "@diopter/engine/editing";
import { AppWindow } from "lucide-react";
import { useStore } from "zustand";
import { ParameterRow } from "../controls/parameter-row.js";
import { parameterTitle } from "../controls/parameter-title.js";
import { changeParameter, resetParameter } from "../inspector/edit.js";
import { libraryFiles } from "../inspector/file-source.js";
import { useParametersOf } from "../inspector/use-parameters.js";
import { jobsStore, useDescriptors, useDocument } from "../state/index.js";
import { inspectorStrings as words } from "../strings/inspector.js";

/** The parameters that the workflow exposes, under their public names. */
export function ExposedParameters() {
  const document = useDocument();
  const descriptors = useDescriptors();
  const statuses = useStore(jobsStore, ({ run }) => run.nodes);
  const parametersOf = useParametersOf();
  const options = interfaceOptions(document, descriptors);
  if (options.length === 0) {
    return (
      <div className="empty">
        <AppWindow size={24} strokeWidth={1.25} aria-hidden="true" />
        <strong>{words.interfaceEmpty}</strong>
        <p>{words.interfaceEmptyHelp}</p>
      </div>
    );
  }
  return (
    <div className="exposed">
      {options.map(({ name, node, param }) => {
        const own = document.nodes[node];
        const parameter = own === undefined ? undefined : parametersOf(own)[param];
        if (own === undefined || parameter === undefined) return null;
        const status = statuses.get(node);
        const error = status?.state === "failed" ? status.error : undefined;
        return (
          <ParameterRow
            key={name}
            name={name}
            title={parameterTitle(name, undefined)}
            parameter={parameter}
            value={own.params[param] ?? parameter.default}
            error={error?.port === param ? error : undefined}
            files={libraryFiles}
            onChange={(value, phase) =>
              changeParameter([node], param, value, phase, parameter.default)
            }
            onReset={() => resetParameter([node], param)}
          />
        );
      })}
    </div>
  );
}
