import { viewerStrings } from "../strings/viewer.js";
import { CurvesView } from "./curves/curves-view.js";
import { HeatMapView } from "./heat-map-view.js";
import { PictureViewer } from "./picture-viewer.js";
import { TilesView } from "./tiles/tiles-view.js";
import type { PreviewSource } from "./use-sources.js";

/** One preview of a node, in the form that suits its kind. */
export function PreviewView({ source }: { readonly source: PreviewSource }) {
  const { node, title, picture, isLatent } = source;
  const { header, url } = source.preview;
  switch (header.kind) {
    case "curves": {
      const { x = "", y = "", series = [] } = header;
      return <CurvesView x={x} y={y} series={series} />;
    }
    case "tiles":
      return header.tiles === undefined ? null : (
        <TilesView tiles={header.tiles} picture={picture} />
      );
    case "heat-map":
      return url === undefined ? null : <HeatMapView url={url} label={title} />;
    case "image":
      return url === undefined ? null : (
        <PictureViewer pictures={[{ key: `preview ${node}`, label: title, url, node }]}>
          <p className="viewer-note">{isLatent ? viewerStrings.latent : viewerStrings.live}</p>
        </PictureViewer>
      );
  }
}
