import { useMemo } from "react";
import { useStore } from "zustand";
import { fileAddress } from "../connection/api.js";
import { useDocument, useShownJob, type ViewerPicture } from "../state/index.js";
import { previewsStore } from "../state/previews.js";
import { viewerStrings } from "../strings/viewer.js";
import { inputsOf } from "./other-pictures.js";
import { picturesOf } from "./result-pictures.js";

/** What a run gives to see. */
export interface Outcome {
  /** The picture that went in, then the results. */
  readonly pictures: readonly ViewerPicture[];
  readonly hasResult: boolean;
  /** While it runs: the newest preview of all. */
  readonly live: ViewerPicture | undefined;
}

/** What the run that is shown gives to see. */
export function useOutcome(): Outcome {
  const job = useShownJob();
  const document = useDocument();
  const newest = useStore(previewsStore, ({ previews }) => newestPicture(previews));
  const isRunning = job?.status === "running";
  const pictures = useMemo(
    () => [
      ...inputsOf(document, fileAddress).slice(0, 1),
      ...(job === undefined ? [] : picturesOf(job)),
    ],
    [document, job],
  );
  const live = useMemo(
    () =>
      isRunning && newest !== undefined
        ? { key: "live", label: viewerStrings.live, url: newest }
        : undefined,
    [isRunning, newest],
  );
  return { pictures, hasResult: job !== undefined && picturesOf(job).length > 0, live };
}

type Previews = ReturnType<typeof previewsStore.getState>["previews"];

function newestPicture(previews: Previews): string | undefined {
  let found: { readonly sequence: number; readonly url: string } | undefined;
  for (const kinds of previews.values()) {
    const image = kinds.get("image");
    if (image?.url === undefined || image.header.sequence <= (found?.sequence ?? -1)) continue;
    found = { sequence: image.header.sequence, url: image.url };
  }
  return found?.url;
}
