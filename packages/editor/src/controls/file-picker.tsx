import { Upload } from "lucide-react";
import { useEffect, useId, useRef, useState } from "react";
import { Button } from "../parts/button.js";
import { Dialog } from "../parts/dialog.js";
import { controlStrings } from "../strings/controls.js";
import { printBytes } from "../strings/quantities.js";
import { type FileParameter, type FileSource, fileName, type LibraryFile } from "./file-source.js";
import { Thumbnail } from "./thumbnail.js";

interface FilePickerProps {
  readonly title: string;
  readonly parameter: FileParameter;
  readonly path: string;
  readonly files: FileSource;
  readonly onChoose: (path: string) => void;
  readonly onClose: () => void;
}

type Listing =
  | { readonly state: "reading" }
  | { readonly state: "read"; readonly files: readonly LibraryFile[] }
  | { readonly state: "failed"; readonly message: string };

/** The library's files and those that ship; uploads by button and by drop; or a path by hand. */
export function FilePicker({ title, parameter, path, files, onChoose, onClose }: FilePickerProps) {
  const [listing, setListing] = useState<Listing>({ state: "reading" });
  const [uploading, setUploading] = useState<string>();
  const [fault, setFault] = useState<string>();
  useEffect(() => {
    let isShown = true;
    files
      .list(parameter.content)
      .then((found) => isShown && setListing({ state: "read", files: found }))
      .catch((error) => isShown && setListing({ state: "failed", message: messageOf(error) }));
    return () => {
      isShown = false;
    };
  }, [files, parameter.content]);

  const upload = async (file: File | undefined) => {
    if (file === undefined) return;
    setUploading(file.name);
    setFault(undefined);
    try {
      onChoose((await files.upload(file)).path);
    } catch (error) {
      setFault(messageOf(error));
    }
    setUploading(undefined);
  };

  // Models and workflows are put into the library's folder by hand.
  const takesUploads = parameter.content === "image" || parameter.content === "any";
  const all = withNamed(listing.state === "read" ? listing.files : [], parameter);
  const groups = [
    { heading: controlStrings.yours, files: all.filter((file) => !file.ships) },
    { heading: controlStrings.ships, files: all.filter((file) => file.ships) },
  ];
  return (
    <Dialog
      title={title}
      onClose={onClose}
      wide
      footer={<PathForm path={path} onChoose={onChoose} />}
    >
      <section
        className="file-picker"
        aria-label={title}
        aria-busy={listing.state === "reading" || uploading !== undefined}
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          event.preventDefault();
          event.stopPropagation();
          if (takesUploads) void upload(event.dataTransfer.files[0]);
        }}
      >
        {takesUploads ? <UploadBar uploading={uploading} onFile={upload} /> : null}
        {fault === undefined ? null : <p role="alert">{fault}</p>}
        {listing.state === "failed" ? (
          <p role="alert">
            {controlStrings.listFailed} {listing.message}
          </p>
        ) : null}
        {listing.state === "read" && all.length === 0 ? (
          <p className="empty">
            {takesUploads ? controlStrings.noFiles : controlStrings.nothingHere}
          </p>
        ) : null}
        {groups.map((group) =>
          group.files.length === 0 ? null : (
            <FileGroup
              key={group.heading}
              {...group}
              chosen={path}
              content={parameter.content}
              source={files}
              onChoose={onChoose}
            />
          ),
        )}
      </section>
    </Dialog>
  );
}

interface UploadBarProps {
  readonly uploading: string | undefined;
  readonly onFile: (file: File | undefined) => void;
}

function UploadBar({ uploading, onFile }: UploadBarProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className="upload-bar">
      <Button onClick={() => input.current?.click()} disabled={uploading !== undefined}>
        <Upload size={15} /> {controlStrings.upload}
      </Button>
      <span className="faint" role="status">
        {uploading === undefined ? controlStrings.dropHere : controlStrings.uploading(uploading)}
      </span>
      <input
        ref={input}
        type="file"
        hidden
        accept="image/*,.tif,.tiff"
        onChange={(event) => onFile(event.target.files?.[0])}
      />
    </div>
  );
}

interface FileGroupProps {
  readonly heading: string;
  readonly files: readonly LibraryFile[];
  readonly chosen: string;
  readonly content: FileParameter["content"];
  readonly source: FileSource;
  readonly onChoose: (path: string) => void;
}

function FileGroup({ heading, files, chosen, content, source, onChoose }: FileGroupProps) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h3 id={id}>{heading}</h3>
      <ul className={content === "image" ? "picker-grid" : "picker-list"}>
        {files.map((file) => (
          <li key={file.path}>
            <button
              type="button"
              aria-pressed={file.path === chosen}
              title={file.path}
              onClick={() => onChoose(file.path)}
            >
              <Thumbnail path={file.path} content={content} files={source} />
              <span className="name">{fileName(file.path)}</span>
              <span className="faint">{detailOf(file)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function PathForm({ path, onChoose }: Pick<FilePickerProps, "path" | "onChoose">) {
  const [typed, setTyped] = useState(path);
  const id = useId();
  return (
    <form
      className="path-form"
      onSubmit={(event) => {
        event.preventDefault();
        onChoose(typed);
      }}
    >
      <label htmlFor={id}>{controlStrings.path}</label>
      <input
        id={id}
        className="field"
        spellCheck={false}
        autoComplete="off"
        title={controlStrings.pathHelp}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <Button type="submit" disabled={typed === ""}>
        {controlStrings.usePath}
      </Button>
    </form>
  );
}

/** Names that the parameter itself declares belong to the files that ship. */
function withNamed(
  files: readonly LibraryFile[],
  { named }: FileParameter,
): readonly LibraryFile[] {
  const known = new Set(files.map((file) => file.path));
  const names = Object.keys(named ?? {}).filter((name) => !known.has(name));
  return [...files, ...names.map((path): LibraryFile => ({ path, ships: true }))];
}

function detailOf({ width, height, bytes }: LibraryFile): string {
  if (width !== undefined && height !== undefined) return `${width} × ${height}`;
  return bytes === undefined ? "" : printBytes(bytes);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
