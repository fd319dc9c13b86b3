import type { Point } from "@diopter/engine/editing";
import { newId } from "../canvas/search/add-node.js";
import { middleOfView } from "../canvas/view-commands.js";
import { api } from "../connection/api.js";
import { explain, RequestError } from "../connection/request-error.js";
import { Button } from "../parts/button.js";
import { Dialog } from "../parts/dialog.js";
import { descriptorsStore } from "../state/descriptors.js";
import { dispatch } from "../state/documents.js";
import { announce, notify } from "../state/notices.js";
import { selectNodes } from "../state/selection.js";
import { fileStrings as words } from "../strings/files.js";
import { bundleSchema, withPictures } from "./bundle.js";
import { openDialog } from "./dialogs-store.js";
import { openDraftSafely, readContent } from "./open.js";

/** Asks for a file and takes it in. */
export function askForFile(): void {
  const field = document.createElement("input");
  field.type = "file";
  field.accept = "image/*,application/json,.json";
  field.multiple = true;
  field.onchange = () => void takeFiles([...(field.files ?? [])]);
  field.click();
}

/** Takes files in, one after the other: workflows are opened, pictures become nodes. */
export async function takeFiles(files: readonly File[], at: Point = middleOfView()): Promise<void> {
  for (const [index, file] of files.entries()) {
    const place: Point = [at[0] + 40 * index, at[1] + 40 * index];
    try {
      if (file.type === "application/json" || file.name.endsWith(".json")) await takeJson(file);
      else if (file.type.startsWith("image/")) await takePicture(file, place);
      else notify("warning", words.notWorkflow(file.name), { remedy: words.notWorkflowRemedy });
    } catch (reason) {
      const { message, remedy } = explain(reason);
      notify("error", message, { remedy });
    }
  }
}

async function takeJson(file: File): Promise<void> {
  const data = parseJson(await file.text());
  if (isRecord(data) && "diopter-bundle" in data) return openBundle(data);
  if (isRecord(data) && "diopter" in data) {
    const content = readContent(data);
    if (content !== undefined) await openDraftSafely(content);
    return;
  }
  if (!isRecord(data)) {
    notify("warning", words.notWorkflow(file.name), { remedy: words.notWorkflowRemedy });
    return;
  }
  const { workflow, notes } = await api.importComfyui(data);
  await openConverted(workflow, notes);
}

/** A picture that carries a workflow opens it; any other becomes a node that loads it. */
async function takePicture(file: File, at: Point): Promise<void> {
  const found = await api.pictureWorkflow(file).catch((reason: unknown) => {
    if (reason instanceof RequestError && reason.status < 500) return undefined;
    throw reason;
  });
  if (found === undefined) {
    await loadPicture(file, at);
    return;
  }
  if (!(await openConverted(found.workflow, found.notes))) return;
  notify("info", words.workflowFound(file.name), {
    action: { label: words.asPicture, run: () => void loadPicture(file, at) },
  });
}

/** Sends a picture to the server and adds a node that loads it. */
export async function loadPicture(file: File, at: Point): Promise<void> {
  announce(words.uploading(file.name));
  const { path } = await api.upload(file, file.name);
  const type = "image/load";
  const version = descriptorsStore.getState().registry[type]?.version ?? 1;
  const id = newId(type);
  const isDone = dispatch({
    kind: "add-nodes",
    nodes: { [id]: { type, version, params: { path } } },
    positions: { [id]: [Math.round(at[0]), Math.round(at[1])] },
  });
  if (!isDone) return;
  selectNodes([id]);
  announce(words.added(file.name));
}

/** Sends a picture to the server and has a node load it. */
export async function replacePicture(
  file: File,
  { node, name }: { readonly node: string; readonly name: string },
): Promise<void> {
  announce(words.uploading(file.name));
  try {
    const { path } = await api.upload(file, file.name);
    if (!dispatch({ kind: "set-parameter", node, name, value: path })) return;
    selectNodes([node]);
    announce(words.added(file.name));
  } catch (reason) {
    const { message, remedy } = explain(reason);
    notify("error", message, { remedy });
  }
}

async function openConverted(workflow: unknown, notes: readonly string[]): Promise<boolean> {
  const content = readContent(workflow);
  if (content === undefined || !(await openDraftSafely(content))) return false;
  if (notes.length > 0) showNotes(notes);
  return true;
}

function showNotes(notes: readonly string[]): void {
  openDialog((close) => (
    <Dialog
      title={words.importNotes}
      isText
      onClose={close}
      footer={
        <Button tone="primary" onClick={close}>
          {words.close}
        </Button>
      }
    >
      <ul className="notes">
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </Dialog>
  ));
}

async function openBundle(data: unknown): Promise<void> {
  const { workflow, files } = bundleSchema.parse(data);
  const content = readContent(workflow);
  if (content === undefined) return;
  const places = new Map<string, string>();
  for (const [path, address] of Object.entries(files)) {
    const picture = pictureFrom(address);
    const name = path.split("/").at(-1) ?? "picture";
    places.set(path, (await api.upload(picture, name)).path);
  }
  await openDraftSafely(withPictures(content, descriptorsStore.getState().registry, places));
}

/** The bytes of a `data:` address, decoded here: the page may fetch only from its own server. */
function pictureFrom(address: string): Blob {
  const [head = "", body = ""] = address.split(",", 2);
  const bytes = Uint8Array.from(atob(body), (character) => character.charCodeAt(0));
  return new Blob([bytes], { type: head.slice("data:".length).replace(";base64", "") });
}

const isRecord = (data: unknown): data is Record<string, unknown> =>
  typeof data === "object" && data !== null && !Array.isArray(data);

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
