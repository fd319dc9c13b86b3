import { viewerStrings } from "../strings/viewer.js";
import { CurvesView } from "./curves/curves-view.js";
import { HeatMapView } from "./heat-map-view.js";
import { MetricsView } from "./metrics-view.js";
import { PictureViewer } from "./picture-viewer.js";
import { TilesView } from "./tiles/tiles-view.js";
import type { Source } from "./use-sources.js";

/** One source, in the form that suits its kind. */
export function PreviewView({ source: { id, title, content } }: { readonly source: Source }) {
  switch (content.kind) {
    case "curves":
      return <CurvesView x={content.x} y={content.y} series={content.series} />;
    case "tiles":
      return <TilesView tiles={content.tiles} picture={content.picture} />;
    case "heat-map":
      return <HeatMapView url={content.url} label={title} />;
    case "metrics":
      return <MetricsView results={content.results} />;
    case "image":
      return (
        <PictureViewer pictures={[{ key: id, label: title, url: content.url }]}>
          <p className="viewer-note">
            {content.isLatent ? viewerStrings.latent : viewerStrings.live}
          </p>
        </PictureViewer>
      );
  }
}
