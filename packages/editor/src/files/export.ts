import { trimDocument } from "@diopter/engine/editing";
import { api, fileAddress } from "../connection/api.js";
import { explain } from "../connection/request-error.js";
import { descriptorsStore } from "../state/descriptors.js";
import { documentStore } from "../state/documents.js";
import { notify } from "../state/notices.js";
import { fileStrings } from "../strings/files.js";
import { type Bundle, pictureFiles } from "./bundle.js";
import { fileName } from "./document-name.js";

/** Hands the document to the browser as a file, as `diopter run` takes it. */
export function downloadDocument(): void {
  const { document } = documentStore.getState();
  handOver(`${fileName(document.name)}.json`, trimDocument(document));
}

/** Hands the document over together with the pictures that it reads, in one file. */
export async function shareDocument(): Promise<void> {
  const { document } = documentStore.getState();
  const workflow = trimDocument(document);
  const files: Record<string, string> = {};
  for (const path of pictureFiles(document, descriptorsStore.getState().registry)) {
    const data = await readFile(path);
    if (data === undefined) notify("warning", fileStrings.missingFile(path));
    else files[path] = data;
  }
  const bundle: Bundle = { "diopter-bundle": 1, workflow: { ...workflow }, files };
  handOver(`${fileName(document.name)}.diopter.json`, bundle);
}

/** Hands the document over in the form that ComfyUI's editor opens. */
export async function exportComfyui(): Promise<void> {
  const { document } = documentStore.getState();
  try {
    const { workflow } = await api.exportComfyui(trimDocument(document));
    handOver(`${fileName(document.name)}.comfyui.json`, workflow);
  } catch (reason) {
    const { message, remedy } = explain(reason);
    notify("error", message, { remedy });
  }
}

async function readFile(path: string): Promise<string | undefined> {
  const response = await fetch(fileAddress(path)).catch(() => undefined);
  if (response?.ok !== true) return undefined;
  const blob = await response.blob();
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(typeof reader.result === "string" ? reader.result : undefined);
    reader.onerror = () => resolve(undefined);
    reader.readAsDataURL(blob);
  });
}

function handOver(name: string, data: unknown): void {
  const text = `${JSON.stringify(data, undefined, 2)}\n`;
  const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
