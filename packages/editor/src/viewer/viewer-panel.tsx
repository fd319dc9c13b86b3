import "./viewer.css";
import { Image as ImageIcon } from "lucide-react";
import { useState } from "react";
import { useStore } from "zustand";
import { viewerStore } from "../state/index.js";
import { viewerStrings } from "../strings/viewer.js";
import { PictureList } from "./picture-list.js";
import { PictureViewer } from "./picture-viewer.js";
import { PreviewView } from "./preview-view.js";
import { SourceList } from "./source-list.js";
import { useSources } from "./use-sources.js";

/** Pictures, maps, curves and tiles: whatever a run gives to see. */
export function ViewerPanel() {
  const pictures = useStore(viewerStore, (state) => state.pictures);
  const sources = useSources();
  const [wanted, setWanted] = useState<string>();
  const source = sources.find(({ id }) => id === wanted);
  return (
    <section className="viewer" aria-label={viewerStrings.viewer}>
      <SourceList sources={sources} chosen={source?.id} onChoose={setWanted} />
      {source !== undefined ? (
        <PreviewView key={source.id} source={source} />
      ) : pictures.length === 0 ? (
        <Empty />
      ) : (
        <PictureViewer pictures={pictures}>
          <PictureList pictures={pictures} />
        </PictureViewer>
      )}
    </section>
  );
}

function Empty() {
  return (
    <div className="empty">
      <ImageIcon size={28} strokeWidth={1.25} aria-hidden="true" />
      <strong>{viewerStrings.empty}</strong>
      <p>{viewerStrings.emptyHelp}</p>
    </div>
  );
}
