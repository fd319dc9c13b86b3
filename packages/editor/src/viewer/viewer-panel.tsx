import "./viewer.css";
import { Image as ImageIcon } from "lucide-react";
import { useEffect, useState } from "react";
import { useStore } from "zustand";
import { followResults, viewerStore } from "../state/index.js";
import { viewerStrings } from "../strings/viewer.js";
import { AddPicture, PictureList } from "./picture-list.js";
import { PictureViewer } from "./picture-viewer.js";
import { PreviewView } from "./preview-view.js";
import { picturesSource, SourceList } from "./source-list.js";
import { useOutcome } from "./use-outcome.js";
import { useSources } from "./use-sources.js";

/** Pictures, maps, curves and tiles: whatever a run gives to see. */
export function ViewerPanel() {
  const pictures = useStore(viewerStore, (state) => state.pictures);
  const isFollowing = useStore(viewerStore, (state) => state.isFollowing);
  const { pictures: made, hasResult, live: newest } = useOutcome();
  const sources = useSources();
  const [wanted, setWanted] = useState<string>();
  useEffect(() => {
    if (isFollowing && hasResult) followResults(made);
  }, [isFollowing, hasResult, made]);
  // Whoever opens pictures wants to see them, whatever was looked at before.
  useEffect(() => {
    if (!isFollowing && pictures.length > 0) setWanted(picturesSource);
  }, [isFollowing, pictures]);
  const live = isFollowing ? newest : undefined;
  // A run that gives no picture shows what else it gives.
  const otherwise = pictures.length === 0 && live === undefined ? sources[0] : undefined;
  const source =
    sources.find(({ id }) => id === wanted) ?? (wanted === undefined ? otherwise : undefined);
  return (
    <section className="viewer" aria-label={viewerStrings.viewer}>
      <SourceList sources={sources} chosen={source?.id ?? picturesSource} onChoose={setWanted} />
      {source !== undefined ? (
        <PreviewView key={source.id} source={source} />
      ) : live !== undefined ? (
        <PictureViewer key="live" pictures={[live]}>
          <p className="viewer-note">{viewerStrings.liveNote}</p>
        </PictureViewer>
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
      <AddPicture shown={[]} />
    </div>
  );
}
