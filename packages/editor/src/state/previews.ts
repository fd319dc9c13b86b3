import type { PreviewHeader } from "@diopter/server/protocol";
import { createStore } from "zustand/vanilla";

/** A look at what a node made: the header says what it is; `url` shows the bytes, if any. */
export interface Preview {
  readonly header: PreviewHeader;
  readonly url: string | undefined;
}

interface PreviewsState {
  /** The newest preview of each node and kind, by `node` and `kind`. */
  readonly previews: ReadonlyMap<string, ReadonlyMap<PreviewHeader["kind"], Preview>>;
}

/** The newest previews of the run that the canvas shows. */
export const previewsStore = createStore<PreviewsState>(() => ({ previews: new Map() }));

/** Takes in a preview, unless a newer one of its node is here already. */
export function setPreview(node: string, header: PreviewHeader, bytes: Uint8Array): void {
  const { previews } = previewsStore.getState();
  const kinds = previews.get(node);
  const before = kinds?.get(header.kind);
  if (before?.header.job === header.job && before.header.sequence >= header.sequence) return;
  const url = bytes.byteLength === 0 ? undefined : addressOf(bytes, header.mime);
  if (before?.url !== undefined) forget(before.url);
  const next = new Map(kinds).set(header.kind, { header, url });
  previewsStore.setState({ previews: new Map(previews).set(node, next) });
}

/** Forgets all previews, as another document is opened. */
export function clearPreviews(): void {
  for (const kinds of previewsStore.getState().previews.values()) {
    for (const { url } of kinds.values()) if (url !== undefined) URL.revokeObjectURL(url);
  }
  previewsStore.setState({ previews: new Map() });
}

function addressOf(bytes: Uint8Array, mime = "image/png"): string {
  return URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type: mime }));
}

// A picture that is still drawn keeps its address until the next frame has taken its place.
function forget(url: string): void {
  setTimeout(() => URL.revokeObjectURL(url), 2000);
}
