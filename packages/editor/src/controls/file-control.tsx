import { lazy, Suspense, useState } from "react";
import { Button } from "../parts/button.js";
import { notify } from "../state/notices.js";
import { controlStrings } from "../strings/controls.js";
import type { ControlProps } from "./control-props.js";
import { type FileParameter, type FileSource, fileName } from "./file-source.js";
import { Thumbnail } from "./thumbnail.js";

const FilePicker = lazy(() =>
  import("./file-picker.js").then((module) => ({ default: module.FilePicker })),
);

interface FileControlProps extends ControlProps<FileParameter> {
  readonly files: FileSource;
}

/** The file that is chosen, with a thumbnail; a press opens the library, a drop uploads. */
export function FileControl(props: FileControlProps) {
  const { id, parameter, value, mixed = false, onChange, files, describedBy, title } = props;
  const [picking, setPicking] = useState(false);
  const [over, setOver] = useState(false);
  const path = mixed ? "" : String(value);
  const name = mixed ? controlStrings.mixed : fileName(path) || controlStrings.noFile;

  const takesUploads = parameter.content === "image" || parameter.content === "any";
  const upload = async (file: File) => {
    try {
      onChange((await files.upload(file)).path, "done");
    } catch (error) {
      notify("error", error instanceof Error ? error.message : String(error));
    }
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would be announced for one button
    <span
      role="group"
      aria-label={title}
      className={over ? "file-control over" : "file-control"}
      onDragOver={(event) => {
        if (!takesUploads || !event.dataTransfer.types.includes("Files")) return;
        event.preventDefault();
        event.stopPropagation();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        setOver(false);
        const [file] = event.dataTransfer.files;
        if (file === undefined || !takesUploads) return;
        event.preventDefault();
        event.stopPropagation();
        void upload(file);
      }}
    >
      <Thumbnail key={path} path={path} content={parameter.content} files={files} />
      <span className="name" title={path}>
        {name}
      </span>
      <Button
        id={id}
        aria-label={`${controlStrings.chooseFile(title)}, ${name}`}
        aria-describedby={describedBy}
        onClick={() => setPicking(true)}
      >
        {controlStrings.choose}
      </Button>
      {picking ? (
        <Suspense>
          <FilePicker
            title={controlStrings.chooseFile(title)}
            parameter={parameter}
            path={path}
            files={files}
            onChoose={(chosen) => {
              setPicking(false);
              onChange(chosen, "done");
            }}
            onClose={() => setPicking(false)}
          />
        </Suspense>
      ) : null}
    </span>
  );
}
