import { useStore } from "zustand";
import { fileAddress } from "../connection/api.js";
import { useDescriptor, useNodeResults, usePreviews } from "../state/hooks.js";
import { jobsStore } from "../state/jobs.js";
import { openViewer, type ViewerPicture } from "../state/viewer.js";
import { canvasStrings } from "../strings/canvas.js";
import { loadedFile, resultAddress } from "./node-pictures.js";
import type { SceneNode } from "./scene.js";

const smallSize = 384;

/** What a node made, the newest preview of it, or the file that it loads. A click opens it. */
export function NodePicture({ shown }: { readonly shown: SceneNode }) {
  const { id, title, node, shape } = shown;
  const job = useStore(jobsStore, (state) => state.shown);
  const result = useNodeResults(id).findLast(({ type }) => type.startsWith("image/"));
  const previews = usePreviews(id);
  const file = loadedFile(node.params, useDescriptor(node.type));
  const preview = previews?.get("image") ?? previews?.get("heat-map") ?? previews?.get("tiles");
  const picture = ((): (ViewerPicture & { readonly small: string }) | undefined => {
    if (result !== undefined) {
      const { hash, width, height } = result;
      const url = resultAddress(result);
      return {
        key: hash,
        label: title,
        url,
        width,
        height,
        node: id,
        job,
        small: resultAddress(result, smallSize),
      };
    }
    if (preview?.url !== undefined) {
      return {
        key: `${id} preview`,
        label: title,
        url: preview.url,
        node: id,
        job,
        small: preview.url,
      };
    }
    if (file === undefined) return undefined;
    return {
      key: file,
      label: file,
      url: fileAddress(file),
      node: id,
      small: fileAddress(file, smallSize),
    };
  })();
  if (picture === undefined) return null;
  const { small, ...opened } = picture;
  return (
    <button
      type="button"
      className="node-picture"
      style={{ top: shape.pictureAt, height: shape.pictureHeight }}
      tabIndex={-1}
      aria-label={canvasStrings.openPicture(title)}
      onDoubleClick={(event) => {
        event.stopPropagation();
        openViewer([opened]);
      }}
      onKeyDown={(event) => {
        if (event.key === "Enter") openViewer([opened]);
      }}
    >
      <img
        src={small}
        alt={canvasStrings.pictureOf(title)}
        draggable={false}
        onError={(event) => event.currentTarget.classList.add("absent")}
        onLoad={(event) => event.currentTarget.classList.remove("absent")}
      />
    </button>
  );
}
