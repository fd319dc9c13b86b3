import {
  ChartSpline,
  Grid3x3,
  Image as ImageIcon,
  Images,
  Sigma,
  ThermometerSun,
} from "lucide-react";
import { viewerStrings } from "../strings/viewer.js";
import type { Source } from "./use-sources.js";

interface SourceListProps {
  readonly sources: readonly Source[];
  /** {@link picturesSource}, or a source's id. */
  readonly chosen: string;
  readonly onChoose: (id: string) => void;
}

/** Stands for the pictures in the list of sources. */
export const picturesSource = "pictures";

const icons = {
  image: ImageIcon,
  "heat-map": ThermometerSun,
  curves: ChartSpline,
  tiles: Grid3x3,
  metrics: Sigma,
} as const;

/** What there is to look at: the pictures, and each node's previews. */
export function SourceList({ sources, chosen, onChoose }: SourceListProps) {
  if (sources.length === 0) return null;
  return (
    <nav className="source-list" aria-label={viewerStrings.sources}>
      <button
        type="button"
        aria-current={chosen === picturesSource ? "true" : undefined}
        onClick={() => onChoose(picturesSource)}
      >
        <Images size={14} aria-hidden="true" />
        <span>{viewerStrings.pictures}</span>
      </button>
      {sources.map(({ id, title, node, content: { kind } }) => {
        const Icon = icons[kind];
        return (
          <button
            key={id}
            type="button"
            aria-current={id === chosen ? "true" : undefined}
            onClick={() => onChoose(id)}
          >
            <Icon size={14} aria-hidden="true" />
            <span>{title}</span>
            <span className="kind">
              {viewerStrings.kinds[kind]}
              {node === undefined ? "" : ` · ${node}`}
            </span>
          </button>
        );
      })}
    </nav>
  );
}
