import type { JobResult } from "@diopter/server/protocol";
import { openViewer, useNodeResults, usePreviews, useShownJob } from "../state/index.js";
import { inspectorStrings } from "../strings/inspector.js";
import { resultPicture, thumbnailAddress } from "../viewer/result-pictures.js";

/** What a node made: results at full size, else the preview; a press opens the viewer. */
export function NodePictures({ id }: { readonly id: string }) {
  const results = useNodeResults(id);
  const previews = usePreviews(id);
  const job = useShownJob();
  const pictures = results.filter(({ type }) => type.startsWith("image/"));
  const preview = previews?.get("image")?.url ?? previews?.get("heat-map")?.url;
  const open = (result: JobResult) => {
    if (job !== undefined) openViewer([resultPicture(result, job)]);
  };
  if (pictures.length === 0 && preview === undefined) return null;
  return (
    <div className="node-pictures">
      {pictures.map((result) => (
        <button
          key={result.hash}
          type="button"
          aria-label={inspectorStrings.openResult(result.name)}
          onClick={() => open(result)}
        >
          <img src={thumbnailAddress(result.url, 512)} alt="" decoding="async" />
        </button>
      ))}
      {pictures.length === 0 && preview !== undefined ? (
        <button
          type="button"
          aria-label={inspectorStrings.openResult(inspectorStrings.previews)}
          onClick={() => openViewer([{ key: `preview ${id}`, label: id, url: preview, node: id }])}
        >
          <img src={preview} alt="" />
        </button>
      ) : null}
    </div>
  );
}
