import { useStore } from "zustand";
import { fileAddress } from "../connection/api.js";
import { useDocument, useShownJob, type ViewerPicture } from "../state/index.js";
import { previewsStore } from "../state/previews.js";
import { inspectorStrings } from "../strings/inspector.js";
import { inputsOf } from "../viewer/other-pictures.js";
import { picturesOf } from "../viewer/result-pictures.js";

/**
 * What there is to see: while it runs the newest preview, afterwards the result with the picture
 * that went in before it, and at first that picture alone.
 */
export function useOutcome(): readonly ViewerPicture[] {
  const job = useShownJob();
  const document = useDocument();
  const newest = useStore(previewsStore, ({ previews }) => {
    let found: { readonly sequence: number; readonly url: string } | undefined;
    for (const kinds of previews.values()) {
      const image = kinds.get("image");
      if (image?.url === undefined || image.header.sequence <= (found?.sequence ?? -1)) continue;
      found = { sequence: image.header.sequence, url: image.url };
    }
    return found?.url;
  });
  const [input] = inputsOf(document, fileAddress);
  const results = job === undefined ? [] : picturesOf(job);
  const isRunning = job?.status === "running";
  if (isRunning && newest !== undefined) {
    return [{ key: "live", label: inspectorStrings.livePreview, url: newest }];
  }
  const [result] = results;
  return [input, result].filter((picture) => picture !== undefined);
}
